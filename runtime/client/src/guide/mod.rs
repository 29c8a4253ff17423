//! How to use a client.
//!
//! | page | shows |
//! | --- | --- |
//! | [`settings`] | region, credentials, endpoint, retries, time limits, TLS, proxies, the log |
//! | [`errors`] | what can fail, and what to do about it |
//! | [`pages`] | all pages of a result, and waiting for a state |
//! | [`streams`] | bodies that are streams, and events |
//! | [`interceptors`] | a header on every request, and other changes of requests and responses |
//! | [`blocking`] | calls without async |
//! | [`serde`] | inputs, outputs and types as JSON, YAML and so on |
//! | [`testing`] | tests of code that calls a service |
//! | [`transfers`] | files that are uploaded and downloaded |
//!
//! The programs are in the folder `examples/client` of the repository.

pub mod blocking;
pub mod errors;
pub mod interceptors;
pub mod pages;
pub mod serde;
pub mod settings;
pub mod streams;
pub mod testing;
pub mod transfers;
