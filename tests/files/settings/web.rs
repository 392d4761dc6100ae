//! Where customers' phones find the tablet.

use std::fs;

use lobby_kiosk::config::fault::{Kind, Problem};
use lobby_kiosk::config::settings::address::leads_to_itself;
use lobby_kiosk::config::settings::{From, Web};
use lobby_kiosk::domain::lang::Lang;
use lobby_kiosk::i18n::faults;

use super::{load, one, with};

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn everything_about_the_pages_can_be_set() {
    let dir = with(
        "[web]\nlisten = \"[::1]:8443\"\npublic_url = \"https://help.example.com\"\n\
         certificate = \"c.pem\"\nkey = \"k.pem\"\n",
    );
    for name in ["c.pem", "k.pem"] {
        fs::write(dir.path().join(name), "").expect("written");
    }
    let loaded = load(&dir);
    assert_eq!(loaded.faults, []);
    let expected = Web {
        listen: "[::1]:8443".parse().expect("an address"),
        public_url: Some(text("https://help.example.com")),
        hosts: Vec::new(),
        trusted_proxies: Vec::new(),
        certificate: Some(dir.path().join("c.pem")),
        key: Some(dir.path().join("k.pem")),
    };
    assert_eq!(loaded.settings.web, expected);
}

#[test]
fn what_is_left_empty_has_its_default() {
    for text in [
        "[branch]\n",
        "[web]\nlisten = \"\"\npublic_url = \"\"\ncertificate = \"\"\nkey = \"\"\n",
    ] {
        let loaded = load(&with(text));
        assert_eq!(loaded.faults, []);
        assert_eq!(loaded.settings.web, Web::default());
        assert_eq!(loaded.settings.web.listen.to_string(), "0.0.0.0:8080");
    }
}

#[test]
fn only_an_ip_address_with_a_port_can_be_listened_at() {
    for bad in [
        "8080",
        "0.0.0.0",
        ":8080",
        "localhost:8080",
        "0.0.0.0:65536",
        "::1:8080",
        "http://0.0.0.0:8080",
        "0.0.0.0:8080/",
        "010.0.0.1:80",
    ] {
        let problem = Problem::BadListen { address: text(bad) };
        one(
            &format!("[web]\nlisten = \"{bad}\"\n"),
            2,
            "web.listen",
            problem,
        );
    }
    let expected = Kind::Text;
    one(
        "[web]\nlisten = 8080\n",
        2,
        "web.listen",
        Problem::WrongKind { expected },
    );
}

#[test]
fn the_address_for_phones_is_kept_plain() {
    let long = format!("https://{}.example.com", "a".repeat(45 - 8 - 12));
    assert_eq!(long.len(), 45);
    for (written, kept) in [
        ("http://192.168.1.20:8080", "http://192.168.1.20:8080"),
        ("HTTPS://Help.Example.COM/", "https://help.example.com"),
        ("http://lobby", "http://lobby"),
        ("https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"),
        (
            "http://xn--fiq228c.example:1",
            "http://xn--fiq228c.example:1",
        ),
        (&long, &long),
        (&format!("{long}/"), &long),
    ] {
        let loaded = load(&with(&format!("[web]\npublic_url = \" {written} \"\n")));
        assert_eq!(loaded.faults, [], "{written}");
        assert_eq!(loaded.settings.web.public_url.as_deref(), Some(kept));
    }
}

