//! Photos from the page of an incident: from the phone of its link alone, sealed, and without what lies
//! beside their pixels.

use std::io::Cursor;
use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lobby_kiosk::domain::phone_link::Thing;
use lobby_kiosk::helper;
use lobby_kiosk::photo::MOST_BYTES;
use lobby_kiosk::service::records::Records;
use lobby_kiosk::store::{Reader, Verdict};

use crate::pages::{Answer, Pages, get, post};
use crate::phone::{Phone, guide, make, noted, tablet, take, topic, with};

const BOUND: &str = "a-boundary-of-this-test";

fn photo() -> Vec<u8> {
    let image = RgbImage::from_fn(400, 300, |x, y| Rgb([x as u8, y as u8, 90]));
    let mut file = Cursor::new(Vec::new());
    DynamicImage::from(image)
        .write_to(&mut file, ImageFormat::Png)
        .unwrap();
    file.into_inner()
}

/// A form with a file, as a browser sends it.
fn multipart(fields: &[(&str, &str)], file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BOUND}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend(part.bytes());
    }
    let head = format!(
        "--{BOUND}\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"IMG_0001.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    body.extend(head.bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUND}--\r\n").bytes());
    body
}

fn request(phone: &Phone, cookie: &str, body: Vec<u8>) -> Request<Body> {
    helper::use_program(Path::new(env!("CARGO_BIN_EXE_lobby-kiosk")));
    let mut request = with(post(&[&phone.page, "/photo"].concat(), ""), cookie);
    let kind = format!("multipart/form-data; boundary={BOUND}");
    let headers = request.headers_mut();
    headers.insert("content-type", kind.parse().unwrap());
    *request.body_mut() = Body::from(body);
    request
}

fn send(pages: &Pages, phone: &Phone, fields: &[(&str, &str)], file: &[u8]) -> Answer {
    pages.ask(request(phone, &phone.cookie, multipart(fields, file)))
}

#[test]
fn a_photo_is_sealed_and_recorded_once_however_often_it_arrives() {
    let (dir, pages) = tablet();
    let phone = take(&pages, &make(&pages, guide()));
    let (form, proof) = phone.form(&pages);
    let fields = [("form", form.as_str()), ("proof", proof.as_str())];
    for _ in 0..2 {
        let answer = send(&pages, &phone, &fields, &photo());
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(answer.body.contains("已存入平板"), "{}", answer.body);
    }
    assert_eq!(noted(&pages, &topic(), "incident.written").0, 1);
    let page = phone.look(&pages).body;
    assert!(page.contains("<li>15:42 · 照片</li>"), "{page}");
    // Neither the file nor what is kept of it can be read from the disk.
    for entry in std::fs::read_dir(dir.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        for part in [&b"JFIF"[..], b"IHDR", b"IMG_0001"] {
            assert!(!bytes.windows(part.len()).any(|one| one == part));
        }
    }
    let verdict = Records::open(dir.path()).unwrap().verify().unwrap();
    assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
    let reader = Reader::open(dir.path()).unwrap();
    let entries = reader.entries(&topic()).unwrap();
    let written = entries.iter().find(|one| one.kind == "incident.written");
    let body: serde_json::Value = serde_json::from_str(&written.unwrap().body).unwrap();
    assert_eq!(body["field"], "photo");
}

#[test]
fn what_is_no_photo_is_said_and_not_recorded() {
    let (_dir, pages) = tablet();
    let phone = take(&pages, &make(&pages, guide()));
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0".to_vec();
    let large = vec![0; MOST_BYTES + 1];
    for (file, said) in [
        (Vec::new(), "请先选一张照片"),
        (b"hello".to_vec(), "读不出照片"),
        (heic, "兼容性最佳"),
        (large, "照片太大"),
    ] {
        let (form, proof) = phone.form(&pages);
        let fields = [("form", form.as_str()), ("proof", proof.as_str())];
        let answer = send(&pages, &phone, &fields, &file);
        assert_eq!(answer.status, 422, "{said}");
        assert!(answer.body.contains(said), "{}", answer.body);
        assert!(answer.body.contains("href=\"#photo\""), "{said}");
    }
    let more = vec![0; MOST_BYTES + 128 * 1024];
    assert_eq!(send(&pages, &phone, &[], &more).status, 413);
    assert_eq!(noted(&pages, &topic(), "incident.written").0, 0);
}

#[test]
fn nobody_else_sends_a_photo() {
    let (_dir, pages) = tablet();
    let phone = take(&pages, &make(&pages, guide()));
    let other = take(&pages, &make(&pages, guide()));
    let (form, proof) = phone.form(&pages);
    let fields = [("form", form.as_str()), ("proof", proof.as_str())];
    let body = multipart(&fields, &photo());
    // Without the cookie, with another phone's, and with a form of another phone.
    for cookie in ["", other.cookie.as_str()] {
        let answer = pages.ask(request(&phone, cookie, body.clone()));
        assert_eq!(answer.status, 404, "{cookie}");
    }
    assert_eq!(send(&pages, &other, &fields, &photo()).status, 404);
    assert_eq!(send(&pages, &phone, &[], &photo()).status, 404);
    let looked = with(get(&[&phone.page, "/photo"].concat()), &phone.cookie);
    assert_ne!(pages.ask(looked).status, 200);
    // A link that opens no incident takes none, and one that was ended neither.
    let counter = take(&pages, &make(&pages, Thing::Counter));
    assert_eq!(send(&pages, &counter, &fields, &photo()).status, 404);
    pages.links.revoke(|_| true, pages.now());
    assert_eq!(send(&pages, &phone, &fields, &photo()).status, 404);
    assert_eq!(noted(&pages, &topic(), "incident.written").0, 0);
}
