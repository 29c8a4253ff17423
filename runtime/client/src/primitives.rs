//! Types that all clients share, under the paths of the official crates.

pub use aws_smithy_types::body::SdkBody;
pub use aws_smithy_types::byte_stream::error::Error as ByteStreamError;
pub use aws_smithy_types::byte_stream::{AggregatedBytes, ByteStream};
#[cfg(feature = "rt-tokio")]
pub use aws_smithy_types::byte_stream::{FsBuilder, Length};
pub use aws_smithy_types::date_time::Format as DateTimeFormat;
pub use aws_smithy_types::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// Streams of events; empty without the feature `event-stream`.
pub mod event_stream {
    #[cfg(feature = "event-stream")]
    pub use crate::event_stream::{BoxError, EventReceiver, EventStreamSender, EventWriter};
    #[cfg(feature = "event-stream")]
    pub use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
    #[cfg(feature = "event-stream")]
    pub use aws_smithy_types::str_bytes::StrBytes;
}
