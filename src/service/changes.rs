//! Tells other threads that the journal has grown.

use tokio::sync::watch;

/// The telling end; cheap to clone.
#[derive(Clone, Debug)]
pub struct Changes(watch::Sender<()>);

impl Default for Changes {
    fn default() -> Self {
        Self(watch::channel(()).0)
    }
}

impl Changes {
    /// Something was recorded.
    pub fn tell(&self) {
        self.0.send_replace(());
    }

    /// A listening end, which has heard everything so far.
    pub fn listen(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
