//! The pages for phones, over loopback.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};

use divan::Bencher;
use divan::counter::ItemsCount;
use lobby_kiosk::service::journal::Journal;
use lobby_kiosk::web::throttle::Throttles;
use tempfile::TempDir;

use super::served::Served;

/// Pages of an empty branch, and what they stand on.
fn serve() -> (Served, Journal, TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let (served, journal) = Served::alone_prepared(
        dir.path(),
        |_, _| (),
        |site| site.throttles = Throttles::none(),
    );
    (served, journal, dir)
}

/// A connection that is kept for many requests.
struct Visitor {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
}

impl Visitor {
    fn new(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        Self {
            address,
            stream: BufReader::new(stream),
        }
    }

    /// Sends a request and reads its answer to the end; the server may have closed the connection
    /// in between.
    fn ask(&mut self, request: &str) {
        if self.try_to_ask(request).is_none() {
            *self = Self::new(self.address);
            self.try_to_ask(request).expect("an answer");
        }
    }

    fn try_to_ask(&mut self, request: &str) -> Option<()> {
        self.stream.get_mut().write_all(request.as_bytes()).ok()?;
        let (mut line, mut length) = (String::new(), 0);
        loop {
            line.clear();
            if self.stream.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if line.starts_with("HTTP/1.1") {
                assert!(line.starts_with("HTTP/1.1 200"), "{line}");
            }
            if let Some(count) = line.strip_prefix("content-length: ") {
                length = count.trim().parse().unwrap();
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).ok()
    }
}

fn evacuate(address: SocketAddr) -> String {
    format!("GET /evacuate HTTP/1.1\r\nhost: {address}\r\naccept-language: zh-CN\r\n\r\n")
}

fn complaint(address: SocketAddr, token: &str) -> String {
    let body = format!(
        "token={token}&about=service&consent=yes&what=%E6%9F%9C%E5%8F%B0%E5%8F%AB%E5%8F%B7%E5%90%8E\
         %E7%AD%89%E4%BA%86%E4%B8%80%E4%B8%AA%E5%A4%9A%E5%B0%8F%E6%97%B6"
    );
    format!(
        "POST /complaint HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Many visitors at once, each with so many requests.
fn crowd(
    address: SocketAddr,
    visitors: usize,
    each: usize,
    request: impl Fn(SocketAddr) -> String + Sync,
) {
    std::thread::scope(|scope| {
        for _ in 0..visitors {
            let request = &request;
            scope.spawn(move || {
                let mut visitor = Visitor::new(address);
                for _ in 0..each {
                    visitor.ask(&request(address));
                }
            });
        }
    });
}

#[divan::bench(sample_count = 20)]
fn evacuate_by_8(bencher: Bencher) {
    let (served, _journal, _dir) = serve();
    bencher
        .counter(ItemsCount::new(8 * 500_usize))
        .bench_local(|| crowd(served.address, 8, 500, evacuate));
}

/// One visitor who sends one complaint after the other.
#[divan::bench(sample_count = 20)]
fn complaint_one_by_one(bencher: Bencher) {
    let (served, _journal, _dir) = serve();
    let mut visitor = Visitor::new(served.address);
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| visitor.ask(&complaint(served.address, &served.server.site.new_token())));
}

#[divan::bench(sample_count = 10)]
fn complaints_by_64(bencher: Bencher) {
    let (served, _journal, _dir) = serve();
    bencher
        .counter(ItemsCount::new(64 * 50_usize))
        .bench_local(|| {
            crowd(served.address, 64, 50, |address| {
                complaint(address, &served.server.site.new_token())
            });
        });
}
