//! What the tests of the examples share.

use connectparticipant::config::Region;
use connectparticipant::{Client, Config};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

/// A client of the service at a URL.
pub fn client(url: &str) -> Client {
    let config = Config::builder().region(Region::new("eu-west-2"));
    Client::from_conf(config.endpoint_url(url).build())
}

/// A service on loopback.
pub struct Service {
    pub url: String,
    heads: Receiver<String>,
}

impl Service {
    /// The head of the next request that was received.
    pub fn head(&self) -> String {
        self.heads.recv().expect("a request")
    }
}

/// Starts a service. The lines of `headers` end with `\r\n`.
pub fn service(status: &'static str, headers: &'static str, body: &'static str) -> Service {
    start([(status, headers, body.to_owned())])
}

/// Starts a service that gives these responses, one after the other.
pub fn service_with<const N: usize>(responses: [(&'static str, String); N]) -> Service {
    start(responses.map(|(status, body)| (status, "", body)))
}

fn start<const N: usize>(responses: [(&'static str, &'static str, String); N]) -> Service {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (sender, heads) = channel();
    std::thread::spawn(move || {
        for (status, headers, body) in responses {
            let (mut stream, _) = listener.accept()?;
            let head = read(&stream)?;
            write!(
                stream,
                "HTTP/1.1 {status}\r\n{headers}content-type: application/json\r\nconnection: close\r\n\
                 content-length: {}\r\n\r\n{body}",
                body.len()
            )?;
            // Nobody may want it.
            let _ = sender.send(head);
        }
        Ok::<(), std::io::Error>(())
    });
    Service { url, heads }
}

/// Reads a request, and returns its head.
fn read(stream: &TcpStream) -> std::io::Result<String> {
    let mut request = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let start = head.len();
        request.read_line(&mut head)?;
        let line = head[start..].to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    request.read_exact(&mut vec![0; length])?;
    Ok(head)
}
