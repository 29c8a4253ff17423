//! Checksums of bodies: `@httpChecksumRequired` and `aws.protocols#httpChecksum`.
//!
//! A body in memory has its checksum in a header. A stream has it in a trailer of the `aws-chunked` encoding, so that it is
//! read only once; the encoding needs the length. A stream that is read ahead anyway has it in a header: over plain HTTP,
//! where the signature covers it, or if its length is unknown. A checksum that the caller gives is kept.

mod algorithm;
mod chunked;
mod verify;

pub(crate) use algorithm::Algorithm;
pub(crate) use chunked::Chunked;

use super::config::Config;
use super::content::{Content, Layer, needs_length};
use crate::error::{ConfigError, DecodeError, EncodeError, Failure, InputError};
use crate::operation::{HttpChecksum, Operation, ServiceTrait};
use crate::schema::{Location, Member};
use crate::shape::{Shape, Value};
use algorithm::Hasher;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use http::{HeaderMap, HeaderName, HeaderValue};

const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const DECODED_LENGTH: HeaderName = HeaderName::from_static("x-amz-decoded-content-length");
const TRAILER: HeaderName = HeaderName::from_static("x-amz-trailer");
const PREFIX: &str = "x-amz-checksum-";
const VALIDATED: &str = "ENABLED";
/// What the AWS SDKs send.
const DEFAULT_CHUNK: u64 = 64 << 10;
/// What S3 takes.
const MIN_CHUNK: usize = 8 << 10;

/// The checksums of a call.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Checksums {
    request: Option<Request>,
    validate: bool,
}

#[derive(Clone, Copy, Debug)]
enum Request {
    Md5,
    By(Algorithm),
}

/// Decides on the checksums of a call, and sets the input's member for the algorithm.
pub(crate) fn decide(
    operation: &Operation,
    input: &mut dyn Shape,
    config: &Config,
) -> Result<Checksums, Failure> {
    let Some(model) = operation.http_checksum() else {
        let request = operation.requires_http_checksum().then_some(Request::Md5);
        return Ok(Checksums {
            request,
            validate: false,
        });
    };
    Ok(Checksums {
        request: algorithm(model, operation, input, config)?.map(Request::By),
        validate: validates(model, input, config),
    })
}

/// The algorithm of the input, or CRC32 if a checksum is wanted.
fn algorithm(
    model: &HttpChecksum,
    operation: &Operation,
    input: &mut dyn Shape,
    config: &Config,
) -> Result<Option<Algorithm>, Failure> {
    if has_own(input) {
        return Ok(None);
    }
    let member = model.request_algorithm_member;
    if let Some(name) = crate::endpoint::text_of(input, member) {
        return match Algorithm::find(&name) {
            Some(algorithm) => Ok(Some(algorithm)),
            None => Err(unknown(member, &name)),
        };
    }
    let supported = !member.is_empty()
        && config.request_checksums != Some(RequestChecksumCalculation::WhenRequired);
    // A body doesn't get a second checksum.
    let md5 = operation.requires_http_checksum();
    if !(model.request_checksum_required || md5 || supported) {
        return Ok(None);
    }
    crate::token::fill(input, member, Algorithm::DEFAULT.name());
    Ok(Some(Algorithm::DEFAULT))
}

fn unknown(member: &str, name: &str) -> Failure {
    let what = format!(
        "no algorithm {name:?} is known here; give the checksum itself, or one of {}",
        Algorithm::ALL.map(Algorithm::name).join(", ")
    );
    Failure::Input(InputError {
        problems: vec![EncodeError::new(what).within(member).to_string()],
    })
}

/// Whether the caller gave a checksum.
fn has_own(input: &dyn Shape) -> bool {
    let is_checksum = |member: &Member| {
        let name = member.wire().to_ascii_lowercase();
        member.location() == Location::Header
            && name
                .strip_prefix(PREFIX)
                .is_some_and(|rest| !matches!(rest, "algorithm" | "mode" | "type"))
    };
    let members = input.schema().members().iter().enumerate();
    members
        .filter(|(_, member)| is_checksum(member))
        .any(|(index, _)| input.member(index).is_some_and(Value::is_set))
}

/// Whether a response is validated; asks the service for a checksum.
fn validates(model: &HttpChecksum, input: &mut dyn Shape, config: &Config) -> bool {
    if model.response_algorithms.is_empty() {
        return false;
    }
    let member = model.request_validation_mode_member;
    match crate::endpoint::text_of(input, member) {
        Some(mode) => mode == VALIDATED,
        None if config.response_checksums != Some(ResponseChecksumValidation::WhenRequired) => {
            crate::token::fill(input, member, VALIDATED);
            true
        }
        None => false,
    }
}

