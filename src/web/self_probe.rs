//! Whether the address that the codes carry leads to this tablet: a word that only the tablet
//! knows is sent there, and has to come in at its own door.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ureq::tls::TlsConfig;

/// How long the address may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The word that is under way, and whether it has arrived.
#[derive(Debug, Default)]
pub struct SelfProbe(Mutex<Sent>);

#[derive(Debug, Default)]
struct Sent {
    word: String,
    arrived: bool,
}

impl SelfProbe {
    fn sent(&self) -> MutexGuard<'_, Sent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A word has come in.
    pub fn arrived(&self, word: &str) {
        let mut sent = self.sent();
        if !sent.word.is_empty() && sent.word == word {
            sent.arrived = true;
        }
    }

    /// Sends a word to `base`, scheme and authority, and says whether it came back to this
    /// tablet. Waits for the network, up to some seconds. Without randomness for a word nothing
    /// can be said against the address.
    pub fn leads_here(&self, base: &str) -> bool {
        let mut bytes = [0_u8; 16];
        if getrandom::fill(&mut bytes).is_err() {
            return true;
        }
        let word = base16ct::lower::encode_string(&bytes);
        *self.sent() = Sent {
            word: word.clone(),
            arrived: false,
        };
        let answered = agent(PATIENCE)
            .get(format!("{base}/healthz?probe={word}"))
            .call()
            .is_ok();
        let mut sent = self.sent();
        sent.word.clear();
        answered && sent.arrived
    }
}

/// Asks pages of this tablet, whatever a phone thinks of their certificate: who asks knows by other
/// means whose door it is.
pub(super) fn agent(patience: Duration) -> ureq::Agent {
    let trusting = TlsConfig::builder().disable_verification(true).build();
    ureq::Agent::config_builder()
        .timeout_global(Some(patience))
        .max_redirects(3)
        .proxy(None)
        .tls_config(trusting)
        .build()
        .new_agent()
}
