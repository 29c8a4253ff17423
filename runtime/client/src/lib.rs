//! What generated clients call: schemas, protocols, transport, signing, retries, endpoints.
//!
//! | module | holds |
//! | --- | --- |
//! | [`schema`], [`operation`] | the tables that generated code consists of |
//! | [`shape`] | the traits between generated types and protocols |
//! | [`dynamic`] | values without a type, for the command line |
//! | [`error`] | what can go wrong |

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod dynamic;
pub mod error;
pub mod operation;
pub mod schema;
pub mod shape;

pub use dynamic::{Any, Record};
pub use error::Failure;
pub use operation::{Operation, Service};
pub use schema::Schema;
pub use shape::{Shape, Value};
