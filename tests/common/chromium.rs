//! A real browser, driven over its own protocol (Chrome DevTools Protocol).

#![allow(dead_code, reason = "each test file uses its own part")]

use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::stream::MaybeTlsStream;
use tungstenite::{Message, WebSocket};

/// How long a page may take: far longer than any does.
const PATIENCE: Duration = Duration::from_secs(60);

/// One page in a headless Chromium, as wide as a phone.
pub struct Browser {
    process: Child,
    socket: WebSocket<MaybeTlsStream<TcpStream>>,
    session: String,
    next: u64,
    _profile: TempDir,
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Browser {
    /// Starts it with an empty profile.
    pub fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new("chromium")
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--window-size=390,844",
                "--lang=zh-CN",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("Debian's chromium");
        let mut said = BufReader::new(process.stderr.take().unwrap()).lines();
        let address = said
            .find_map(|line| Some(line.unwrap().split_once("listening on ")?.1.to_owned()))
            .expect("the address of its protocol");
        // What it says later must not fill the pipe.
        std::thread::spawn(move || said.for_each(drop));
        let (socket, _) = tungstenite::connect(address).unwrap();
        if let MaybeTlsStream::Plain(stream) = socket.get_ref() {
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
        }
        let mut browser = Self {
            process,
            socket,
            session: String::new(),
            next: 0,
            _profile: profile,
        };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attached = browser.call(
            "Target.attachToTarget",
            json!({ "targetId": target["targetId"], "flatten": true }),
        );
        browser.session = attached["sessionId"].as_str().unwrap().to_owned();
        browser.call("Page.enable", json!({}));
        browser.call("Network.enable", json!({}));
        let chinese = json!({ "headers": { "Accept-Language": "zh-CN,zh;q=0.9" } });
        browser.call("Network.setExtraHTTPHeaders", chinese);
        browser.call(
            "Emulation.setDeviceMetricsOverride",
            json!({
                "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true
            }),
        );
        browser
    }

    fn send(&mut self, method: &str, params: Value) -> u64 {
        self.next += 1;
        let mut message = json!({ "id": self.next, "method": method, "params": params });
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        self.socket
            .send(Message::text(message.to_string()))
            .unwrap();
        self.next
    }

    fn read(&mut self) -> Value {
        loop {
            if let Message::Text(words) = self.socket.read().unwrap() {
                return serde_json::from_str(&words).unwrap();
            }
        }
    }

    /// Calls a method and waits for its result.
    pub fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, params);
        loop {
            let message = self.read();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].clone();
            }
        }
    }

    fn wait_for(&mut self, event: &str) {
        while self.read()["method"] != event {}
    }

    /// Switches the pages' scripts off, or on again.
    pub fn without_script(&mut self, without: bool) {
        self.call(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": without }),
        );
    }

    /// Opens an address and waits until it has loaded.
    pub fn open(&mut self, address: &str) {
        self.send("Page.navigate", json!({ "url": address }));
        self.wait_for("Page.loadEventFired");
    }

    /// What an expression says, asked from outside the page.
    pub fn ask(&mut self, expression: &str) -> Value {
        let asked =
            json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.call("Runtime.evaluate", asked);
        assert!(
            answer["exceptionDetails"].is_null(),
            "{expression:.80}: {answer}"
        );
        answer["result"]["value"].clone()
    }

    /// The text of the element that a selector finds.
    pub fn text(&mut self, selector: &str) -> String {
        let found = self.ask(&format!(
            "document.querySelector({}).innerText",
            json!(selector)
        ));
        found
            .as_str()
            .unwrap_or_else(|| panic!("no {selector}"))
            .to_owned()
    }

    /// Where the middle of an element is, once it has been scrolled to.
    fn middle(&mut self, selector: &str) -> (f64, f64) {
        let place = self.ask(&format!(
            "(() => {{ const one = document.querySelector({}); one.scrollIntoView({{block: 'center'}}); \
             const at = one.getBoundingClientRect(); return [at.x + at.width / 2, at.y + at.height / 2] }})()",
            json!(selector)
        ));
        (place[0].as_f64().unwrap(), place[1].as_f64().unwrap())
    }

    /// Taps the element that a selector finds.
    pub fn tap(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        for kind in ["mousePressed", "mouseReleased"] {
            self.call(
                "Input.dispatchMouseEvent",
                json!({
                    "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1
                }),
            );
        }
    }

    /// Taps what leads to another page, and waits until that has loaded.
    pub fn follow(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        for kind in ["mousePressed", "mouseReleased"] {
            self.send(
                "Input.dispatchMouseEvent",
                json!({
                    "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1
                }),
            );
        }
        self.wait_for("Page.loadEventFired");
    }

    /// Writes into the field that a selector finds.
    pub fn write(&mut self, selector: &str, words: &str) {
        self.tap(selector);
        self.call("Input.insertText", json!({ "text": words }));
    }

    /// The faults that axe-core finds on the page, each in a line. `axe` is its source.
    pub fn axe(&mut self, axe: &str) -> Vec<String> {
        self.ask(&format!("{axe}; 0"));
        let found = self.ask(
            "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })\
             .then(found => found.violations.map(one => one.id + ': ' + one.help + ' at ' + one.nodes.map(node => node.html).join(' | ')))",
        );
        let lines = found.as_array().unwrap();
        lines
            .iter()
            .map(|line| line.as_str().unwrap().to_owned())
            .collect()
    }
}
