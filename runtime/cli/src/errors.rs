//! The messages for failed calls.

use crate::settings::Settings;
use crate::stop::Stop;
use crate::{env, paramfile};
use swage_client::error::{
    ConfigError, Failure, ServiceError, TimeoutKind, TransportError, TransportErrorKind,
};
use swage_client::jmespath::Value;
use swage_client::json;
use swage_client::redact;
use swage_client::{Any, Operation, Service};

/// The message for a failed call of that operation.
pub(crate) fn stop(failure: &Failure, operation: &Operation, settings: &Settings) -> Stop {
    of(failure, operation.name, Some(operation.service), settings)
}

fn of(failure: &Failure, operation: &str, service: Option<&Service>, settings: &Settings) -> Stop {
    match failure {
        Failure::Config(ConfigError::NoRegion) => no_region(),
        Failure::Config(ConfigError::NoCredentials(_)) => Stop::Bare(
            "Unable to locate credentials. You can configure credentials by running \"aws configure\".".to_owned(),
        ),
        Failure::Config(error) => Stop::Error(config(error)),
        Failure::Input(error) => {
            Stop::Error(format!("Parameter validation failed:\n{}", error.problems.join("\n")))
        }
        Failure::Service(error) => Stop::Error(told(error, service, settings)),
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

/// The message for a missing region.
pub(crate) fn no_region() -> Stop {
    Stop::Bare("You must specify a region. You can also configure your region by running \"aws configure\".".to_owned())
}

/// The message for invalid settings.
pub(crate) fn config(error: &ConfigError) -> String {
    match error {
        ConfigError::Credentials(what) => {
            let prefix = "an error occurred while loading credentials: ";
            what.strip_prefix(prefix).unwrap_or(what).to_owned()
        }
        ConfigError::Endpoint(what) | ConfigError::Setting(what) => what.clone(),
        other => format!("{other:?}"),
    }
}

/// The message when credentials can't be fetched.
pub(crate) fn credentials(error: &swage_credentials::Error, settings: &Settings) -> String {
    use swage_credentials::Error;
    match error {
        Error::Call { operation, failure } => of(failure, operation, None, settings).message(),
        Error::File { path, error } => paramfile::describe(error, path),
        other => other.to_string(),
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

/// The proxy for a URL, without user and password.
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
    redact::url(&proxy)
}

fn told(error: &ServiceError, service: Option<&Service>, settings: &Settings) -> String {
    let operation = error.operation;
    let (code, message) = code_and_message(error);
    let retries = if settings.tells_retries(error, service) {
        format!(
            " (reached max retries: {})",
            error.attempts.saturating_sub(1)
        )
    } else {
        String::new()
    };
    format!("An error occurred ({code}) when calling the {operation} operation{retries}: {message}")
}

/// The code and the message of an error, as the AWS CLI prints them.
pub(crate) fn code_and_message(error: &ServiceError) -> (String, String) {
    let reason = reason(error);
    let code = match &reason {
        Some("Unknown") => "Unknown".to_owned(),
        Some(_) => error.status.to_string(),
        None => code(error).unwrap_or_else(|| error.status.to_string()),
    };
    let message = reason.map_or_else(|| message(error), str::to_owned);
    (shortened(code), shortened(message))
}

/// The longest text of a service that is printed, in bytes.
const LONGEST: usize = 64 << 10;

fn shortened(mut text: String) -> String {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
        text.push('…');
    }
    text
}

/// The protocols whose errors the AWS CLI reads as JSON of any form.
const JSON: [&str; 3] = [
    "aws.protocols#awsJson1_0",
    "aws.protocols#awsJson1_1",
    REST_JSON,
];
const REST_JSON: &str = "aws.protocols#restJson1";

/// The code of an error. With restJson1 the AWS CLI takes the first code that it finds, even if it is empty or not in the
/// model.
fn code(error: &ServiceError) -> Option<String> {
    let cut = |code: &str| {
        let code = code.split(':').next().unwrap_or_default();
        code.rsplit('#').next().unwrap_or_default().to_owned()
    };
    if error.protocol != REST_JSON {
        return error.code.clone();
    }
    let header = error
        .headers
        .iter()
        .find(|(name, _)| name == "x-amzn-errortype");
    if let Some((_, value)) = header {
        // Headers are Latin-1.
        return Some(cut(&value
            .iter()
            .copied()
            .map(char::from)
            .collect::<String>()));
    }
    let Some(Ok(Any::Map(mut entries))) = body_text(&error.body).map(json::parse) else {
        return error.code.clone();
    };
    let own = take(&mut entries, "code").or_else(|| take(&mut entries, "Code"));
    let own = own.filter(|code| !matches!(code, Any::Null));
    match own.or_else(|| take(&mut entries, "__type"))? {
        Any::Null => Some(String::new()),
        Any::String(code) => Some(cut(&code)),
        other => Some(Value::from(other).to_string()),
    }
}

/// A body as text, without a byte order mark.
fn body_text(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    Some(text.strip_prefix('\u{feff}').unwrap_or(text))
}

fn take(entries: &mut Vec<(String, Any)>, name: &str) -> Option<Any> {
    let at = entries.iter().position(|(key, _)| key == name)?;
    Some(entries.swap_remove(at).1)
}

/// The message of an error. In a JSON body it may be any value; a body that isn't JSON is the message.
fn message(error: &ServiceError) -> String {
    let said = || error.message.clone().unwrap_or_default();
    let Some(body) = body_text(&error.body).filter(|_| JSON.contains(&error.protocol)) else {
        return said();
    };
    match json::parse(body) {
        Ok(Any::Map(entries)) => of_object(entries),
        _ => body.to_owned(),
    }
}

fn of_object(mut entries: Vec<(String, Any)>) -> String {
    take(&mut entries, "message")
        .or_else(|| take(&mut entries, "Message"))
        .map(|message| Value::from(message).to_string())
        .unwrap_or_default()
}

/// Whether a header names an error of the model, so that it needs no body.
fn is_named(error: &ServiceError) -> bool {
    let mut names = error.headers.iter().map(|(name, _)| name);
    error.schema.is_some() && error.body.is_empty() && names.any(|name| name == "x-amzn-errortype")
}

/// The reason phrase for an error whose body says nothing, as those of proxies and load balancers.
fn reason(error: &ServiceError) -> Option<&'static str> {
    let body = error.body.trim_ascii();
    let says_nothing = body.is_empty() || body.starts_with(b"<html>");
    let is_reason = error.code.is_none()
        && error.message.is_some()
        && error.message.as_deref() == canonical(error.status);
    match error.status {
        // Neither a success nor an error: the AWS CLI ignores the body.
        300 => Some("Unknown"),
        500.. if says_nothing && !is_named(error) => Some(words(error.status)),
        _ if is_reason => Some(words(error.status)),
        _ => None,
    }
}

fn canonical(status: u16) -> Option<&'static str> {
    http::StatusCode::from_u16(status).ok()?.canonical_reason()
}

/// The reason phrase for a status, in Python's wording.
fn words(status: u16) -> &'static str {
    match status {
        413 => "Request Entity Too Large",
        414 => "Request-URI Too Long",
        416 => "Requested Range Not Satisfiable",
        418 => "I'm a Teapot",
        _ => canonical(status).unwrap_or_default(),
    }
}
