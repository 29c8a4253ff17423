//! What generated clients call: schemas, protocols, transport, signing, retries, endpoints.
//!
//! The modules, each built on those above it:
//!
//! | module | holds |
//! | --- | --- |
//! | [`schema`] | the tables of shapes that generated code consists of |
//! | [`mod@redact`] | what messages and the log leave out of URLs |
//! | [`mod@error`] | what can go wrong |
//! | [`shape`] | the traits between generated types and protocols |
//! | [`operation`] | the tables of services and operations, and the interface of a protocol |
//! | [`dynamic`] | values without a type, for the command line |
//! | [`token`], [`validate`] | what is filled in and checked before a request is made |
//! | [`json`], [`jmespath`] | the AWS CLI's JSON, and expressions over inputs and outputs (feature `waiters`) |
//! | [`endpoint`] | where requests go |
//! | [`protocol`] | from input to HTTP request, from response to output or error |
//! | [`transport`] | how a request is sent and its response received (feature `client`) |
//! | [`event_stream`] | events that come and go while a call lasts (feature `event-stream`) |
//! | [`client`] | the client: settings, signing, retries, time limits (feature `client`) |

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "client")]
pub mod client;
pub mod dynamic;
pub mod endpoint;
pub mod error;
#[cfg(feature = "event-stream")]
pub mod event_stream;
#[doc(hidden)]
pub mod generated;
#[cfg(feature = "waiters")]
pub mod jmespath;
#[cfg(feature = "waiters")]
pub mod json;
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
pub use generated as __private;

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
