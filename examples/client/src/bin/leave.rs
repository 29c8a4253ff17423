//! Leaves a chat: `cargo run --bin leave -- TOKEN`.
//!
//! The service is in the region `eu-west-2`, or at the URL in the variable `ENDPOINT_URL`. Requests go through the proxy in the
//! variable `PROXY`, whose certificate is in the file `CERTIFICATES`, if both are set.

use connectparticipant::config::retry::RetryConfig;
use connectparticipant::config::timeout::TimeoutConfig;
use connectparticipant::config::{Builder, Region};
use connectparticipant::error::ConfigError;
use connectparticipant::{Client, Config, Error};
use std::env::var;
use std::path::Path;
use std::time::Duration;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::args().nth(1).ok_or("usage: leave TOKEN")?;
    let client = match (var("PROXY"), var("CERTIFICATES")) {
        (Ok(proxy), Ok(file)) => behind_proxy(&proxy, file.as_ref())?,
        _ => Client::from_conf(match var("ENDPOINT_URL") {
            Ok(url) => config().endpoint_url(url).build(),
            Err(_) => config().build(),
        }),
    };
    if !leave(&client, &token).await? {
        println!("the participant had left before");
    }
    Ok(())
}

/// The settings of the client.
fn config() -> Builder {
    let limits = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(5))
        .operation_timeout(Duration::from_secs(30));
    Config::builder()
        .region(Region::new("eu-west-2"))
        .retry_config(RetryConfig::standard().with_max_attempts(5))
        .timeout_config(limits.build())
}

/// A client behind a proxy that has a certificate of its own.
fn behind_proxy(proxy: &str, certificates: &Path) -> Result<Client, ConfigError> {
    Client::builder()
        .region("eu-west-2")
        .proxy_url(proxy)
        .ca_bundle_file(certificates)
        .build()
}

/// Leaves a chat. Returns false if the participant had left before.
async fn leave(client: &Client, token: &str) -> Result<bool, Error> {
    let request = client.disconnect_participant().connection_token(token);
    match request.send().await.map_err(Error::from) {
        Ok(_) => Ok(true),
        Err(Error::AccessDeniedException(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::{behind_proxy, config, leave};
    use connectparticipant::operation::disconnect_participant::{
        DisconnectParticipantError, DisconnectParticipantOutput,
    };
    use connectparticipant::types::error::AccessDeniedException;
    use connectparticipant::{Client, mock};

    #[tokio::test]
    async fn leaving_twice_is_no_error() {
        let left = mock::rule(Client::disconnect_participant)
            .sequence()
            .output(|| DisconnectParticipantOutput::builder().build())
            .error(|| {
                let error = AccessDeniedException::builder().message("The token has expired");
                DisconnectParticipantError::AccessDeniedException(error.build().unwrap())
            })
            .build();
        let client = mock::client(Client::builder(), [&left]);
        assert!(leave(&client, "token").await.unwrap());
        assert!(!leave(&client, "token").await.unwrap());
    }

    #[tokio::test]
    async fn the_service_is_asked_five_times() {
        let busy = mock::rule(Client::disconnect_participant)
            .sequence()
            .http_status(503, None)
            .repeatedly();
        let retry = config().build().retry_config().unwrap().clone();
        let client = mock::client(Client::builder().retry_config(retry), [&busy]);
        leave(&client, "token").await.unwrap_err();
        assert_eq!(busy.num_calls(), 5);
    }

    #[test]
    fn an_invalid_proxy_is_an_error() {
        let error = behind_proxy("no proxy", "ca.pem".as_ref()).unwrap_err();
        assert!(error.to_string().contains("proxy_url"), "{error}");
    }
}
