//! The file of a recording.

use super::exchange::{Answer, Content, Event, Exchange, Headers, Outcome, Recorded};
use super::json::{Json, without_blanks};
use crate::error::TransportErrorKind;
use aws_smithy_types::base64;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The version of the format.
const VERSION: u64 = 1;

/// Why a recording can't be written or read.
#[derive(Debug)]
pub struct RecordingError {
    path: PathBuf,
    cause: Cause,
}

#[derive(Debug)]
enum Cause {
    Io(io::Error),
    Invalid(String),
}

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.cause {
            Cause::Io(error) => error.fmt(f),
            Cause::Invalid(what) => write!(f, "not a valid recording: {what}"),
        }
    }
}

impl std::error::Error for RecordingError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Io(error) => Some(error),
            Cause::Invalid(_) => None,
        }
    }
}

/// Names of what is redacted beside what is known to be secret, in lower case.
#[derive(Clone, Debug, Default)]
pub(super) struct Redacted {
    pub(super) headers: Vec<String>,
    pub(super) members: Vec<String>,
}

/// The contents of a file.
#[derive(Debug)]
pub(super) struct Recording {
    pub(super) redacted: Redacted,
    pub(super) exchanges: Vec<Exchange>,
}

impl Recording {
    /// Writes the file, which is replaced at once.
    pub(super) fn save(&self, path: &Path) -> Result<(), RecordingError> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let staged = path.with_file_name(format!(".{name}.{}", std::process::id()));
        let written = fs::write(&staged, self.json().pretty());
        let written = written.and_then(|()| fs::rename(&staged, path));
        written.map_err(|error| {
            // Only if it is there.
            let _removed = fs::remove_file(&staged);
            RecordingError {
                path: path.to_owned(),
                cause: Cause::Io(error),
            }
        })
    }

    pub(super) fn load(path: &Path) -> Result<Self, RecordingError> {
        let failed = |cause| RecordingError {
            path: path.to_owned(),
            cause,
        };
        let text = fs::read_to_string(path).map_err(|error| failed(Cause::Io(error)))?;
        Self::parse(&text).map_err(|what| failed(Cause::Invalid(what)))
    }

    fn json(&self) -> Json {
        let names = |names: &[String]| Json::List(names.iter().map(Json::text).collect());
        let redacted = [
            ("headers", names(&self.redacted.headers)),
            ("members", names(&self.redacted.members)),
        ];
        let exchanges = self.exchanges.iter().map(Exchange::json).collect();
        Json::object([
            ("version", Json::Number(VERSION)),
            ("redacted", Json::object(redacted)),
            ("exchanges", Json::List(exchanges)),
        ])
    }

    fn parse(text: &str) -> Result<Self, String> {
        let file: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let fields = object(file)?;
        let version = field(&fields, "version")?.get();
        if version != VERSION.to_string() {
            return Err(format!(
                "it has version {version} of the format, not {VERSION}"
            ));
        }
        let redacted = object(field(&fields, "redacted")?)?;
        let exchanges = list(field(&fields, "exchanges")?)?.into_iter().enumerate();
        let exchanges = exchanges.map(|(index, raw)| {
            Exchange::parse(raw).map_err(|what| format!("exchanges[{index}]: {what}"))
        });
        Ok(Self {
            redacted: Redacted {
                headers: texts(field(&redacted, "headers")?)?,
                members: texts(field(&redacted, "members")?)?,
            },
            exchanges: exchanges.collect::<Result<_, _>>()?,
        })
    }
}

type Fields<'a> = BTreeMap<String, &'a RawValue>;

fn object(raw: &RawValue) -> Result<Fields<'_>, String> {
    serde_json::from_str(raw.get()).map_err(|_| "expected an object".to_owned())
}

fn list(raw: &RawValue) -> Result<Vec<&RawValue>, String> {
    serde_json::from_str(raw.get()).map_err(|_| "expected a list".to_owned())
}

