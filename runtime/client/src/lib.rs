//! What generated clients call: schemas, protocols, transport, signing, retries, endpoints.
//!
//! | module | holds |
//! | --- | --- |
//! | [`schema`], [`operation`] | the tables that generated code consists of |
//! | [`shape`] | the traits between generated types and protocols |
//! | [`dynamic`] | values without a type, for the command line |
//! | [`endpoint`] | where requests go |
//! | [`jmespath`] | expressions over inputs and outputs (feature `waiters`) |
//! | [`mod@error`] | what can go wrong |
//! | [`client`] | the client: settings, transport, signing, retries (feature `client`) |
//! | [`event_stream`] | events that come and go while a call lasts (feature `event-stream`) |
//! | [`protocol`] | from input to HTTP request, from response to output or error |
//! | [`mod@redact`] | what messages and the log leave out of URLs |
//! | [`validate`], [`token`] | what is checked and filled in before a request is made |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "client")]
pub mod client;
pub mod dynamic;
pub mod endpoint;
pub mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
mod generated;
#[cfg(feature = "waiters")]
pub mod jmespath;
pub mod operation;
pub mod protocol;
pub mod redact;
pub mod schema;
pub mod shape;
mod timestamp;
pub mod token;
#[cfg(feature = "client")]
pub mod transport;
pub mod validate;
#[cfg(feature = "waiters")]
mod waiter;

/// What generated code calls. It changes with the code generator and isn't for use by hand.
#[doc(hidden)]
pub mod __private {
    pub use crate::generated::*;
}

#[cfg(feature = "sdk-config")]
pub use aws_types::SdkConfig;
#[cfg(feature = "client")]
pub use client::{
    Client, ClientBuilder, Items, Metadata, PageItems, Pages, Paginator, RetryConfig, send,
};
#[cfg(feature = "waiters")]
pub use client::{FinalPoll, Until, WaiterError, wait};
pub use dynamic::{Any, Record};
pub use error::Failure;
pub use generated::{REDACTED, Unit};
pub use operation::{Operation, Service};
pub use schema::Schema;
pub use shape::{IntEnum, Shape, StringEnum, Value};
