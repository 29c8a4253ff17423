//! What a model says about bodies: compression, checksums, a length that must be known. Compression comes first, so
//! that checksums and signatures cover what is sent.

#[cfg(feature = "checksum")]
use super::checksum::{self, Checksums};
use super::config::Config;
use super::content::Content;
use crate::error::{DecodeError, Failure};
use crate::operation::Operation;
use crate::shape::Shape;
use aws_smithy_types::byte_stream::ByteStream;
use http::HeaderMap;

/// What is done about the bodies of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyTraits {
    operation: &'static Operation,
    #[cfg(feature = "checksum")]
    checksums: Checksums,
}

impl BodyTraits {
    /// What to do; fills in the input's members that tell the service of it.
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

    /// Only that there is nothing to do.
    #[cfg(not(feature = "checksum"))]
    pub(crate) fn decide(
        operation: &'static Operation,
        _input: &mut dyn Shape,
        _config: &Config,
    ) -> Result<Self, Failure> {
        use crate::operation::OperationTrait;
        let required = operation.traits.iter().any(|t| match t {
            OperationTrait::HttpChecksumRequired => true,
            OperationTrait::HttpChecksum(model) => model.request_checksum_required,
            _ => false,
        });
        if required {
            let what = format!(
                "swage-client was built without its feature checksum, which {} needs",
                operation.name
            );
            return Err(Failure::Config(crate::error::ConfigError::Setting(what)));
        }
        Ok(Self { operation })
    }

    /// Prepares the body of a request. `secure`: it goes over TLS; `signed`: a signature is to cover it.
    pub(crate) async fn prepare(
        self,
        config: &Config,
        headers: &mut HeaderMap,
        content: &mut Content,
        (secure, signed): (bool, bool),
    ) -> Result<(), Failure> {
        #[cfg(feature = "compression")]
        super::compress::compress(self.operation, config, headers, content)?;
        #[cfg(not(feature = "compression"))]
        let _ = config;
        content.require_length(self.operation)?;
        #[cfg(feature = "checksum")]
        super::tree_hash::add(self.operation, headers, content).await?;
        #[cfg(feature = "checksum")]
        self.checksums.add(headers, content, secure).await?;
        #[cfg(not(feature = "checksum"))]
        let _ = (headers, secure);
        if signed && content.is_unsigned() && content.can_be_read_ahead() {
            content.digest().await?;
        }
        Ok(())
    }

    /// Checks a response's body.
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

    /// Checks a response's body while it is read.
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

/// Adds an encoding to those that the body has already.
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
