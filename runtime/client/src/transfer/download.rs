//! Downloads.

use super::address::{Address, Paths};
use super::target::Target;
use super::value::{Found, find};
use super::{Ended, Listener, Progress, Start, TransferError, TransferStage, Urls};
use super::{address, pause, refused};
use crate::client::{self, Client};
use crate::error::{
    DecodeError, Failure, InputError, ResponseError, TransportError, TransportErrorKind,
};
use crate::operation;
use crate::shape::Shape;
use crate::transport::RequestBody;
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode};
use std::future::poll_fn;
use std::path::PathBuf;

/// Where a download goes, and who is told about it. A fluent builder with this type receives a file.
#[derive(Clone, Debug, Default)]
pub struct DownloadRequest {
    path: Option<PathBuf>,
    listener: Listener,
}

impl DownloadRequest {
    /// Writes the file to this path.
    pub fn set_output_path(&mut self, path: impl Into<PathBuf>) {
        self.path = Some(path.into());
    }

    /// Sets the function that is told about the progress.
    pub fn set_listener(&mut self, listener: impl Fn(Progress) + Send + Sync + 'static) {
        self.listener = Listener::new(listener);
    }
}

/// The result of a download.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Downloaded<S> {
    /// The output of the operation that returned the URL.
    pub started: S,
    /// The size of the file in bytes.
    pub bytes: u64,
}

/// Downloads a file. `started` makes the output of the operation before anything is read into it. The future is small.
#[doc(hidden)]
pub fn download<'a, S: Shape + 'a>(
    client: &'a Client,
    table: &'static operation::Download,
    input: &'a mut dyn Shape,
    request: DownloadRequest,
    started: impl Fn() -> S + Send + 'a,
) -> impl Future<Output = Result<Downloaded<S>, TransferError>> + Send + 'a {
    Box::pin(async move {
        let path = request.path.ok_or_else(no_path)?;
        let mut job = Job {
            client,
            name: table.name,
            target: Target::create(&path)?,
            listener: request.listener,
            expected: None,
            total: None,
            tag: None,
            furthest: 0,
        };
        let mut start = Start::new(client, table.start.0, input);
        let mut urls = Urls { refused: 0 };
        let output = loop {
            let before = job.furthest;
            let output = start.call(started()).await?;
            job.take_size(&output, table.file_size);
            match job.receive(&address_of(table, &output)?).await {
                Ok(()) => break output,
                Err(ended) => urls.again(ended, job.furthest > before)?,
            }
            job.forget_untagged().await?;
        };
        let bytes = job.target.written;
        job.target.finish().await?;
        Ok(Downloaded {
            started: output,
            bytes,
        })
    })
}

fn no_path() -> TransferError {
    let problems = vec!["no output path is set".to_owned()];
    Failure::Input(InputError { problems }).into()
}

fn address_of(table: &operation::Download, output: &dyn Shape) -> Result<Address, TransferError> {
    let paths = Paths {
        url: table.url,
        headers: "",
        expiry: table.expiry,
    };
    address(output, paths)
}

/// A download that is under way.
struct Job<'a> {
    client: &'a Client,
    name: &'static str,
    target: Target,
    listener: Listener,
    /// The size that the operation returned.
    expected: Option<u64>,
    /// The size that the responses say.
    total: Option<u64>,
    /// The entity tag, if it can be compared byte for byte.
    tag: Option<HeaderValue>,
    /// The largest number of bytes that were there at once.
    furthest: u64,
}

/// Why an attempt failed.
enum Broken {
    /// Another attempt may succeed.
    Off(Failure),
    /// No other attempt will succeed.
    Ended(Ended),
}

impl From<TransferError> for Broken {
    fn from(error: TransferError) -> Self {
        Self::Ended(Ended::Failed(error))
    }
}

