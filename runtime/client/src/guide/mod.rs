//! How to do more than call operations.
//!
//! | page | shows |
//! | --- | --- |
//! | [`serde`] | inputs, outputs and types as JSON, YAML and so on |
//!
//! The programs are in the folder `examples/client` of the repository.

pub mod serde;
