//! Certificates that are renewed while the pages are served.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::service::pages::PagesTrouble;
use lobby_kiosk::web::tls::Certificates;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedKey, DistinguishedName, DnType, IsCa, Issuer,
    KeyPair, date_time_ymd, generate_simple_self_signed,
};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsConnector;

/// Longer than the files are not looked at again.
const LATER: Duration = Duration::from_secs(60);

/// The two files, and how often they have been written.
struct Files {
    dir: TempDir,
    written: u64,
}

impl Files {
    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file with a time of its own, however coarse the disk's clock is.
    fn write(&mut self, name: &str, content: &str) {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        self.written += 1;
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + self.written);
        let file = std::fs::File::options().write(true).open(path).unwrap();
        file.set_modified(time).unwrap();
    }

    /// Writes a new pair, or its certificate only.
    fn renew(&mut self, with_key: bool) -> CertifiedKey<KeyPair> {
        let pair = generate_simple_self_signed(["desk.example.cn".to_owned()]).unwrap();
        self.write("tls.crt", &pair.cert.pem());
        if with_key {
            self.write("tls.key", &pair.signing_key.serialize_pem());
        }
        pair
    }
}

/// Whether a phone that trusts this certificate alone is served at the moment `at`.
fn serves(certificates: &Certificates, at: Instant, trusted: &CertifiedKey<KeyPair>) -> bool {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.cert.der().clone()).unwrap();
    let phone = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("desk.example.cn").unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let knocks = TcpStream::connect(door.local_addr().unwrap());
        let (opened, knocked) = tokio::join!(door.accept(), knocks);
        let (near, far) = (opened.unwrap().0, knocked.unwrap());
        let phone = TlsConnector::from(Arc::new(phone));
        let (served, trusts) = tokio::join!(
            certificates.acceptor(at).accept(near),
            phone.connect(name, far)
        );
        served.is_ok() && trusts.is_ok()
    })
}

#[test]
fn a_renewed_certificate_is_used_without_a_restart() {
    let mut files = Files {
        dir: tempfile::tempdir().unwrap(),
        written: 0,
    };
    let old = files.renew(true);
    let certificates = Certificates::load(&files.path("tls.crt"), &files.path("tls.key")).unwrap();
    let start = Instant::now();
    assert!(serves(&certificates, start, &old));

    // The certificate is there before its key: visitors are served as before.
    let new = files.renew(false);
    assert!(serves(&certificates, start + LATER, &old));
    files.write("tls.key", "not yet whole");
    assert!(serves(&certificates, start + 2 * LATER, &old));
    files.write("tls.key", &new.signing_key.serialize_pem());
    assert!(serves(&certificates, start + 3 * LATER, &new));
    assert!(!serves(&certificates, start + 3 * LATER, &old));
}

/// A pair that is good until the beginning of that day, UTC.
fn until(files: &mut Files, (year, month, day): (i32, u8, u8)) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new(["desk.example.cn".to_owned()]).unwrap();
    params.not_before = date_time_ymd(2019, 1, 1);
    params.not_after = date_time_ymd(year, month, day);
    let pem = params.self_signed(&key).unwrap().pem();
    files.write("tls.crt", &pem);
    files.write("tls.key", &key.serialize_pem());
}

fn day(month: u32, day: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, month, day, 0, 0, 0).unwrap()
}

#[test]
fn the_end_of_a_certificate_is_said_from_two_weeks_before() {
    let mut files = Files {
        dir: tempfile::tempdir().unwrap(),
        written: 0,
    };
    until(&mut files, (2026, 12, 20));
    let certificates = Certificates::load(&files.path("tls.crt"), &files.path("tls.key")).unwrap();
    let start = Instant::now();
    let at = |now| certificates.trouble(start, now, Shanghai);
    let last = day(12, 20).with_timezone(&Shanghai).date_naive();
    assert_eq!(at(day(12, 5)), None);
    assert_eq!(at(day(12, 6)), Some(PagesTrouble::Expires(last)));
    assert_eq!(at(day(12, 20)), Some(PagesTrouble::Expires(last)));
    assert_eq!(at(day(12, 21)), Some(PagesTrouble::Expired(last)));
}

#[test]
fn a_renewal_that_broke_is_said_until_it_is_mended() {
    let mut files = Files {
        dir: tempfile::tempdir().unwrap(),
        written: 0,
    };
    let old = files.renew(true);
    let certificates = Certificates::load(&files.path("tls.crt"), &files.path("tls.key")).unwrap();
    let start = Instant::now();
    let trouble = |nth: u32| certificates.trouble(start + nth * LATER, day(11, 27), Shanghai);
    assert_eq!(trouble(1), None);
    let new = files.renew(false);
    assert!(matches!(trouble(2), Some(PagesTrouble::Renewal(None, _))));
    std::fs::remove_file(files.path("tls.key")).unwrap();
    let named = Some(files.path("tls.key"));
    assert!(matches!(trouble(3), Some(PagesTrouble::Renewal(path, _)) if path == named));
    assert!(
        serves(&certificates, start + 3 * LATER, &old),
        "the former one goes on"
    );
    files.write("tls.key", &new.signing_key.serialize_pem());
    assert_eq!(trouble(4), None);
    assert!(serves(&certificates, start + 4 * LATER, &new));
}