#[test]
fn an_address_that_phones_cannot_open() {
    for bad in [
        "help.example.com",
        "ftp://help.example.com",
        "https:/help.example.com",
        "https://",
        "https:///",
        "https://help.example.com//",
        "https://help.example.com/lobby",
        "https://help.example.com?x=1",
        "https://help.example.com#top",
        "https://user@help.example.com",
        "https://user:word@help.example.com",
        "https://help.example.com:",
        "https://help.example.com:0",
        "https://help.example.com:65536",
        "https://help.example.com:+80",
        "https://help..example.com",
        "https://help.example.com.",
        "https://-help.example.com",
        "https://help_desk.example.com",
        "https://help example.com",
        "https://帮助.example.com",
        "https://256.1.1.1",
        "https://1.2.3",
        "http://0.0.0.0:8080",
        "http://[::]:8080",
        "https://[::1",
        "https://[::1]8080",
        "https://::1",
        "https://*.example.com",
        "http://\\\\lobby",
        "javascript:alert(1)",
    ] {
        let problem = Problem::BadUrl {
            url: bad.replace("\\\\", "\\"),
        };
        one(
            &format!("[web]\npublic_url = \"{bad}\"\n"),
            2,
            "web.public_url",
            problem,
        );
    }
    let long = format!("https://{}.example.com", "a".repeat(46 - 8 - 12));
    let problem = Problem::TooLong {
        limit: 45,
        length: 46,
    };
    one(
        &format!("[web]\npublic_url = \"{long}\"\n"),
        2,
        "web.public_url",
        problem,
    );
}

#[test]
fn an_address_of_no_use_in_a_code_is_refused_with_what_to_write() {
    // For who tries the kiosk on a desk; it is said.
    for own in [
        "http://localhost:8080",
        "https://LOCALHOST",
        "http://localhost.localdomain",
        "http://localhost6.localdomain6",
        "http://kiosk.localhost",
        "http://ip6-localhost",
        "http://127.0.0.1:8080",
        "http://127.1.2.3",
        "http://[::1]:8080",
        "http://[::ffff:127.0.0.1]",
    ] {
        let loaded = load(&with(&format!("[web]\npublic_url = \"{own}\"\n")));
        assert_eq!(loaded.faults, [], "{own}");
        assert!(leads_to_itself(own), "{own}");
    }
    assert!(!leads_to_itself("http://192.168.1.20:8080"));
    let nowhere = [
        "http://0.0.0.0:8080",
        "http://0.1.2.3",
        "http://255.255.255.255",
        "http://240.0.0.1",
        "http://224.0.0.1",
        "http://169.254.10.20",
        "http://[::]:8080",
        "http://[ff02::1]",
        "http://[fe80::1]",
        "http://[::ffff:169.254.1.1]",
    ];
    let form = [
        "http://a@evil.example",
        "http://127.1",
        "http://2130706433",
        "http://0x7f000001",
        "http://[fe80::1%25eth0]",
        "ws://help.example.com",
        "file:///etc/passwd",
    ];
    let kinds = [
        (&nowhere[..], "leads no phone to the tablet"),
        (&form, "write only http:// or https://"),
    ];
    for (all, words) in kinds {
        for bad in all {
            let url = text(bad);
            let problem = Problem::BadUrl { url: url.clone() };
            let toml = format!("[web]\npublic_url = \"{bad}\"\n");
            one(&toml, 2, "web.public_url", problem.clone());
            let said = faults::problem(&Lang::EN, &problem);
            assert!(said.contains(words), "{said}");
            assert!(faults::problem(&Lang::ZH_CN, &problem).contains(bad));
        }
    }
}

#[test]
fn a_certificate_goes_with_its_key() {
    let dir = with("[web]\ncertificate = \"c.pem\"\n");
    fs::write(dir.path().join("c.pem"), "").expect("written");
    let loaded = load(&dir);
    let [fault] = loaded.faults.as_slice() else {
        panic!("{:?}", loaded.faults);
    };
    assert_eq!(
        (fault.line, fault.key.as_str()),
        (Some(2), "web.certificate")
    );
    assert_eq!(fault.problem, Problem::Alone { other: text("key") });

    let dir = with("[web]\ncertificate = \"\"\n\nkey = \"k.pem\"\n");
    fs::write(dir.path().join("k.pem"), "").expect("written");
    let loaded = load(&dir);
    let [fault] = loaded.faults.as_slice() else {
        panic!("{:?}", loaded.faults);
    };
    assert_eq!((fault.line, fault.key.as_str()), (Some(4), "web.key"));
    let other = text("certificate");
    assert_eq!(fault.problem, Problem::Alone { other });
}