fn text(raw: &RawValue) -> Result<String, String> {
    serde_json::from_str(raw.get()).map_err(|_| "expected a string".to_owned())
}

fn texts(raw: &RawValue) -> Result<Vec<String>, String> {
    list(raw)?.into_iter().map(text).collect()
}

fn field<'a>(fields: &Fields<'a>, name: &str) -> Result<&'a RawValue, String> {
    let found = fields.get(name).copied();
    found.ok_or_else(|| format!("`{name}` is missing"))
}

fn text_field(fields: &Fields<'_>, name: &str) -> Result<String, String> {
    text(field(fields, name)?).map_err(|what| format!("{name}: {what}"))
}

impl Exchange {
    fn json(&self) -> Json {
        let operation = self.request.operation.as_ref();
        let operation = operation.map(|name| ("operation", Json::text(name)));
        let result = match &self.result {
            Outcome::Response(answer) => ("response", answer.json()),
            Outcome::Error(kind, text) => {
                let fields = [
                    ("kind", Json::text(name_of(*kind))),
                    ("text", Json::text(text)),
                ];
                ("error", Json::object(fields))
            }
            Outcome::Timeout => (
                "error",
                Json::object([("kind", Json::text(CONNECT_TIMEOUT))]),
            ),
        };
        let request = ("request", self.request.json());
        Json::object(operation.into_iter().chain([request, result]))
    }

    fn parse(raw: &RawValue) -> Result<Self, String> {
        let fields = object(raw)?;
        let operation = fields.get("operation").map(|raw| text(raw)).transpose()?;
        let within = |place: &'static str| move |what: String| format!("{place}.{what}");
        let request = object(field(&fields, "request")?)?;
        let request = Recorded::parse(operation, &request).map_err(within("request"))?;
        let result = if let Some(error) = fields.get("error") {
            failure(&object(error)?).map_err(within("error"))?
        } else {
            let response = object(field(&fields, "response")?)?;
            let response = Answer::parse(&response).map_err(within("response"))?;
            Outcome::Response(response)
        };
        Ok(Self { request, result })
    }
}

impl Recorded {
    fn json(&self) -> Json {
        let body = self.body.json().map(|body| ("body", body));
        let head = [
            ("method", Json::text(&self.method)),
            ("uri", Json::text(&self.uri)),
            ("headers", headers_json(&self.headers)),
        ];
        Json::object(head.into_iter().chain(body))
    }

    fn parse(operation: Option<String>, fields: &Fields<'_>) -> Result<Self, String> {
        Ok(Self {
            operation,
            method: text_field(fields, "method")?,
            uri: text_field(fields, "uri")?,
            headers: headers(fields)?,
            body: body(fields)?,
        })
    }
}

impl Answer {
    fn json(&self) -> Json {
        let body = self.body.json().map(|body| ("body", body));
        let head = [
            ("status", Json::Number(self.status.into())),
            ("headers", headers_json(&self.headers)),
        ];
        Json::object(head.into_iter().chain(body))
    }

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        let status = field(fields, "status")?.get().parse();
        Ok(Self {
            status: status.map_err(|_| "status: expected a number".to_owned())?,
            headers: headers(fields)?,
            body: body(fields)?,
        })
    }
}

fn headers_json(headers: &Headers) -> Json {
    Json::object(headers.iter().map(|(name, values)| {
        let value = match &values[..] {
            [value] => Json::text(value),
            values => Json::List(values.iter().map(Json::text).collect()),
        };
        (name.clone(), value)
    }))
}

fn headers(fields: &Fields<'_>) -> Result<Headers, String> {
    let entries = object(field(fields, "headers")?)?.into_iter();
    let entries = entries.map(|(name, raw)| {
        let values = text(raw).map(|value| vec![value]);
        let values = values.or_else(|_| texts(raw));
        let values = values.map_err(|what| format!("headers.{name}: {what}"))?;
        Ok((name, values))
    });
    entries.collect()
}

