//! Records what passes through a transport.

use super::exchange::{Exchange, Outcome};
use super::file::{Recording, RecordingError, Redacted};
use super::redact::Redactor;
use super::tee::{self, Copied};
use crate::error::TransportErrorKind;
use crate::operation::{Operation, OperationRef, RequestHead};
use crate::redact;
use crate::transport::{
    HyperTransport, RequestBody, ResponseBody, SendError, SendOptions, Sending, Transport,
};
use http::{HeaderMap, Request, Response, StatusCode};
use std::error::Error as StdError;
use std::fmt;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A transport that passes requests on to another one, and records them with their responses. Clones share the recording.
///
/// Nothing is written before [`Recorder::save`].
#[derive(Clone)]
pub struct Recorder {
    shared: Arc<Shared>,
}

struct Shared {
    transport: Box<dyn Transport>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    redacted: Redacted,
    entries: Vec<Entry>,
}

/// A request, and what came of it.
struct Entry {
    operation: Option<&'static Operation>,
    head: RequestHead,
    body: Copied,
    result: Option<Result<Received, (TransportErrorKind, String)>>,
    is_late: bool,
}

struct Received {
    status: StatusCode,
    headers: HeaderMap,
    body: Copied,
}

impl Recorder {
    /// Records what passes through this transport.
    pub fn new(transport: impl Transport + 'static) -> Self {
        Self {
            shared: Arc::new(Shared {
                transport: Box::new(transport),
                state: Mutex::default(),
            }),
        }
    }

    /// Redacts this header, too.
    #[must_use]
    pub fn redact_header(self, name: &str) -> Self {
        self.state()
            .redacted
            .headers
            .push(name.to_ascii_lowercase());
        self
    }

    /// Redacts the members and query parameters with this name, too, in any case.
    #[must_use]
    pub fn redact_member(self, name: &str) -> Self {
        self.state()
            .redacted
            .members
            .push(name.to_ascii_lowercase());
        self
    }

    /// Writes the exchanges so far to a file, which is replaced at once. Bodies are recorded as far as they were read, and
    /// requests that were given up before there was a response are left out.
    ///
    /// # Errors
    ///
    /// The file can't be written.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), RecordingError> {
        let recording = {
            let state = self.state();
            let redactor = Redactor::new(&state.redacted);
            let exchanges = state.entries.iter();
            Recording {
                redacted: state.redacted.clone(),
                exchanges: exchanges
                    .filter_map(|entry| entry.exchange(&redactor))
                    .collect(),
            }
        };
        recording.save(path.as_ref())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        let state = &self.shared.state;
        state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes a request, and returns its number.
    fn begin(&self, request: Request<RequestBody>) -> (Request<RequestBody>, usize) {
        let (head, body) = request.into_parts();
        let (body, copied) = tee::request(body);
        let operation = head.extensions.get::<OperationRef>();
        let entry = Entry {
            operation: operation.map(|of| of.0),
            head: head.clone(),
            body: copied,
            result: None,
            is_late: false,
        };
        let mut state = self.state();
        state.entries.push(entry);
        let number = state.entries.len() - 1;
        (Request::from_parts(head, body), number)
    }

    /// Notes what came of a request.
    fn end(
        &self,
        number: usize,
        result: Result<Response<ResponseBody>, SendError>,
    ) -> Result<Response<ResponseBody>, SendError> {
        let (result, noted) = match result {
            Ok(response) => {
                let (head, body) = response.into_parts();
                let (body, copied) = tee::response(body);
                let received = Received {
                    status: head.status,
                    headers: head.headers.clone(),
                    body: copied,
                };
                (Ok(Response::from_parts(head, body)), Some(Ok(received)))
            }
            Err(SendError::Transport(kind, source)) => {
                let text = redact::text(&cause(&*source));
                let error = SendError::Transport(kind, source);
                (Err(error), Some(Err((kind, text))))
            }
            Err(SendError::ConnectTimeout) => (Err(SendError::ConnectTimeout), None),
        };
        if let Some(entry) = self.state().entries.get_mut(number) {
            entry.is_late = noted.is_none();
            entry.result = noted;
        }
        result
    }
}

/// The text of the innermost cause.
fn cause(error: &(dyn StdError + 'static)) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

impl Entry {
    fn exchange(&self, redactor: &Redactor<'_>) -> Option<Exchange> {
        let result = match &self.result {
            Some(Ok(received)) => {
                let body = received.body.bytes();
                let (status, headers) = (received.status, &received.headers);
                Outcome::Response(redactor.response(self.operation, status, headers, &body))
            }
            Some(Err((kind, text))) => Outcome::Error(*kind, text.clone()),
            None if self.is_late => Outcome::Timeout,
            None => return None,
        };
        let request = redactor.request(self.operation, &self.head, &self.body.bytes());
        Some(Exchange { request, result })
    }
}

/// Records what passes through the default transport.
impl Default for Recorder {
    fn default() -> Self {
        Self::new(HyperTransport::default())
    }
}

impl Transport for Recorder {
    fn send<'a>(&'a self, request: Request<RequestBody>, options: &'a SendOptions) -> Sending<'a> {
        Box::pin(async move {
            let (request, number) = self.begin(request);
            let result = self.shared.transport.send(request, options).await;
            self.end(number, result)
        })
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("exchanges", &self.state().entries.len())
            .finish_non_exhaustive()
    }
}