#[test]
fn a_certificate_that_is_not_there_costs_nothing_else() {
    let loaded = load(&with(
        "[web]\ncertificate = \"c.pem\"\nkey = \"k.pem\"\n[contacts]\nsecurity = \"12345\"\n",
    ));
    let found: Vec<_> = loaded
        .faults
        .iter()
        .map(|fault| (fault.line, fault.key.as_str(), fault.problem.clone()))
        .collect();
    let missing = |path: &str| Problem::NoSuchFile { path: text(path) };
    assert_eq!(
        found,
        [
            (Some(2), "web.certificate", missing("c.pem")),
            (Some(3), "web.key", missing("k.pem")),
        ]
    );
    assert_eq!(loaded.from, From::File);
    assert!(loaded.settings.contacts.contains_key("security"));
}

#[test]
fn names_and_gateways_of_the_branch() {
    let loaded = load(&with(
        "[web]\nhosts = [\"Help.Example.COM\", \"lobby\", \"\"]\ntrusted_proxies = \"10.0.0.1\"\n",
    ));
    assert_eq!(loaded.faults, []);
    assert_eq!(loaded.settings.web.hosts, ["help.example.com", "lobby"]);
    assert_eq!(
        loaded.settings.web.trusted_proxies,
        ["10.0.0.1".parse::<std::net::IpAddr>().expect("an address")]
    );
    for bad in [
        "http://help.example.com",
        "help.example.com:80",
        "*.example.com",
        "a b",
        "1.2.3.4",
    ] {
        let problem = Problem::BadHost { host: text(bad) };
        one(
            &format!("[web]\nhosts = [\"{bad}\"]\n"),
            2,
            "web.hosts[1]",
            problem,
        );
    }
    // One on the tablet itself passes phones on as well.
    let own = load(&with("[web]\ntrusted_proxies = [\"127.0.0.1\", \"::1\"]\n"));
    assert_eq!(own.faults, []);
    let nothing = ["10.0.0", "10.0.0.1:80", "gateway", "10.0.0.0/8"];
    let no_machines = [
        "0.0.0.0",
        "0.0.0.1",
        "::",
        "255.255.255.255",
        "240.0.0.1",
        "224.0.0.1",
        "ff02::1",
        "::ffff:0.0.0.0",
    ];
    let kinds = [
        (&nothing[..], "is no IP address"),
        (&no_machines, "the address of no single machine"),
    ];
    for (bad, words) in kinds
        .iter()
        .flat_map(|(all, words)| all.iter().map(move |bad| (*bad, *words)))
    {
        let problem = Problem::BadAddress { address: text(bad) };
        let said = faults::problem(&Lang::EN, &problem);
        assert!(said.contains(words), "{said}");
        one(
            &format!("[web]\ntrusted_proxies = [\"{bad}\"]\n"),
            2,
            "web.trusted_proxies[1]",
            problem,
        );
    }
}

#[test]
fn the_networks_that_may_read_the_staff_pages() {
    let loaded = load(&with(
        "[staff_pages]\nnetworks = [\"192.168.1.0/24\", \"\", \"fd00:1::/64\"]\n",
    ));
    assert_eq!(loaded.faults, []);
    let pages = &loaded.settings.staff_pages;
    let allows = |ip: &str| pages.allow(ip.parse().unwrap());
    assert!(allows("192.168.1.77") && allows("fd00:1::7"));
    assert!(!allows("192.168.2.77") && !allows("fd00:2::7"));
    let off = load(&with("")).settings.staff_pages;
    assert!(!off.allow("192.168.1.77".parse().unwrap()));
    for (bad, meant, words) in [
        ("192.168.1.0", None, "is no network"),
        ("0.0.0.0/0", None, "from 8 on"),
        ("desk/24", None, "such as 192.168.1.0/24"),
        (
            "192.168.1.20/24",
            Some("192.168.1.0/24"),
            "write 192.168.1.0/24",
        ),
    ] {
        let problem = Problem::BadNetwork {
            network: text(bad),
            meant: meant.map(text),
        };
        let said = faults::problem(&Lang::EN, &problem);
        assert!(said.contains(words), "{said}");
        one(
            &format!("[staff_pages]\nnetworks = [\"{bad}\"]\n"),
            2,
            "staff_pages.networks[1]",
            problem,
        );
    }
}
