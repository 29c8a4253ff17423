//! The traits of bodies: compression, checksums, required length. Compression comes first, so that checksums and signatures
//! cover the bytes that are sent.
//!
//! A stream is read once, while it is sent, wherever possible. Anything that must be known before is computed in one pass
//! ahead of sending, over a stream that can be read again:
//!
//! | what must be known | when |
//! | --- | --- |
//! | the payload's digest, for the signature | over plain HTTP; over TLS where the model has no `httpChecksum` |
//! | a checksum by `httpChecksum` | in that same pass; over TLS, or unsigned, where the length is unknown |
//! | `Content-MD5` (`@httpChecksumRequired`), a tree hash | always |

#[cfg(feature = "checksum")]
use super::checksum::{self, Checksums, HeaderChecksum};
use super::config::Config;
use super::content::{Content, Payload, refused};
#[cfg(feature = "checksum")]
use super::tree_hash::TreeHash;
use crate::error::{DecodeError, Failure};
use crate::operation::Operation;
use crate::shape::Shape;
use aws_smithy_types::byte_stream::ByteStream;
use http::HeaderMap;
use sha2::{Digest, Sha256};

/// What is done to the bodies of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyTraits {
    operation: &'static Operation,
    #[cfg(feature = "checksum")]
    checksums: Checksums,
}

impl BodyTraits {
    /// Decides what to do, and sets the input's members that tell the service about it.
    #[cfg(feature = "checksum")]
    pub(crate) fn decide(
        operation: &'static Operation,
        input: &mut dyn Shape,
        config: &Config,
    ) -> Result<Self, Failure> {
        let checksums = if operation.traits.is_empty() {
            Checksums::default()
        } else {
            checksum::decide(operation, input, config)?
        };
        Ok(Self {
            operation,
            checksums,
        })
    }

    /// Without checksums.
    #[cfg(not(feature = "checksum"))]
    pub(crate) fn decide(
        operation: &'static Operation,
        _input: &mut dyn Shape,
        _config: &Config,
    ) -> Result<Self, Failure> {
        let checksum = operation.http_checksum();
        let is_required = checksum.is_some_and(|model| model.request_checksum_required);
        if is_required || operation.requires_http_checksum() {
            let what = format!(
                "swage-client was built without its feature checksum, which {} needs",
                operation.name
            );
            return Err(Failure::Config(crate::error::ConfigError::Setting(what)));
        }
        Ok(Self { operation })
    }

    /// Prepares the body of a request.
    pub(crate) async fn prepare(
        self,
        config: &Config,
        headers: &mut HeaderMap,
        content: &mut Content,
        way: Way,
    ) -> Result<(), Failure> {
        content.take_length(self.operation, headers)?;
        #[cfg(feature = "compression")]
        super::compress::compress(self.operation, config, headers, content)?;
        #[cfg(not(any(feature = "compression", feature = "checksum")))]
        let _ = config;
        content.require_length(self.operation)?;
        let is_stream = content.bytes().is_none();
        let can_be_read_ahead = !is_stream || content.can_be_read_ahead();
        let mut ahead = Ahead::default();
        #[cfg(feature = "checksum")]
        {
            ahead.tree_hash = TreeHash::of(self.operation);
            match self.checksums.trailer() {
                Some(algorithm) if is_stream && way.trails(content, can_be_read_ahead) => {
                    checksum::trail(algorithm, config, headers, content)?;
                }
                _ => ahead.checksum = self.checksums.header(headers),
            }
        }
        // With a trailing checksum, nothing must be known before.
        let is_unsigned = matches!(content.payload(), Payload::Unsigned);
        let is_optional = way.secure && takes_unsigned(self.operation);
        if way.signed && is_unsigned && can_be_read_ahead && !is_optional {
            ahead.sha256 = Some(Sha256::new());
        }
        if ahead.is_needed() && !can_be_read_ahead {
            let what = "it needs a checksum in a header, and the stream can't be read twice; give bytes or a file";
            return Err(refused("the body", what));
        }
        ahead.read(headers, content).await
    }

