//! Uploads.

use super::address::{Address, Paths};
use super::error::CallError;
use super::file::{Content, FileFacts, Source};
use super::value::{Found, find, is_set, set};
use super::{Ended, Listener, Progress, Start, TransferError, TransferStage, Urls};
use super::{address, pause, refused};
use crate::client::{Attempts, Client};
use crate::error::{Failure, InputError, TransportError, TransportErrorKind};
use crate::operation::{Completion, Upload};
use crate::shape::Shape;
use aws_smithy_types::byte_stream::ByteStream;
use http::{Method, Request, StatusCode};
use std::path::PathBuf;

/// From this length on, a body waits until the other side has seen the head.
const EXPECTED: u64 = 1 << 20;

/// What an upload sends, and who is told about it. A fluent builder with this type sends a file.
#[derive(Debug, Default)]
pub struct UploadRequest {
    source: Option<Source>,
    listener: Listener,
}

impl UploadRequest {
    /// Sends the file at this path.
    pub fn set_path(&mut self, path: impl Into<PathBuf>) {
        self.source = Some(Source::Path(path.into()));
    }

    /// Sends these bytes, or this stream, whose length must be known.
    pub fn set_body(&mut self, body: impl Into<ByteStream>) {
        self.source = Some(Source::Body(body.into()));
    }

    /// Sets the function that is told about the progress.
    pub fn set_listener(&mut self, listener: impl Fn(Progress) + Send + Sync + 'static) {
        self.listener = Listener::new(listener);
    }
}

/// The result of an upload.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Uploaded<S, C> {
    /// The output of the operation that started the upload. Its URL is of no use any more.
    pub started: S,
    /// The output of the operation that completed the upload.
    pub completed: C,
    /// The size of the file in bytes.
    pub bytes: u64,
}

/// Uploads a file. `started` and `completed` make the outputs of the operations before anything is read into them. The future
/// is small.
#[doc(hidden)]
pub fn upload<'a, S: Shape + 'a, C: Shape + 'a>(
    client: &'a Client,
    table: &'static Upload,
    input: &'a mut dyn Shape,
    request: UploadRequest,
    started: impl Fn() -> S + Send + 'a,
    completed: impl FnOnce() -> C + Send + 'a,
) -> impl Future<Output = Result<Uploaded<S, C>, TransferError>> + Send + 'a {
    Box::pin(async move {
        let source = request.source.ok_or_else(nothing_to_send)?;
        let mut content = Content::new(source, request.listener)?;
        fill(table, input, &content.facts)?;
        let job = Job { client, table };
        let mut start = Start::new(client, table.start.0, input);
        let mut urls = Urls { refused: 0 };
        let output = loop {
            let output = start.call(started()).await?;
            match job.send(&address_of(table, &output)?, &mut content).await {
                Ok(()) => break output,
                Err(ended) => urls.again(ended, false)?,
            }
        };
        let mut done = completed();
        if let Some(completion) = &table.completion {
            complete(client, completion, (start.input, &output), &mut done).await?;
        }
        Ok(Uploaded {
            started: output,
            completed: done,
            bytes: content.facts.size,
        })
    })
}

fn nothing_to_send() -> TransferError {
    let problems = vec!["neither a path nor a body is set".to_owned()];
    Failure::Input(InputError { problems }).into()
}

fn address_of(table: &Upload, output: &dyn Shape) -> Result<Address, TransferError> {
    let paths = Paths {
        url: table.url,
        headers: table.headers,
        expiry: table.expiry,
    };
    address(output, paths)
}

/// Sets what the file says about itself where the caller hasn't.
fn fill(table: &Upload, input: &mut dyn Shape, facts: &FileFacts) -> Result<(), TransferError> {
    let size = i64::try_from(facts.size).unwrap_or(i64::MAX);
    let members = [
        (table.file_name, facts.name.clone().map(Found::Text)),
        (table.file_size, Some(Found::Integer(size))),
        (
            table.media_type,
            Some(Found::Text(facts.media_type.to_owned())),
        ),
    ];
    for (name, value) in members {
        if let Some(value) = value.filter(|_| !is_set(input, name)) {
            copy(input, name, value, TransferStage::Read)?;
        }
    }
    Ok(())
}