/// A chain of three whose members are good in these years, and its key: the tablet's own, an
/// intermediate one's and the root's.
fn chain(years: [(i32, i32); 3]) -> (String, String) {
    let keys = [(); 3].map(|()| KeyPair::generate().unwrap());
    let [own, middle, root] = &keys;
    let params = |name: &str, (from, to): (i32, i32)| {
        let mut params = CertificateParams::new(["desk.example.cn".to_owned()]).unwrap();
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 1, 1);
        params
    };
    let authority = |name: &str, years| {
        let mut params = params(name, years);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
    };
    let (of_middle, of_root) = (authority("中间 CA", years[1]), authority("Root", years[2]));
    let by_root = Issuer::from_params(&of_root, root);
    let by_middle = Issuer::from_params(&of_middle, middle);
    let signed = [
        params("desk", years[0]).signed_by(own, &by_middle).unwrap(),
        of_middle.signed_by(middle, &by_root).unwrap(),
        of_root.self_signed(root).unwrap(),
    ];
    let pems: Vec<String> = signed.iter().map(rcgen::Certificate::pem).collect();
    (pems.concat(), own.serialize_pem())
}

#[test]
fn the_end_of_any_certificate_of_the_chain_is_said() {
    let mut files = Files {
        dir: tempfile::tempdir().unwrap(),
        written: 0,
    };
    let mut said = |years: [(i32, i32); 3], now: DateTime<Utc>| {
        let (pem, key) = chain(years);
        files.write("tls.crt", &pem);
        files.write("tls.key", &key);
        let loaded = Certificates::load(&files.path("tls.crt"), &files.path("tls.key")).unwrap();
        loaded.trouble(Instant::now(), now, Shanghai)
    };
    let (long, now) = ((2020, 2040), day(12, 25));
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let middle = || "中间 CA".to_owned();
    assert_eq!(said([long; 3], now), None);
    assert_eq!(
        said([long, (2020, 2025), long], now),
        Some(PagesTrouble::ChainExpired(middle(), first(2025)))
    );
    assert_eq!(
        said([long, long, (2020, 2026)], now),
        Some(PagesTrouble::ChainExpired("Root".to_owned(), first(2026)))
    );
    assert_eq!(
        said([long, (2030, 2040), long], now),
        Some(PagesTrouble::ChainNotYet(middle(), first(2030)))
    );
    // Of several the one that ends first, and the tablet's own where they end together.
    assert_eq!(
        said([(2020, 2028), (2020, 2027), long], now),
        Some(PagesTrouble::ChainExpires(middle(), first(2027)))
    );
    assert_eq!(
        said([(2020, 2027); 3], now),
        Some(PagesTrouble::Expires(first(2027)))
    );
    assert_eq!(
        said([(2020, 2024), (2020, 2025), long], now),
        Some(PagesTrouble::Expired(first(2024)))
    );
}

#[test]
fn files_that_an_editor_saved_with_a_mark_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let (crt, key) = (dir.path().join("tls.crt"), dir.path().join("tls.key"));
    // A chain of two files that both had a mark: the second one counts as much as the first.
    let (pem, secret) = chain([(2020, 2040), (2020, 2025), (2020, 2040)]);
    let marked = format!(
        "\u{feff}{}",
        pem.replace("-----BEGIN", "\u{feff}-----BEGIN")
    );
    let wide = |little: bool| {
        let units = |text: &str| -> Vec<u8> {
            let all = ["\u{feff}", text].concat();
            let bytes = all.encode_utf16().map(|unit| match little {
                true => unit.to_le_bytes(),
                false => unit.to_be_bytes(),
            });
            bytes.flatten().collect()
        };
        (units(&pem), units(&secret))
    };
    let narrow = (
        marked.into_bytes(),
        format!("\u{feff}{secret}").into_bytes(),
    );
    for (chain, secret) in [narrow, wide(true), wide(false)] {
        std::fs::write(&crt, chain).unwrap();
        std::fs::write(&key, secret).unwrap();
        let loaded = Certificates::load(&crt, &key).unwrap();
        let trouble = loaded.trouble(Instant::now(), day(12, 25), Shanghai);
        assert!(
            matches!(trouble, Some(PagesTrouble::ChainExpired(..))),
            "{trouble:?}"
        );
    }
}