impl Content {
    fn json(&self) -> Option<Json> {
        let (form, value) = match self {
            Self::Empty => return None,
            Self::Json(text) => ("json", Json::Raw(text.clone())),
            Self::Text(text) => ("text", Json::text(text)),
            Self::Binary(bytes) => ("base64", Json::text(base64::encode(bytes))),
            Self::Events(events) => {
                let events = events.iter().map(Event::json).collect();
                ("events", Json::List(events))
            }
            Self::Omitted(why) => ("omitted", Json::text(why)),
        };
        Some(Json::object([(form, value)]))
    }

    fn parse(fields: &Fields<'_>) -> Result<Self, String> {
        let form = |name: &str| fields.get(name).copied();
        if let Some(raw) = form("json") {
            return Ok(Self::Json(without_blanks(raw.get())));
        }
        if let Some(raw) = form("text") {
            return Ok(Self::Text(text(raw)?));
        }
        if let Some(raw) = form("base64") {
            return Ok(Self::Binary(binary(raw)?));
        }
        if let Some(raw) = form("events") {
            let events = list(raw)?.into_iter().map(Event::parse);
            return Ok(Self::Events(events.collect::<Result<_, _>>()?));
        }
        match form("omitted") {
            Some(raw) => Ok(Self::Omitted(text(raw)?)),
            None => Err("expected json, text, base64, events or omitted".to_owned()),
        }
    }
}

fn body(fields: &Fields<'_>) -> Result<Content, String> {
    let Some(raw) = fields.get("body") else {
        return Ok(Content::Empty);
    };
    let content = object(raw).and_then(|fields| Content::parse(&fields));
    content.map_err(|what| format!("body: {what}"))
}

fn binary(raw: &RawValue) -> Result<bytes::Bytes, String> {
    let bytes = base64::decode(text(raw)?);
    bytes
        .map(Into::into)
        .map_err(|_| "expected Base64".to_owned())
}

impl Event {
    fn json(&self) -> Json {
        let payload = self.payload.json().map(|payload| ("payload", payload));
        let name = [("event", Json::text(&self.name))];
        let frame = [("frame", Json::text(base64::encode(&self.frame)))];
        Json::object(name.into_iter().chain(payload).chain(frame))
    }

    fn parse(raw: &RawValue) -> Result<Self, String> {
        let fields = object(raw)?;
        Ok(Self {
            name: text_field(&fields, "event")?,
            payload: Box::new(Content::Empty),
            frame: binary(field(&fields, "frame")?)?,
        })
    }
}

const CONNECT_TIMEOUT: &str = "connect timeout";

/// The names of kinds of errors.
const KINDS: [(TransportErrorKind, &str); 6] = [
    (TransportErrorKind::Connect, "connect"),
    (TransportErrorKind::Proxy, "proxy"),
    (TransportErrorKind::Tls, "tls"),
    (TransportErrorKind::Closed, "closed"),
    (TransportErrorKind::TimedOut, "timeout"),
    (TransportErrorKind::Request, "request"),
];

fn name_of(kind: TransportErrorKind) -> &'static str {
    let mut kinds = KINDS.iter();
    kinds
        .find(|(of, _)| *of == kind)
        .map_or("closed", |(_, name)| name)
}

fn failure(fields: &Fields<'_>) -> Result<Outcome, String> {
    let name = text_field(fields, "kind")?;
    if name == CONNECT_TIMEOUT {
        return Ok(Outcome::Timeout);
    }
    let mut kinds = KINDS.iter();
    let kind = kinds.find(|(_, of)| *of == name);
    let (kind, _) = kind.ok_or_else(|| format!("kind: `{name}` is unknown"))?;
    Ok(Outcome::Error(*kind, text_field(fields, "text")?))
}