fn copy(
    input: &mut dyn Shape,
    name: &str,
    value: Found,
    stage: TransferStage,
) -> Result<(), TransferError> {
    let set = set(input, name, value);
    set.map_err(|error| TransferError::text(stage, format!("{name} can't be set: {error}")))
}

/// Calls the operation that completes the upload.
async fn complete(
    client: &Client,
    completion: &Completion,
    (input, output): (&dyn Shape, &dyn Shape),
    done: &mut dyn Shape,
) -> Result<(), TransferError> {
    let operation = completion.operation.0;
    let mut record = crate::Record::new(operation.input);
    let from = [
        (completion.from_output, output),
        (completion.from_input, input),
    ];
    for (pairs, shape) in from {
        for (name, path) in pairs {
            if let Some(value) = find(shape, path) {
                copy(&mut record, name, value, TransferStage::Complete)?;
            }
        }
    }
    let called = client.call(operation, &mut record, done).await;
    let failed =
        |failure| TransferError::call(TransferStage::Complete, CallError::new(operation, failure));
    called.map(drop).map_err(failed)
}

/// Sends a file to one URL.
struct Job<'a> {
    client: &'a Client,
    table: &'static Upload,
}

impl Job<'_> {
    /// Sends the file, from its start again if that fails and may succeed at the next attempt.
    async fn send(&self, to: &Address, content: &mut Content) -> Result<(), Ended> {
        let size = content.facts.size;
        if let Some(length) = to.length.filter(|length| *length != size) {
            let what = format!("the URL is for {length} bytes, but there are {size}");
            let error = TransferError::text(TransferStage::Send, what);
            return Err(Ended::Failed(error));
        }
        let mut attempts = self.client.inner.new_attempts();
        loop {
            let failure = match self.attempt(to, content).await? {
                Ok(()) => {
                    attempts.succeeded();
                    return Ok(());
                }
                Err(failure) => failure,
            };
            self.next(to, &mut attempts, failure).await?;
        }
    }

    /// Waits before the next attempt, unless there is none.
    async fn next(
        &self,
        to: &Address,
        attempts: &mut Attempts<'_>,
        failure: Failure,
    ) -> Result<(), Ended> {
        let error = |failure| TransferError::request(TransferStage::Send, failure);
        if refused::status(&failure) == Some(StatusCode::FORBIDDEN.as_u16()) {
            return Err(Ended::Expired(error(failure)));
        }
        let paused = pause(self.client, attempts, failure).await;
        paused.map_err(|failure| Ended::Failed(error(failure)))?;
        if to.has_expired(self.client.inner.now()) {
            let what = TransferError::text(TransferStage::Send, "the URL has expired");
            return Err(Ended::Expired(what));
        }
        Ok(())
    }

    /// Sends the file once. The outer error can't be mended by another attempt.
    async fn attempt(
        &self,
        to: &Address,
        content: &mut Content,
    ) -> Result<Result<(), Failure>, Ended> {
        let size = content.facts.size;
        let body = content.body().await.map_err(Ended::Failed)?;
        let Some((body, sent)) = body else {
            let what = "the connection broke, and the stream can't be read again";
            let error = TransferError::text(TransferStage::Send, what);
            return Err(Ended::Failed(error));
        };
        let mut request = Request::new(body);
        *request.method_mut() =
            Method::from_bytes(self.table.method.as_bytes()).unwrap_or(Method::PUT);
        *request.uri_mut() = to.url.clone();
        *request.headers_mut() = to.headers.clone();
        let inner = &self.client.inner;
        let response = inner.presigned_exchange(request, size >= EXPECTED).await;
        if let Some(problem) = sent.problem() {
            let error = TransferError::text(TransferStage::Read, problem);
            return Err(Ended::Failed(error));
        }
        let response = match response {
            Ok(response) => response,
            Err(failure) => return Ok(Err(failure)),
        };
        Ok(if !response.status().is_success() {
            Err(refused::failure(self.table.name, response).await)
        } else if !sent.is_complete() {
            Err(too_early(to))
        } else {
            Ok(())
        })
    }
}

/// A response that came before all of the file was sent.
fn too_early(to: &Address) -> Failure {
    Failure::Transport(TransportError {
        kind: TransportErrorKind::Closed,
        url: to.origin(),
        source: "the response came before the whole file was sent".into(),
    })
}