impl Job<'_> {
    /// Takes the size of the file from the output of the operation.
    fn take_size(&mut self, output: &dyn Shape, path: &str) {
        let size = match find(output, path) {
            Some(Found::Integer(size)) => size.try_into().ok(),
            _ => None,
        };
        self.expected = size;
    }

    /// Another URL may lead to another version of the file, unless the tag says otherwise.
    async fn forget_untagged(&mut self) -> Result<(), TransferError> {
        if self.tag.is_none() {
            self.total = None;
            self.target.clear().await?;
        }
        Ok(())
    }

    /// Receives the file from one URL, in as many attempts as there may be. Those that got further don't count.
    async fn receive(&mut self, from: &Address) -> Result<(), Ended> {
        let client = self.client;
        let mut attempts = client.inner.new_attempts();
        loop {
            let before = self.furthest;
            let failure = match self.attempt(from).await {
                Ok(()) => {
                    attempts.succeeded();
                    return Ok(());
                }
                Err(Broken::Off(failure)) => failure,
                Err(Broken::Ended(ended)) => return Err(ended),
            };
            let error = |failure| TransferError::request(TransferStage::Receive, failure);
            if refused::status(&failure) == Some(StatusCode::FORBIDDEN.as_u16()) {
                return Err(Ended::Expired(error(failure)));
            }
            if self.furthest > before {
                attempts = client.inner.new_attempts();
            }
            let paused = pause(client, &mut attempts, failure).await;
            paused.map_err(|failure| Ended::Failed(error(failure)))?;
            if from.has_expired(client.inner.now()) {
                let what = TransferError::text(TransferStage::Receive, "the URL has expired");
                return Err(Ended::Expired(what));
            }
        }
    }

    /// One request for what is missing.
    async fn attempt(&mut self, from: &Address) -> Result<(), Broken> {
        let request = self.request(from);
        let response = self.client.inner.presigned_exchange(request, false);
        let response = response.await.map_err(Broken::Off)?;
        let (start, total) = match response.status() {
            StatusCode::OK => (0, length(response.headers())),
            StatusCode::PARTIAL_CONTENT if self.target.written > 0 => {
                let range = response.headers().get(CONTENT_RANGE).and_then(range);
                let (start, total) = range.ok_or_else(|| invalid(&response, NO_RANGE))?;
                if start != self.target.written {
                    return Err(invalid(&response, OTHER_RANGE));
                }
                (start, total)
            }
            StatusCode::RANGE_NOT_SATISFIABLE => {
                self.target.clear().await?;
                return Err(Broken::Off(refused::failure(self.name, response).await));
            }
            _ => return Err(Broken::Off(refused::failure(self.name, response).await)),
        };
        if start == 0 {
            self.target.clear().await?;
            self.tag = response
                .headers()
                .get(ETAG)
                .filter(|tag| is_strong(tag))
                .cloned();
            self.total = total;
        } else if total.is_some() && self.total.is_some() && total != self.total {
            return Err(invalid(&response, OTHER_SIZE));
        }
        self.check_size()?;
        self.read(response, from).await
    }

    fn request(&self, from: &Address) -> Request<RequestBody> {
        let mut request = Request::new(RequestBody::from(Bytes::new()));
        *request.uri_mut() = from.url.clone();
        let headers = request.headers_mut();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        let written = self.target.written;
        if written > 0
            && let Ok(range) = HeaderValue::try_from(format!("bytes={written}-"))
        {
            headers.insert(RANGE, range);
            headers.extend(self.tag.clone().map(|tag| (IF_RANGE, tag)));
        }
        request
    }

    /// Refuses a file whose size isn't the one that the operation returned.
    fn check_size(&self) -> Result<(), TransferError> {
        match (self.expected, self.total) {
            (Some(expected), Some(total)) if expected != total => Err(other_size(expected, total)),
            _ => Ok(()),
        }
    }

    /// Writes the body of a response.
    async fn read(
        &mut self,
        response: Response<client::Download>,
        from: &Address,
    ) -> Result<(), Broken> {
        let mut body = response.into_body();
        let total = self.expected.or(self.total);
        self.listener.tell(self.target.written, total);
        while let Some(piece) = poll_fn(|cx| body.poll_data(cx)).await {
            let piece = piece.map_err(Broken::Off)?;
            self.target.write(&piece).await?;
            let written = self.target.written;
            if let Some(total) = total.filter(|total| written > *total) {
                return Err(other_size(total, written).into());
            }
            self.furthest = self.furthest.max(written);
            self.listener.tell(written, total);
        }
        let written = self.target.written;
        match total.filter(|total| written < *total) {
            None => Ok(()),
            Some(total) if self.total.is_none() => Err(other_size(total, written).into()),
            Some(_) => Err(Broken::Off(Failure::Transport(TransportError {
                kind: TransportErrorKind::Closed,
                url: from.origin(),
                source: "the response ended before the whole file was received".into(),
            }))),
        }
    }
}

/// The error for a response that breaks the rules for ranges (RFC 9110, section 14).
fn invalid<T>(response: &Response<T>, what: &str) -> Broken {
    let error = DecodeError::new(what);
    let failure = Failure::Response(ResponseError::new(error, response.status().as_u16()));
    TransferError::request(TransferStage::Receive, failure).into()
}

const NO_RANGE: &str = "a part of the file has no valid Content-Range";
const OTHER_RANGE: &str = "it is another part of the file than the one that was asked for";
const OTHER_SIZE: &str = "the size of the file has changed";

fn other_size(expected: u64, found: u64) -> TransferError {
    let what = format!("it should have {expected} bytes, but has {found}");
    TransferError::text(TransferStage::Receive, what)
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The start of a part, and the size of the whole: `bytes 100-199/200`.
fn range(value: &HeaderValue) -> Option<(u64, Option<u64>)> {
    let (range, total) = value
        .to_str()
        .ok()?
        .strip_prefix("bytes ")?
        .split_once('/')?;
    let (start, _) = range.split_once('-')?;
    let total = match total {
        "*" => None,
        total => Some(total.parse().ok()?),
    };
    Some((start.parse().ok()?, total))
}

fn is_strong(tag: &HeaderValue) -> bool {
    !tag.as_bytes().starts_with(b"W/")
}
