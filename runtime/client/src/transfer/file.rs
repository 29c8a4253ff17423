//! What is sent: a file, or a stream of the caller.

use super::media_type;
use super::{Listener, TransferError, TransferStage};
use crate::client::OfLength;
use crate::transport::{BoxError, RequestBody};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::SystemTime;
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

/// The size of the pieces in which a file is read.
const PIECE: usize = 64 << 10;

/// What a file says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileFacts {
    /// Its name without folders; `None` if the name isn't valid UTF-8.
    pub name: Option<String>,
    /// Its size in bytes.
    pub size: u64,
    /// The media type by its extension; `application/octet-stream` if that isn't known.
    pub media_type: &'static str,
}

impl FileFacts {
    /// The facts of the file at that path.
    ///
    /// # Errors
    ///
    /// There is no such file, or it isn't a regular file.
    pub fn of(path: &Path) -> io::Result<Self> {
        let metadata = regular(path)?;
        let extension = path.extension().and_then(|extension| extension.to_str());
        Ok(Self {
            name: path
                .file_name()
                .and_then(|name| Some(name.to_str()?.to_owned())),
            size: metadata.len(),
            media_type: extension.map_or(media_type::UNKNOWN, media_type::of_extension),
        })
    }
}

/// The metadata of a regular file.
fn regular(path: &Path) -> io::Result<Metadata> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_file() {
        return Ok(metadata);
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "not a regular file",
    ))
}

/// What is sent.
#[derive(Debug)]
pub(super) enum Source {
    Path(PathBuf),
    Body(ByteStream),
}

/// What is sent, as it was when the upload began.
pub(super) struct Content {
    pub(super) facts: FileFacts,
    form: Form,
    listener: Listener,
}

enum Form {
    File(PathBuf, Option<SystemTime>),
    /// None: it has been sent, and can't be sent again.
    Body(Option<SdkBody>),
}

impl Content {
    pub(super) fn new(source: Source, listener: Listener) -> Result<Self, TransferError> {
        let (facts, form) = match source {
            Source::Path(path) => {
                let facts = FileFacts::of(&path);
                let failed = |error| TransferError::file(TransferStage::Read, &path, error);
                let facts = facts.map_err(failed)?;
                let modified = modified(&path);
                (facts, Form::File(path, modified))
            }
            Source::Body(stream) => {
                let body = stream.into_inner();
                let length = body.content_length().ok_or_else(|| {
                    let what = "the length of the stream that is sent must be known";
                    TransferError::text(TransferStage::Read, what)
                })?;
                let facts = FileFacts {
                    name: None,
                    size: length,
                    media_type: media_type::UNKNOWN,
                };
                (facts, Form::Body(Some(body)))
            }
        };
        Ok(Self {
            facts,
            form,
            listener,
        })
    }

    /// The body of a request, and what becomes of it; none if it can't be sent again.
    pub(super) async fn body(&mut self) -> Result<Option<(RequestBody, Sent)>, TransferError> {
        let body = match &mut self.form {
            Form::File(path, before) => {
                let failed = |error| TransferError::file(TransferStage::Read, path, error);
                let file = File::open(&*path).await.map_err(failed)?;
                let length = file.metadata().await.map_err(failed)?.len();
                if length != self.facts.size || modified(path) != *before {
                    return Err(TransferError::text(TransferStage::Read, changed(path)));
                }
                SdkBody::from_body_1_x(FileBody {
                    file,
                    path: path.clone(),
                    modified: *before,
                })
            }
            Form::Body(body) => {
                let again = body.as_ref().and_then(SdkBody::try_clone);
                match again.or_else(|| body.take()) {
                    Some(body) => body,
                    None => return Ok(None),
                }
            }
        };
        let sent = Sent::default();
        let body = Watched {
            body: OfLength::new(body, self.facts.size),
            bytes: 0,
            size: self.facts.size,
            listener: self.listener.clone(),
            sent: sent.clone(),
        };
        self.listener.tell(0, Some(self.facts.size));
        Ok(Some((RequestBody::stream(body, None), sent)))
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).ok()?.modified().ok()
}

fn changed(path: &Path) -> String {
    format!("{} changed while it was sent", path.display())
}

/// What became of a body.
#[derive(Clone, Default)]
pub(super) struct Sent(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    is_complete: bool,
    problem: Option<String>,
}

impl Sent {
    fn note(&self, note: impl FnOnce(&mut State)) {
        note(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Whether all of it was handed to the connection.
    pub(super) fn is_complete(&self) -> bool {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_complete
    }

    /// Why it couldn't be read.
    pub(super) fn problem(&self) -> Option<String> {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.problem.clone()
    }
}

/// A body that reports its progress.
struct Watched {
    body: OfLength,
    bytes: u64,
    size: u64,
    listener: Listener,
    sent: Sent,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        match &frame {
            Some(Ok(frame)) => {
                let length = frame.data_ref().map_or(0, Bytes::len) as u64;
                self.bytes = self.bytes.saturating_add(length);
                let (bytes, size) = (self.bytes, self.size);
                self.listener.tell(bytes, Some(size));
                self.sent.note(|state| state.is_complete = bytes == size);
            }
            Some(Err(error)) => {
                let problem = error.to_string();
                self.sent.note(|state| state.problem = Some(problem));
            }
            None => self.sent.note(|state| state.is_complete = true),
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        let ended = self.body.is_end_stream();
        if ended {
            self.sent.note(|state| state.is_complete = true);
        }
        ended
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// The content of a file. It fails at the end if the file was changed meanwhile.
struct FileBody {
    file: File,
    path: PathBuf,
    modified: Option<SystemTime>,
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut piece = vec![0; PIECE];
        let mut buffer = ReadBuf::new(&mut piece);
        let read = ready!(Pin::new(&mut self.file).poll_read(cx, &mut buffer));
        let length = buffer.filled().len();
        if let Err(error) = read {
            let what = format!("{} can't be read: {error}", self.path.display());
            return Poll::Ready(Some(Err(what.into())));
        }
        if length > 0 {
            piece.truncate(length);
            return Poll::Ready(Some(Ok(Frame::data(piece.into()))));
        }
        // A file that was removed is still complete.
        let now = modified(&self.path);
        if now.is_some() && now != self.modified {
            return Poll::Ready(Some(Err(changed(&self.path).into())));
        }
        Poll::Ready(None)
    }
}
