//! The algorithms.

use crc_fast::CrcAlgorithm;
use http::HeaderName;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// An algorithm of `aws.protocols#httpChecksum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    Crc64Nvme,
    Crc32c,
    Crc32,
    Sha1,
    Sha256,
}

impl Algorithm {
    /// Fast ones first: if a response has several checksums, the first is verified.
    pub(super) const ALL: [Self; 5] = [
        Self::Crc64Nvme,
        Self::Crc32c,
        Self::Crc32,
        Self::Sha1,
        Self::Sha256,
    ];
    /// The default.
    pub(super) const DEFAULT: Self = Self::Crc32;

    /// By its name in models.
    pub(super) fn find(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|algorithm| algorithm.name().eq_ignore_ascii_case(name))
    }

    /// Its name in models.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Crc64Nvme => "CRC64NVME",
            Self::Crc32c => "CRC32C",
            Self::Crc32 => "CRC32",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
        }
    }

    /// The header or trailer of a checksum.
    pub(super) const fn header(self) -> HeaderName {
        HeaderName::from_static(match self {
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
        })
    }

    /// How many bytes a checksum has.
    pub(super) const fn size(self) -> usize {
        match self {
            Self::Crc64Nvme => 8,
            Self::Crc32c | Self::Crc32 => 4,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
        }
    }
}

/// A checksum while it is computed.
pub(crate) enum Hasher {
    Crc(crc_fast::Digest, usize),
    Sha1(Sha1),
    Sha256(Sha256),
    Md5(Md5),
}

impl Hasher {
    pub(super) fn new(algorithm: Algorithm) -> Self {
        let crc = |of| Self::Crc(crc_fast::Digest::new(of), algorithm.size());
        match algorithm {
            Algorithm::Crc64Nvme => crc(CrcAlgorithm::Crc64Nvme),
            Algorithm::Crc32c => crc(CrcAlgorithm::Crc32Iscsi),
            Algorithm::Crc32 => crc(CrcAlgorithm::Crc32IsoHdlc),
            Algorithm::Sha1 => Self::Sha1(Sha1::new()),
            Algorithm::Sha256 => Self::Sha256(Sha256::new()),
        }
    }

    /// No algorithm of `httpChecksum`.
    pub(super) fn md5() -> Self {
        Self::Md5(Md5::new())
    }

    pub(super) fn update(&mut self, data: &[u8]) {
        match self {
            Self::Crc(digest, _) => digest.update(data),
            Self::Sha1(digest) => digest.update(data),
            Self::Sha256(digest) => digest.update(data),
            Self::Md5(digest) => digest.update(data),
        }
    }

    /// In base64, as it is sent.
    pub(super) fn finish(self) -> String {
        match self {
            Self::Crc(digest, size) => {
                let bytes = digest.finalize().to_be_bytes();
                let start = bytes.len().saturating_sub(size);
                aws_smithy_types::base64::encode(bytes.get(start..).unwrap_or_default())
            }
            Self::Sha1(digest) => aws_smithy_types::base64::encode(digest.finalize()),
            Self::Sha256(digest) => aws_smithy_types::base64::encode(digest.finalize()),
            Self::Md5(digest) => aws_smithy_types::base64::encode(digest.finalize()),
        }
    }
}
