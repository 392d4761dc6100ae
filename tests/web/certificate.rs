//! The branch's own certificate: made once, for the addresses that phones open, and served as it is.

use std::time::Instant;

use chrono::TimeDelta;
use chrono_tz::Asia::Shanghai;
use lobby_kiosk::config::settings::{Settings, Web};
use lobby_kiosk::service::certificate::{CERTIFICATE, CertificateError, KEY, hosts, make};
use lobby_kiosk::service::pages::PagesTrouble;
use lobby_kiosk::web::tls::Certificates;

use crate::pages::epoch;

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|one| (*one).to_owned()).collect()
}

#[test]
fn it_is_served_for_its_addresses_until_it_ends() {
    let dir = tempfile::tempdir().unwrap();
    let hosts = names(&["192.168.1.20", "desk.example.cn"]);
    let made = make(dir.path(), hosts.clone(), false, epoch()).unwrap();
    assert_eq!(made.hosts, hosts);
    let paths = [CERTIFICATE, KEY].map(|name| dir.path().join(name));
    let served = Certificates::load(&paths[0], &paths[1]).unwrap();
    let now = Instant::now();
    assert_eq!(served.trouble(now, epoch(), Shanghai), None);
    let last = made.until - TimeDelta::days(2);
    let trouble = served.trouble(now, last, Shanghai);
    assert!(
        matches!(trouble, Some(PagesTrouble::Expires(_))),
        "{trouble:?}"
    );
    let at = |url: &str| Web {
        public_url: Some(url.to_owned()),
        ..Web::default()
    };
    for url in ["https://192.168.1.20:8080", "https://desk.example.cn"] {
        assert_eq!(served.misfit(now, &at(url)), None, "{url}");
    }
    assert!(
        served
            .misfit(now, &at("https://192.168.1.21:8080"))
            .is_some()
    );
    #[cfg(unix)]
    for path in &paths {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
}

#[test]
fn one_that_is_there_is_replaced_only_where_that_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let of = |replace| make(dir.path(), names(&["192.168.1.20"]), replace, epoch());
    of(false).unwrap();
    let first = std::fs::read(dir.path().join(CERTIFICATE)).unwrap();
    let again = of(false);
    assert!(
        matches!(again, Err(CertificateError::Exists { .. })),
        "{again:?}"
    );
    assert_eq!(std::fs::read(dir.path().join(CERTIFICATE)).unwrap(), first);
    of(true).unwrap();
    assert_ne!(std::fs::read(dir.path().join(CERTIFICATE)).unwrap(), first);
}

#[test]
fn without_an_address_or_for_none_there_is_no_certificate() {
    let dir = tempfile::tempdir().unwrap();
    let none = make(dir.path(), Vec::new(), false, epoch());
    assert!(matches!(none, Err(CertificateError::NoAddress)), "{none:?}");
    let bad = make(dir.path(), names(&["营业部"]), false, epoch());
    assert!(
        matches!(bad, Err(CertificateError::BadAddress { .. })),
        "{bad:?}"
    );
    assert!(!dir.path().join(KEY).exists());
}

#[test]
fn it_is_made_for_what_the_settings_name() {
    let mut settings = Settings::default();
    settings.web.listen = "192.168.1.20:8443".parse().unwrap();
    settings.web.public_url = Some("https://desk.example.cn:8443".to_owned());
    settings.web.hosts = names(&["lobby.lan", "desk.example.cn"]);
    assert_eq!(
        hosts(&settings),
        ["desk.example.cn", "192.168.1.20", "lobby.lan"]
    );
}
