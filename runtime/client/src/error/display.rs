//! The texts of errors: everything on one line, without secrets.

use super::{
    ConfigError, Failure, InputError, ResponseError, ResponseMessage, ServiceError, TimeoutError,
    TimeoutKind, TransportError, TransportErrorKind,
};
use crate::redact::REDACTED;
use crate::schema::Schema;
use std::error::Error;
use std::fmt::{self, Display, Formatter, Result, Write};

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Config(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Timeout(error) => error.fmt(f),
            Self::Response(error) => error.fmt(f),
            Self::Service(error) => error.fmt(f),
            #[cfg(feature = "client")]
            Self::Interceptor(error) => error.fmt(f),
        }
    }
}

impl Display for InputError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str("invalid input: ")?;
        f.write_str(&self.problems.join("; "))
    }
}

impl Display for ConfigError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::NoRegion => f.write_str("no region is set, but the request needs one"),
            Self::NoCredentials(why) => {
                f.write_str("no credentials were found, but the request needs them")?;
                match why.as_str() {
                    "" => Ok(()),
                    why => write!(f, ": {why}"),
                }
            }
            Self::Credentials(what) => write!(f, "credentials: {}", Start(what)),
            Self::Endpoint(what) => write!(f, "endpoint: {}", Start(what)),
            Self::Setting(what) => write!(f, "settings: {what}"),
        }
    }
}

impl Display for TransportError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (url, source) = (&self.url, &self.source);
        match self.kind {
            TransportErrorKind::Connect => write!(f, "could not connect to {url}: {source}"),
            TransportErrorKind::Proxy => {
                write!(f, "could not connect to {url} through the proxy: {source}")
            }
            TransportErrorKind::Tls => {
                write!(
                    f,
                    "could not establish a secure connection to {url}: {source}"
                )
            }
            TransportErrorKind::Closed | TransportErrorKind::TimedOut => {
                write!(f, "no complete response from {url}: {source}")
            }
            TransportErrorKind::Request => {
                write!(f, "the request to {url} can't be sent: {source}")
            }
        }
    }
}

impl Display for TimeoutError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let what = match self.kind {
            TimeoutKind::Connect => "no connection to",
            TimeoutKind::Read => "no byte from",
            TimeoutKind::Stalled => "the transfer stalled: no byte moved to or from",
            TimeoutKind::Attempt => "no complete response from",
            TimeoutKind::Operation => "no result from",
        };
        write!(f, "{what} {} within {:?}", self.url, self.after)
    }
}

impl Display for ResponseError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(
            f,
            "invalid response: {} (status {}",
            self.error, self.status
        )?;
        if let Some(id) = &self.request_id {
            write!(f, ", request {}", Line(id))?;
        }
        f.write_str(")")?;
        if !self.body_start.is_empty() {
            write!(f, "; it begins {:?}", self.body_start)?;
        }
        Ok(())
    }
}

impl Display for ServiceError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let code = self.code.as_deref().unwrap_or("an error without a code");
        write!(f, "{}", Line(code))?;
        if let Some(message) = self.shown_message() {
            write!(f, ": {}", Line(message))?;
        }
        match &self.event {
            None => write!(f, " (status {}", self.status)?,
            Some(_) => f.write_str(" (in the stream of events")?,
        }
        if let Some(id) = &self.request_id {
            write!(f, ", request {}", Line(id))?;
        }
        if self.attempts > 1 {
            write!(f, ", after {} attempts", self.attempts)?;
        }
        f.write_str(")")
    }
}

/// An error with all of its causes. The errors of this crate name theirs themselves.
pub(super) struct Story<'a>(pub(super) &'a (dyn Error + 'static));

impl Display for Story<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let cause = self.0.source().filter(|_| !names_causes(self.0));
        f.write_str(&with_causes(self.0.to_string(), cause))
    }
}

