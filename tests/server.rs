//! An HTTP/1.1 server on loopback that answers from a script and records requests.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How the server answers a request. The last answer of a script is repeated.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Headers other than Content-Length.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
    /// The delay before the answer.
    pub delay: Duration,
    /// After how many bytes of the body the connection is closed; `None`: it sends all and stays open.
    pub cut: Option<usize>,
}

/// A request that the server received.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `POST /participant/event HTTP/1.1`.
    pub line: String,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// The server, which runs until the program ends.
pub struct Server {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    received: Arc<Mutex<Vec<Request>>>,
}

impl Answer {
    /// A success with a JSON body.
    #[must_use]
    pub fn json(body: &str) -> Self {
        Self::status(200, body)
    }

    /// A status with a JSON body.
    #[must_use]
    pub fn status(status: u16, body: &str) -> Self {
        let headers = vec![
            ("Content-Type".into(), "application/json".into()),
            ("x-amzn-RequestId".into(), "request-1".into()),
        ];
        Self {
            status,
            headers,
            body: body.into(),
            delay: Duration::ZERO,
            cut: None,
        }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds a delay.
    #[must_use]
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Closes the connection after so many bytes of the body.
    #[must_use]
    pub fn cut(mut self, bytes: usize) -> Self {
        self.cut = Some(bytes);
        self
    }
}

impl Request {
    /// A header's value, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Server {
    /// Starts a server.
    ///
    /// # Panics
    /// When loopback has no free port.
    pub fn start(script: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = received.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, script) = (kept.clone(), script.clone());
                thread::spawn(move || serve(&stream, &script, &kept));
            }
        });
        Self { url, received }
    }

    /// The requests so far.
    ///
    /// # Panics
    /// When a connection's thread panicked.
    pub fn requests(&self) -> Vec<Request> {
        self.received.lock().expect("no panic").clone()
    }
}

fn serve(stream: &TcpStream, script: &[Answer], kept: &Mutex<Vec<Request>>) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let count = {
            let mut kept = kept.lock().expect("no panic");
            kept.push(request);
            kept.len()
        };
        let Some(answer) = script.get(count - 1).or(script.last()) else {
            return;
        };
        thread::sleep(answer.delay);
        if write(stream, answer).is_none() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut request = Request::default();
    reader
        .read_line(&mut request.line)
        .ok()
        .filter(|&count| count > 0)?;
    request.line.truncate(request.line.trim_end().len());
    loop {
        let mut line = String::new();
        reader
            .read_line(&mut line)
            .ok()
            .filter(|&count| count > 0)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        request
            .headers
            .push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = request
        .header("content-length")
        .and_then(|length| length.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}

fn write(mut stream: &TcpStream, answer: &Answer) -> Option<()> {
    let mut head = format!(
        "HTTP/1.1 {} Answer\r\nContent-Length: {}\r\n",
        answer.status,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    stream.write_all(format!("{head}\r\n").as_bytes()).ok()?;
    let body = answer.body.as_bytes();
    stream
        .write_all(&body[..answer.cut.unwrap_or(body.len()).min(body.len())])
        .ok()?;
    answer.cut.is_none().then_some(())
}
