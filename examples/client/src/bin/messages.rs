//! Prints the messages of a chat, without async: `cargo run --bin messages -- TOKEN`.
//!
//! The service is in the region `eu-west-2`, or at the URL in the variable `ENDPOINT_URL`.

use connectparticipant::config::Region;
use connectparticipant::config::interceptors::{after_response, before_signing};
use connectparticipant::types::ChatItemType;
use connectparticipant::{Client, Config, Error};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::args().nth(1).ok_or("usage: messages TOKEN")?;
    let mut config = config();
    if let Ok(url) = std::env::var("ENDPOINT_URL") {
        config = config.endpoint_url(url);
    }
    for message in messages(&Client::from_conf(config.build()), &token)? {
        println!("{message}");
    }
    Ok(())
}

/// The settings of the client.
fn config() -> connectparticipant::config::Builder {
    Config::builder()
        .region(Region::new("eu-west-2"))
        .interceptor(before_signing(|request| {
            request.headers_mut().insert("x-tenant", "example");
            Ok(())
        }))
        .interceptor(after_response(|response| {
            match response.headers().get("x-maintenance") {
                Some(when) => Err(format!("the service is not available {when}").into()),
                None => Ok(()),
            }
        }))
}

/// The messages of a chat.
fn messages(client: &Client, token: &str) -> Result<Vec<String>, Error> {
    let request = client.get_transcript().connection_token(token);
    let mut messages = Vec::new();
    for page in request.into_paginator().pages().iter_blocking() {
        for item in page?.transcript.unwrap_or_default() {
            if item.r#type() == Some(&ChatItemType::Message) {
                messages.extend(item.content);
            }
        }
    }
    Ok(messages)
}

#[cfg(test)]
mod tests {
    use super::{config, messages};
    use client_examples::service;
    use connectparticipant::Client;

    const PAGE: &str =
        r#"{"Transcript": [{"Type": "MESSAGE", "Content": "Hello"}, {"Type": "EVENT"}]}"#;

    fn client(url: &str) -> Client {
        Client::from_conf(config().endpoint_url(url).build())
    }

    #[test]
    fn messages_are_read_without_a_runtime() {
        let service = service("200 OK", "", PAGE);
        let messages = messages(&client(&service.url), "token").unwrap();
        assert_eq!(messages, ["Hello"]);
        assert!(service.head().contains("x-tenant: example"));
    }

    #[test]
    fn a_response_can_be_refused() {
        let service = service("200 OK", "x-maintenance: on Sunday\r\n", PAGE);
        let error = messages(&client(&service.url), "token").unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("the service is not available on Sunday"),
            "{text}"
        );
    }

    #[tokio::test]
    async fn a_blocking_call_within_a_runtime_is_an_error() {
        let client = client("http://127.0.0.1:9");
        let error = messages(&client, "token").unwrap_err();
        assert!(
            error.to_string().contains("await the call instead"),
            "{error}"
        );
        let error = client.send_message().send_blocking().unwrap_err();
        assert!(
            error.to_string().contains("await the call instead"),
            "{error}"
        );
    }
}