impl Checksums {
    /// The algorithm of a checksum that can be sent in a trailer.
    pub(crate) fn trailer(self) -> Option<Algorithm> {
        match self.request? {
            Request::Md5 => None,
            Request::By(algorithm) => Some(algorithm),
        }
    }

    /// The checksum that must be sent in a header.
    pub(crate) fn header(self, headers: &HeaderMap) -> Option<HeaderChecksum> {
        let (name, hasher) = match self.request? {
            Request::Md5 if headers.contains_key(CONTENT_MD5) => return None,
            Request::Md5 => (CONTENT_MD5, Hasher::md5()),
            Request::By(algorithm) => (algorithm.header(), Hasher::new(algorithm)),
        };
        Some(HeaderChecksum { name, hasher })
    }

    /// Whether responses are validated.
    pub(crate) fn validate(self) -> bool {
        self.validate
    }
}

/// A checksum for a header, while it is computed.
pub(crate) struct HeaderChecksum {
    name: HeaderName,
    hasher: Hasher,
}

impl HeaderChecksum {
    pub(crate) fn update(&mut self, piece: &[u8]) {
        self.hasher.update(piece);
    }

    pub(crate) fn insert(self, headers: &mut HeaderMap) {
        insert(headers, self.name, &self.hasher.finish());
    }
}

/// Sends the checksum in a trailer.
pub(crate) fn trail(
    algorithm: Algorithm,
    config: &Config,
    headers: &mut HeaderMap,
    content: &mut Content,
) -> Result<(), Failure> {
    let length = content.len().ok_or_else(|| needs_length(content))?;
    super::body_traits::append_encoding(headers, "aws-chunked");
    insert(headers, TRAILER, algorithm.header().as_str());
    insert(headers, DECODED_LENGTH, &length.to_string());
    insert(
        headers,
        CONTENT_SHA256,
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    );
    let chunk = match config.chunk_size {
        None => DEFAULT_CHUNK,
        Some(None) => length,
        Some(Some(size)) if size < MIN_CHUNK => {
            let what = format!(
                "aws_chunked_encoding_chunk_size: chunks have at least {MIN_CHUNK} bytes, not {size}"
            );
            return Err(Failure::Config(ConfigError::Setting(what)));
        }
        Some(Some(size)) => size as u64,
    };
    content.wrap(Layer::Chunked {
        algorithm,
        length,
        chunk,
    });
    Ok(())
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The checksum of a response, with an algorithm that the model lists. Checksums of several parts (`…-3`) are ignored:
/// they don't cover the whole body.
fn expected(operation: &Operation, headers: &HeaderMap) -> Option<(Algorithm, String)> {
    let listed = operation.http_checksum()?.response_algorithms;
    let listed = |algorithm: &&Algorithm| {
        listed
            .iter()
            .any(|name| name.eq_ignore_ascii_case(algorithm.name()))
    };
    let found = Algorithm::ALL.iter().filter(listed).find_map(|algorithm| {
        let value = headers.get(algorithm.header())?.to_str().ok()?;
        Some((*algorithm, value.to_owned()))
    });
    found.filter(|(_, value)| !value.contains('-'))
}

/// Verifies a body in memory.
pub(crate) fn verify(
    operation: &Operation,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), DecodeError> {
    let Some((algorithm, expected)) = expected(operation, headers) else {
        return Ok(());
    };
    let mut hasher = Hasher::new(algorithm);
    hasher.update(body);
    verify::compare(algorithm, &expected, &hasher.finish()).map_err(DecodeError::new)
}

/// Verifies `swage.api#crc32Header`.
pub(crate) fn verify_crc32(
    operation: &Operation,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), DecodeError> {
    let header = operation.service.traits.iter().find_map(|of| match *of {
        ServiceTrait::Crc32Header(header) => Some(header),
        _ => None,
    });
    let value = header.and_then(|header| headers.get(header)?.to_str().ok());
    let Some(expected) = value.and_then(|value| value.trim().parse::<u32>().ok()) else {
        return Ok(());
    };
    let mut hasher = Hasher::new(Algorithm::Crc32);
    hasher.update(body);
    if hasher.finish() == aws_smithy_types::base64::encode(expected.to_be_bytes()) {
        return Ok(());
    }
    Err(DecodeError::new(
        "the body doesn't have the CRC-32 in its header",
    ))
}

/// A stream that fails at its end if the checksum is wrong.
pub(crate) fn verified(
    operation: &Operation,
    headers: &HeaderMap,
    stream: ByteStream,
) -> ByteStream {
    let Some((algorithm, expected)) = expected(operation, headers) else {
        return stream;
    };
    let body = verify::Verified::new(stream.into_inner(), algorithm, expected);
    ByteStream::new(SdkBody::from_body_1_x(body))
}
