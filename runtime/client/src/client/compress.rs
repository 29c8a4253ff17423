//! Compressed requests: `@requestCompression`.

use super::config::Config;
use super::content::{Content, Layer};
use crate::error::{EncodeError, Failure, InputError};
use crate::operation::Operation;
use crate::schema::{Location, Member, Schema};
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http_body::{Body, Frame, SizeHint};
use std::error::Error as StdError;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

type BoxError = Box<dyn StdError + Send + Sync>;

const GZIP: &str = "gzip";

/// Compresses the body of a request if the model allows it and the body is large enough. Streams are always compressed,
/// unless their length must be known.
pub(crate) fn compress(
    operation: &Operation,
    config: &Config,
    headers: &mut HeaderMap,
    content: &mut Content,
) -> Result<(), Failure> {
    let allowed = operation.request_compression().contains(&GZIP);
    let Some(min_size) = config.compresses_from().filter(|_| allowed) else {
        return Ok(());
    };
    let stream = streaming(operation);
    if stream.is_some_and(Schema::is_requires_length) {
        return Ok(());
    }
    match content.bytes() {
        None => content.wrap(Layer::Gzip),
        Some(bytes) if stream.is_some() || bytes.len() >= min_size as usize => {
            let smaller = gzip(bytes).map_err(|error| unfit(&error))?;
            content.replace(smaller);
        }
        Some(_) => return Ok(()),
    }
    super::body_traits::append_encoding(headers, GZIP);
    Ok(())
}

/// The stream of the input.
fn streaming(operation: &Operation) -> Option<&'static Schema> {
    let members = operation.input.members().iter();
    members
        .filter(|member| member.location() == Location::Payload)
        .map(Member::target)
        .find(|target| target.is_streaming())
}

fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn unfit(error: &io::Error) -> Failure {
    let what = EncodeError::new(format!("it can't be compressed ({error})")).within("the body");
    Failure::Input(InputError {
        problems: vec![what.to_string()],
    })
}

/// A stream that is compressed while it is sent.
pub(crate) struct Gzip {
    body: SdkBody,
    encoder: Option<GzEncoder<Vec<u8>>>,
}

impl Gzip {
    pub(crate) fn new(body: SdkBody) -> Self {
        Self {
            body,
            encoder: Some(GzEncoder::new(Vec::new(), Compression::default())),
        }
    }

    /// What the next frame makes; empty when the encoder keeps it for later, none at the end.
    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Vec<u8>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx)).transpose()?;
        let Some(encoder) = &mut self.encoder else {
            return Poll::Ready(None);
        };
        let piece = match frame.map(Frame::into_data) {
            None => self.encoder.take().map(GzEncoder::finish).transpose()?,
            Some(Ok(data)) => {
                encoder.write_all(&data)?;
                Some(std::mem::take(encoder.get_mut()))
            }
            Some(Err(_trailers)) => Some(Vec::new()),
        };
        Poll::Ready(piece.map(Ok))
    }
}

impl Body for Gzip {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while self.encoder.is_some() {
            match ready!(self.poll_piece(cx)) {
                Some(Ok(piece)) if piece.is_empty() => {}
                Some(piece) => {
                    return Poll::Ready(Some(piece.map(|piece| Frame::data(piece.into()))));
                }
                None => break,
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.encoder.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::default()
    }
}
