//! How to do more than call operations.
//!
//! | page | shows |
//! | --- | --- |
//! | [`blocking`] | calls without async |
//! | [`interceptors`] | a header on every request, and other changes of requests and responses |
//! | [`serde`] | inputs, outputs and types as JSON, YAML and so on |
//! | [`testing`] | tests of code that calls a service |
//!
//! The programs are in the folder `examples/client` of the repository.

pub mod blocking;
pub mod interceptors;
pub mod serde;
pub mod testing;