/// The text of an error, and those of its causes that aren't part of it.
fn with_causes(mut story: String, mut cause: Option<&(dyn Error + 'static)>) -> String {
    while let Some(error) = cause {
        let text = error.to_string();
        if !story.contains(&text) {
            story += ": ";
            story += &text;
        }
        cause = error.source().filter(|_| !names_causes(error));
    }
    story
}

/// Shows an error with all of its causes, each once, and its `Debug` form in parentheses.
#[derive(Debug)]
pub struct DisplayErrorContext<E: Error>(
    /// The error.
    pub E,
);

impl<E: Error> Display for DisplayErrorContext<E> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let story = with_causes(self.0.to_string(), self.0.source());
        write!(f, "{story} ({:?})", self.0)
    }
}

/// Whether the text of an error contains those of its causes.
fn names_causes(error: &(dyn Error + 'static)) -> bool {
    #[cfg(feature = "client")]
    if error.is::<super::sdk::Told>() || error.is::<super::InterceptorError>() {
        return true;
    }
    error.is::<Failure>() || error.is::<TransportError>() || error.is::<ResponseError>()
}

/// Text from outside on one line: whitespace becomes single spaces; other control characters and those that change the
/// direction of writing are left out.
struct Line<'a>(&'a str);

impl Display for Line<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (start, rest) = split(self.0);
        let mut words = start.split_whitespace();
        words.try_fold("", |space, word| {
            f.write_str(space)?;
            word.chars()
                .filter(|c| !is_invisible(*c))
                .try_for_each(|c| f.write_char(c))?;
            Ok::<_, fmt::Error>(" ")
        })?;
        f.write_str(rest)
    }
}

/// The start of a text from outside.
pub(super) struct Start<'a>(pub(super) &'a str);

impl Display for Start<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (start, rest) = split(self.0);
        f.write_str(start)?;
        f.write_str(rest)
    }
}

impl fmt::Debug for Start<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (start, rest) = split(self.0);
        write!(f, "{start:?}{rest}")
    }
}

/// How many bytes of one text are shown. The accessors give all of it.
const LONGEST: usize = 4096;

/// The part of a text that is shown, and an ellipsis for the rest.
fn split(text: &str) -> (&str, &str) {
    if text.len() <= LONGEST {
        return (text, "");
    }
    let (start, _) = text.split_at(text.floor_char_boundary(LONGEST));
    (start, "…")
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

impl ServiceError {
    /// The message, unless the model says that it is sensitive.
    pub(super) fn shown_message(&self) -> Option<&str> {
        let mut members = self.schema.map(Schema::members).unwrap_or_default().iter();
        let secret = members.any(|member| {
            member.target().is_sensitive()
                && ["message", "errormessage"]
                    .iter()
                    .any(|name| member.name().eq_ignore_ascii_case(name))
        });
        match &self.message {
            Some(_) if secret => Some(REDACTED),
            message => message.as_deref(),
        }
    }
}

/// Shows neither headers nor the body: they may hold secrets.
impl fmt::Debug for ServiceError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("ServiceError")
            .field("status", &self.status)
            .field("code", &self.code.as_deref().map(Start))
            .field("message", &self.shown_message().map(Start))
            .field("request_id", &self.request_id.as_deref().map(Start))
            .field("retryable", &self.retryable)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

/// Shows neither headers nor the body: they may hold secrets.
impl fmt::Debug for ResponseError {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("ResponseError")
            .field("error", &self.error)
            .field("status", &self.status)
            .field("request_id", &self.request_id.as_deref().map(Start))
            .field("body_start", &self.body_start)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ResponseMessage {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.debug_struct("ResponseMessage").finish_non_exhaustive()
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Response(error) => error.source(),
            #[cfg(feature = "client")]
            Self::Interceptor(error) => error.source(),
            Self::Input(_) | Self::Config(_) | Self::Timeout(_) | Self::Service(_) => None,
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.source.as_ref())
    }
}

impl Error for ResponseError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

impl Error for InputError {}
impl Error for ConfigError {}
impl Error for TimeoutError {}
impl Error for ServiceError {}
