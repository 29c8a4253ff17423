//! A service and a storage on loopback.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// What the storage does with a file that is sent.
#[derive(Clone, Debug)]
pub(super) enum Put {
    /// Takes all of it, and responds with this status and body.
    Take(u16, &'static str),
    /// Takes so many bytes, and resets the connection.
    Break(usize),
    /// Responds before it takes anything.
    Early(u16),
    /// Takes so many bytes, and then nothing for a long time.
    Stall(usize),
    /// Writes this file when the head has arrived, and goes on.
    Overwrite(std::path::PathBuf, Vec<u8>),
}

/// How the storage gives a file.
#[derive(Clone, Debug)]
pub(super) enum Get {
    /// Heads: status, headers, and how many bytes of the body are sent: all, or fewer and the connection breaks.
    Send(u16, Vec<(&'static str, String)>, Vec<u8>, Option<usize>),
    /// Sends a part of the body, and then nothing for a long time.
    Stall(Vec<(&'static str, String)>, Vec<u8>),
}

#[derive(Default)]
struct State {
    seen: Vec<String>,
    heads: Vec<String>,
    bodies: Vec<Vec<u8>>,
    puts: VecDeque<Put>,
    gets: VecDeque<Get>,
    /// What every start says.
    expiry: &'static str,
    headers: Vec<(&'static str, String)>,
    size: Option<u64>,
    complete: Option<(u16, &'static str)>,
}

/// The server, which runs until the program ends.
#[derive(Clone)]
pub(super) struct Storage {
    pub(super) url: String,
    state: Arc<Mutex<State>>,
}

impl Storage {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let storage = Self {
            url,
            state: Arc::default(),
        };
        storage.set(|state| state.expiry = "2099-01-01T00:00:00.000Z");
        let of_threads = storage.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let storage = of_threads.clone();
                thread::spawn(move || storage.serve(&stream));
            }
        });
        storage
    }

    /// A storage that does this with each file that is sent, and takes all that follow.
    pub(super) fn taking(puts: impl IntoIterator<Item = Put>) -> Self {
        let storage = Self::start();
        storage.set(|state| state.puts = puts.into_iter().collect());
        storage
    }

    /// A storage that responds like this.
    pub(super) fn giving(gets: impl IntoIterator<Item = Get>) -> Self {
        let storage = Self::start();
        storage.set(|state| state.gets = gets.into_iter().collect());
        storage
    }

    fn set<T>(&self, set: impl FnOnce(&mut State) -> T) -> T {
        set(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn expiring(self, expiry: &'static str) -> Self {
        self.set(|state| state.expiry = expiry);
        self
    }

    pub(super) fn with_header(self, name: &'static str, value: &str) -> Self {
        self.set(|state| state.headers.push((name, value.to_owned())));
        self
    }

    pub(super) fn of_size(self, size: usize) -> Self {
        self.set(|state| state.size = Some(size as u64));
        self
    }

    pub(super) fn completing(self, status: u16, body: &'static str) -> Self {
        self.set(|state| state.complete = Some((status, body)));
        self
    }

    /// What happened, in order.
    pub(super) fn seen(&self) -> Vec<String> {
        self.set(|state| state.seen.clone())
    }

    /// The bodies of the files that were taken.
    pub(super) fn files(&self) -> Vec<Vec<u8>> {
        self.set(|state| state.bodies.clone())
    }

    /// The heads of the requests to the storage.
    pub(super) fn heads(&self) -> Vec<String> {
        self.set(|state| state.heads.clone())
    }

    fn serve(&self, stream: &TcpStream) -> Option<()> {
        let mut reader = BufReader::new(stream.try_clone().ok()?);
        loop {
            let head = read_head(&mut reader)?;
            let length = field(&head, "content-length").and_then(|of| of.parse().ok());
            let length = length.unwrap_or(0);
            if head.starts_with("PUT ") {
                self.set(|state| state.heads.push(head.clone()));
                self.put(&head, length, &mut reader, stream)?;
            } else if head.starts_with("GET ") {
                self.set(|state| state.heads.push(head.clone()));
                self.get(stream)?;
            } else {
                let mut body = vec![0; length];
                reader.read_exact(&mut body).ok()?;
                self.call(&head, &String::from_utf8(body).ok()?, stream)?;
            }
        }
    }

    fn call(&self, head: &str, body: &str, stream: &TcpStream) -> Option<()> {
        let url = format!("{}/blob?sig=SECRET", self.url);
        let (status, response) = self.set(|state| {
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            state.seen.push(format!("{path} {body}"));
            if path == "/complete" {
                let (status, body) = state.complete.unwrap_or((200, r#"{"Done":true}"#));
                return (status, body.to_owned());
            }
            if path == "/get" {
                let size = state.size;
                let output = serde_json::json!({"Url": url, "Expiry": state.expiry, "Size": size});
                return (200, output.to_string());
            }
            let fields: serde_json::Map<_, _> = state
                .headers
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.as_str().into()))
                .collect();
            let place = serde_json::json!({"Url": url, "Expiry": state.expiry, "Fields": fields});
            (
                200,
                serde_json::json!({"Id": "id-1", "Place": place}).to_string(),
            )
        });
        respond(stream, status, &[], response.as_bytes())
    }

    fn put(
        &self,
        head: &str,
        length: usize,
        reader: &mut BufReader<TcpStream>,
        mut stream: &TcpStream,
    ) -> Option<()> {
        let put = self.set(|state| state.puts.pop_front());
        let put = put.unwrap_or(Put::Take(200, ""));
        if let Put::Early(status) = put {
            self.set(|state| state.seen.push("early".to_owned()));
            respond(stream, status, &[("Connection", "close".to_owned())], b"")?;
            thread::sleep(Duration::from_millis(50));
            return None;
        }
        if field(head, "expect").is_some() {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
        }
        let most = match put {
            Put::Break(most) | Put::Stall(most) => most,
            _ => length,
        };
        if let Put::Overwrite(path, content) = &put {
            std::fs::write(path, content).expect("a file");
        }
        let mut body = vec![0; most];
        let whole = reader.read_exact(&mut body).is_ok();
        self.set(|state| {
            state
                .seen
                .push(format!("PUT {most}{}", if whole { "" } else { " broken" }))
        });
        match put {
            Put::Take(status, text) => {
                self.set(|state| state.bodies.push(body));
                respond(stream, status, &[], text.as_bytes())
            }
            Put::Stall(_) => {
                thread::sleep(Duration::from_secs(3));
                None
            }
            _ => None,
        }
    }

    fn get(&self, mut stream: &TcpStream) -> Option<()> {
        let get = self.set(|state| state.gets.pop_front())?;
        match get {
            Get::Send(status, headers, body, None) => respond(stream, status, &headers, &body),
            Get::Send(status, headers, body, Some(most)) => {
                let head = response_head(status, &headers, body.len());
                stream.write_all(head.as_bytes()).ok()?;
                stream.write_all(&body[..most]).ok()?;
                thread::sleep(Duration::from_millis(20));
                None
            }
            Get::Stall(headers, part) => {
                let head = response_head(200, &headers, part.len() * 2);
                stream.write_all(head.as_bytes()).ok()?;
                stream.write_all(&part).ok()?;
                thread::sleep(Duration::from_secs(3));
                None
            }
        }
    }
}

fn respond(
    mut stream: &TcpStream,
    status: u16,
    headers: &[(&str, String)],
    body: &[u8],
) -> Option<()> {
    let head = response_head(status, headers, body.len());
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()
}

/// The head of a response; with `Transfer-Encoding` or `Content-Length` of its own if it has them.
fn response_head(status: u16, headers: &[(&str, String)], length: usize) -> String {
    let mut head = format!("HTTP/1.1 {status} Reason\r\n");
    for (name, value) in headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let framed = headers.iter().any(|(name, _)| *name == "Connection-Framed");
    if !framed {
        let _ = write!(head, "Content-Length: {length}\r\n");
    }
    head + "\r\n"
}

fn read_head(reader: &mut impl BufRead) -> Option<String> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        reader
            .read_line(&mut head)
            .ok()
            .filter(|count| *count > 0)?;
    }
    Some(head)
}

/// A field of a head.
pub(super) fn field<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut fields = head.lines().filter_map(|line| line.split_once(": "));
    let found = fields.find(|(of, _)| of.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value)
}
