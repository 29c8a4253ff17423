//! Shared by the fuzz targets, which only differ in the protocol or format.

pub mod events;
#[allow(dead_code, reason = "the client's tests use all of it")]
#[path = "../../runtime/client/tests/suite/kinds/mod.rs"]
mod kinds;
pub mod models;
pub mod responses;
