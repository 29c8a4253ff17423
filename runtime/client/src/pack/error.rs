//! Why a pack can't be read.

use std::fmt;

/// Why a pack can't be read, or a service or operation of it can't be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackError {
    /// The bytes aren't a pack.
    NotAPack,
    /// The pack has a version of the format that this program can't read.
    Version(u32),
    /// The pack isn't complete, or bytes follow it.
    Length {
        /// The length that the pack says it has.
        expected: usize,
        /// The number of bytes that there are.
        found: usize,
    },
    /// The file of the pack can't be read: why.
    File(String),
    /// A part of the pack is invalid.
    Invalid(&'static str),
    /// The service has a protocol that this program was built without: the shape id of its trait.
    Protocol(String),
    /// The pack has no service of that name.
    NoService(String),
    /// The service has no operation of that name.
    NoOperation(String),
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAPack => f.write_str("not a pack of service tables"),
            Self::Version(version) => write!(
                f,
                "the pack has version {version} of the format, and this program reads version {}",
                super::VERSION
            ),
            Self::Length { expected, found } => {
                write!(f, "the pack has {found} bytes instead of {expected}")
            }
            Self::File(why) => write!(f, "the pack can't be read: {why}"),
            Self::Invalid(what) => write!(f, "the pack is damaged: invalid {what}"),
            Self::Protocol(id) => write!(f, "this program doesn't support the protocol `{id}`"),
            Self::NoService(name) => write!(f, "the pack has no service `{name}`"),
            Self::NoOperation(name) => write!(f, "the service has no operation `{name}`"),
        }
    }
}

impl std::error::Error for PackError {}
