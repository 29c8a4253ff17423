//! A server on loopback that gives one response until it is told another.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// A response with status 200.
#[derive(Clone, Default)]
pub(crate) struct Answer {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Server {
    pub(crate) url: String,
    answer: Arc<Mutex<Answer>>,
}

impl Server {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let answer: Arc<Mutex<Answer>> = Arc::default();
        let current = Arc::clone(&answer);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let answer = current.lock().unwrap_or_else(PoisonError::into_inner);
                let answer = answer.clone();
                // A command that fails closes its connection early.
                serve(stream, &answer).ok();
            }
        });
        Ok(Self {
            url: format!("http://{address}"),
            answer,
        })
    }

    /// Sets the response.
    pub(crate) fn answer(&self, answer: Answer) {
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }
}

/// Answers the requests of a connection.
fn serve(stream: TcpStream, answer: &Answer) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let is_head = line.starts_with("HEAD ");
        let mut length = 0;
        let mut is_chunked = false;
        loop {
            let mut header = String::new();
            reader.read_line(&mut header)?;
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length: ") {
                length = value.parse().unwrap_or(0);
            }
            is_chunked |= header == "transfer-encoding: chunked";
            if header == "expect: 100-continue" {
                reader
                    .get_mut()
                    .write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
            }
        }
        if is_chunked {
            skip_chunks(&mut reader)?;
        } else {
            std::io::copy(&mut (&mut reader).take(length), &mut std::io::sink())?;
        }
        respond(reader.get_mut(), answer, is_head)?;
    }
}

fn skip_chunks(reader: &mut BufReader<TcpStream>) -> std::io::Result<()> {
    loop {
        let mut size = String::new();
        reader.read_line(&mut size)?;
        let size = u64::from_str_radix(size.trim(), 16).unwrap_or(0);
        std::io::copy(&mut reader.take(size + 2), &mut std::io::sink())?;
        if size == 0 {
            return Ok(());
        }
    }
}

fn respond(to: &mut TcpStream, answer: &Answer, is_head: bool) -> std::io::Result<()> {
    let mut text = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n",
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text += "\r\n";
    let mut bytes = text.into_bytes();
    if !is_head {
        bytes.extend_from_slice(&answer.body);
    }
    to.write_all(&bytes)
}
