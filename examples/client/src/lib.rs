//! What the tests of the examples share.

use connectparticipant::config::Region;
use connectparticipant::{Client, Config};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

/// A client of the service at a URL.
pub fn client(url: &str) -> Client {
    let config = Config::builder().region(Region::new("eu-west-2"));
    Client::from_conf(config.endpoint_url(url).build())
}

/// The URL of a service on loopback that gives one answer.
pub fn service(status: &'static str, body: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept()?;
        let lines = BufReader::new(stream.try_clone()?).lines();
        for line in lines {
            if line?.is_empty() {
                break;
            }
        }
        write!(
            stream,
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
    });
    url
}