    /// Verifies the checksum of a response's body.
    #[cfg_attr(
        not(feature = "checksum"),
        expect(
            clippy::unused_self,
            clippy::unnecessary_wraps,
            reason = "there is no checksum then"
        )
    )]
    pub(crate) fn verify(self, headers: &HeaderMap, body: &[u8]) -> Result<(), DecodeError> {
        #[cfg(feature = "checksum")]
        if self.checksums.validate() {
            return checksum::verify(self.operation, headers, body);
        }
        let _ = (headers, body);
        Ok(())
    }

    /// Verifies the checksum of a response's body while it is read.
    #[cfg_attr(
        not(feature = "checksum"),
        expect(clippy::unused_self, reason = "there is no checksum then")
    )]
    pub(crate) fn verified(self, headers: &HeaderMap, stream: ByteStream) -> ByteStream {
        #[cfg(feature = "checksum")]
        if self.checksums.validate() {
            return checksum::verified(self.operation, headers, stream);
        }
        let _ = headers;
        stream
    }
}

/// How a request is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    /// Over TLS.
    pub(crate) secure: bool,
    /// With a signature that covers the body.
    pub(crate) signed: bool,
}

#[cfg(feature = "checksum")]
impl Way {
    /// Whether the checksum is sent in a trailer. Only a signature over plain HTTP needs the stream before; a trailer needs
    /// the length.
    fn trails(self, content: &Content, can_be_read_ahead: bool) -> bool {
        !can_be_read_ahead || (content.len().is_some() && (self.secure || !self.signed))
    }
}

/// Whether the service accepts streams that the signature doesn't cover. Services with trailing checksums do.
fn takes_unsigned(operation: &Operation) -> bool {
    operation.http_checksum().is_some()
}

/// What must be known of a body before it is sent. One pass computes it all.
#[derive(Default)]
struct Ahead {
    #[cfg(feature = "checksum")]
    tree_hash: Option<TreeHash>,
    #[cfg(feature = "checksum")]
    checksum: Option<HeaderChecksum>,
    /// The digest of a stream, for its signature.
    sha256: Option<Sha256>,
}

impl Ahead {
    fn is_needed(&self) -> bool {
        #[cfg(feature = "checksum")]
        if self.tree_hash.is_some() || self.checksum.is_some() {
            return true;
        }
        self.sha256.is_some()
    }

    async fn read(mut self, headers: &mut HeaderMap, content: &mut Content) -> Result<(), Failure> {
        match content.bytes().cloned() {
            Some(bytes) => self.update(&bytes),
            None if self.is_needed() => content.read_ahead(|piece| self.update(piece)).await?,
            None => {}
        }
        #[cfg(feature = "checksum")]
        {
            if let Some(hash) = self.tree_hash {
                hash.insert(headers);
            }
            if let Some(checksum) = self.checksum {
                checksum.insert(headers);
            }
        }
        #[cfg(not(feature = "checksum"))]
        let _ = headers;
        if let Some(digest) = self.sha256 {
            content.set_sha256(hexadecimal(&digest.finalize()));
        }
        Ok(())
    }

    fn update(&mut self, piece: &[u8]) {
        #[cfg(feature = "checksum")]
        {
            if let Some(hash) = &mut self.tree_hash {
                hash.update(piece);
            }
            if let Some(checksum) = &mut self.checksum {
                checksum.update(piece);
            }
        }
        if let Some(digest) = &mut self.sha256 {
            digest.update(piece);
        }
    }
}

pub(super) fn hexadecimal(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS[usize::from(half & 0xF)];
    let mut text = vec![0; 2 * digest.len()];
    let (pairs, _) = text.as_chunks_mut::<2>();
    for (pair, byte) in pairs.iter_mut().zip(digest) {
        *pair = [digit(byte >> 4), digit(*byte)];
    }
    String::from_utf8(text).unwrap_or_default()
}

/// Adds an encoding to `Content-Encoding`.
#[cfg(any(feature = "checksum", feature = "compression"))]
pub(crate) fn append_encoding(headers: &mut HeaderMap, encoding: &'static str) {
    use http::HeaderValue;
    use http::header::CONTENT_ENCODING;
    let before = headers
        .get(CONTENT_ENCODING)
        .map(|value| [value.as_bytes(), b", ", encoding.as_bytes()].concat());
    let value = before.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok());
    headers.insert(
        CONTENT_ENCODING,
        value.unwrap_or(HeaderValue::from_static(encoding)),
    );
}
