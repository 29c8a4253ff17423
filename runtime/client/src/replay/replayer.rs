//! Answers from a recording.

use super::exchange::{Answer, Exchange, Outcome, Recorded};
use super::file::{Recording, RecordingError, Redacted};
use super::redact::{Redactor, sends_events};
use super::tee;
use crate::error::TransportErrorKind;
use crate::operation::OperationRef;
use crate::transport::{RequestBody, ResponseBody, SendError, SendOptions, Sending, Transport};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A transport that answers from the file of a [`Recorder`](super::Recorder), and sends nothing. Clones share what has been
/// used.
///
/// Each exchange is used once. A request that is none of those left fails, and isn't retried; the error says how the most
/// similar one differs.
#[derive(Clone)]
pub struct Replayer {
    shared: Arc<Shared>,
}

struct Shared {
    redacted: Redacted,
    exchanges: Vec<Exchange>,
    /// For each exchange, whether it has been used.
    used: Mutex<Vec<bool>>,
}

impl Replayer {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// The file can't be read, or isn't a recording.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, RecordingError> {
        let recording = Recording::load(path.as_ref())?;
        let used = Mutex::new(vec![false; recording.exchanges.len()]);
        Ok(Self {
            shared: Arc::new(Shared {
                redacted: recording.redacted,
                exchanges: recording.exchanges,
                used,
            }),
        })
    }

    /// Returns the requests that haven't been made: methods, paths and operations.
    pub fn unused(&self) -> Vec<String> {
        let used = self.used();
        let all = self.shared.exchanges.iter().zip(used.iter());
        let left = all.filter(|(_, is_used)| !**is_used);
        left.map(|(exchange, _)| exchange.request.shown()).collect()
    }

    fn used(&self) -> MutexGuard<'_, Vec<bool>> {
        let used = &self.shared.used;
        used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn answer(
        &self,
        request: Request<RequestBody>,
    ) -> Result<Response<ResponseBody>, SendError> {
        let (head, body) = request.into_parts();
        let operation = head.extensions.get::<OperationRef>().map(|of| of.0);
        let body = if operation.is_some_and(sends_events) {
            // The caller goes on as long as somebody takes the events.
            tokio::spawn(tee::collect(body));
            Bytes::new()
        } else {
            let collected = tee::collect(body).await;
            collected.map_err(|error| SendError::new(TransportErrorKind::Request, error))?
        };
        let redactor = Redactor::new(&self.shared.redacted);
        let sent = redactor.request(operation, &head, &body);
        let found = self.find(&sent);
        match found.map_err(|what| SendError::new(TransportErrorKind::Request, what))? {
            Outcome::Response(answer) => response(answer),
            Outcome::Error(kind, text) => Err(SendError::new(*kind, text.clone())),
            Outcome::Timeout => Err(SendError::ConnectTimeout),
        }
    }

    /// The first exchange left that a request is part of. The error says how the most similar one differs.
    fn find(&self, sent: &Recorded) -> Result<&Outcome, String> {
        let mut used = self.used();
        let mut nearest: Option<(u8, String)> = None;
        let mut was_used = 0;
        for (exchange, is_used) in self.shared.exchanges.iter().zip(used.iter_mut()) {
            match exchange.request.difference(sent) {
                None if *is_used => was_used += 1,
                None => {
                    *is_used = true;
                    return Ok(&exchange.result);
                }
                Some(_) if *is_used => {}
                Some((likeness, difference)) => {
                    if nearest.as_ref().is_none_or(|(of, _)| *of < likeness) {
                        let what = format!("{}: {difference}", exchange.request.shown());
                        nearest = Some((likeness, what));
                    }
                }
            }
        }
        let shown = sent.shown();
        Err(match (was_used, nearest) {
            (1.., _) => {
                format!("replay: {shown} was recorded {was_used} times, and is sent once more")
            }
            (_, Some((_, nearest))) => {
                format!("replay: {shown} wasn't recorded; the most similar request is {nearest}")
            }
            (_, None) => {
                format!("replay: {shown} wasn't recorded, and no recorded request is left")
            }
        })
    }
}

/// A response as it was recorded.
fn response(answer: &Answer) -> Result<Response<ResponseBody>, SendError> {
    let invalid = |what: String| SendError::new(TransportErrorKind::Request, what);
    let status = StatusCode::from_u16(answer.status);
    let status =
        status.map_err(|_| invalid("replay: the recorded status is invalid".to_owned()))?;
    let mut response = Response::new(ResponseBody::from(answer.body.bytes()));
    *response.status_mut() = status;
    for (name, values) in &answer.headers {
        for value in values {
            let header = HeaderName::try_from(name)
                .ok()
                .zip(HeaderValue::try_from(value).ok());
            let (name, value) = header
                .ok_or_else(|| invalid(format!("replay: the recorded header {name} is invalid")))?;
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

impl Transport for Replayer {
    fn send<'a>(&'a self, request: Request<RequestBody>, _: &'a SendOptions) -> Sending<'a> {
        Box::pin(self.answer(request))
    }
}

impl fmt::Debug for Replayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replayer")
            .field("exchanges", &self.shared.exchanges.len())
            .field("unused", &self.unused().len())
            .finish()
    }
}
