//! What a failed call is told as.

use crate::settings::endpoint::no_region;
use crate::settings::env;
use crate::stop::Stop;
use crate::values::json;
use swage_client::Any;
use swage_client::error::{
    ConfigError, Failure, ServiceError, TimeoutKind, TransportError, TransportErrorKind,
};

/// The message for a failed call of that operation. `last`: the number of the last attempt, in the
/// retry mode where any error of that one tells how many there were.
pub(crate) fn stop(failure: &Failure, operation: &str, last: Option<u32>) -> Stop {
    match failure {
        Failure::Config(ConfigError::NoRegion) => no_region(),
        Failure::Config(ConfigError::NoCredentials) => Stop::Bare(
            "Unable to locate credentials. You can configure credentials by running \"aws configure\".".to_owned(),
        ),
        Failure::Config(error) => Stop::Error(config(error)),
        Failure::Input(error) => {
            Stop::Error(format!("Parameter validation failed:\n{}", error.problems.join("\n")))
        }
        Failure::Service(error) => Stop::Error(service(error, operation, last)),
        Failure::Transport(error) => Stop::Error(transport(error)),
        Failure::Timeout(error) => Stop::Error(match error.kind {
            TimeoutKind::Connect => format!("Connect timeout on endpoint URL: \"{}\"", error.url),
            _ => format!("Read timeout on endpoint URL: \"{}\"", error.url),
        }),
        Failure::Response(error) => {
            let status = error.status;
            Stop::Error(format!("The response to the {operation} operation (status {status}) can't be read: {}", error.error))
        }
        other => Stop::Error(format!("{other:?}")),
    }
}

/// The message for settings that won't do.
pub(crate) fn config(error: &ConfigError) -> String {
    match error {
        ConfigError::Credentials(what) => format!("Error when retrieving credentials: {what}"),
        ConfigError::Endpoint(what) | ConfigError::Setting(what) => what.clone(),
        other => format!("{other:?}"),
    }
}

fn transport(error: &TransportError) -> String {
    let url = &error.url;
    match error.kind {
        TransportErrorKind::Connect => format!("Could not connect to the endpoint URL: \"{url}\""),
        TransportErrorKind::Proxy => format!("Failed to connect to proxy URL: \"{}\"", proxy(url)),
        TransportErrorKind::Tls => format!("SSL validation failed for {url} {}", error.source),
        _ => format!(
            "Connection was closed before we received a valid response from endpoint URL: \"{url}\"."
        ),
    }
}

/// The proxy for that URL, without its user and password.
fn proxy(url: &str) -> String {
    let scheme = if url.starts_with("https:") {
        "https"
    } else {
        "http"
    };
    let names = [
        format!("{scheme}_proxy"),
        format!("{}_PROXY", scheme.to_ascii_uppercase()),
    ];
    let proxy = names
        .iter()
        .find_map(|name| env::non_empty(name))
        .unwrap_or_default();
    match proxy.split_once("://").zip(proxy.rsplit_once('@')) {
        Some(((scheme, _), (_, host))) => format!("{scheme}://{host}"),
        None => proxy,
    }
}

fn service(error: &ServiceError, operation: &str, last: Option<u32>) -> String {
    let status = error.status.to_string();
    let code = error.code.as_deref().unwrap_or(&status);
    let retries = if is_retried(error, code) || last.is_some_and(|last| error.attempts >= last) {
        format!(
            " (reached max retries: {})",
            error.attempts.saturating_sub(1)
        )
    } else {
        String::new()
    };
    let message = match reason(error) {
        Some(reason) => reason,
        None => error
            .message
            .as_deref()
            .unwrap_or_else(|| without_message(&error.body)),
    };
    format!("An error occurred ({code}) when calling the {operation} operation{retries}: {message}")
}

/// What stands for a message that isn't there: a null one is told, as the AWS CLI does.
fn without_message(body: &[u8]) -> &'static str {
    let Ok(Ok(Any::Map(entries))) = std::str::from_utf8(body).map(json::parse) else {
        return "";
    };
    let null = entries
        .iter()
        .any(|(key, value)| key == "message" && matches!(value, Any::Null));
    if null { "None" } else { "" }
}

/// The standard words for the status of an error whose body says nothing: one of a proxy or load balancer.
fn reason(error: &ServiceError) -> Option<&'static str> {
    let says_nothing = error.body.is_empty() || error.body.starts_with(b"<html>");
    let status = http::StatusCode::from_u16(error.status).ok()?;
    status
        .canonical_reason()
        .filter(|_| status.is_server_error() && says_nothing)
}

/// Whether the error is of a kind that the AWS CLI tries again.
fn is_retried(error: &ServiceError, code: &str) -> bool {
    const THROTTLING: [&str; 5] = [
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestThrottledException",
        "ProvisionedThroughputExceededException",
    ];
    match error.status {
        429 | 500 | 502 | 503 | 504 | 509 => true,
        400 => THROTTLING.contains(&code),
        _ => false,
    }
}
