//! What the fuzz targets share: they differ in a protocol or in a format alone.

pub mod events;
#[path = "../../runtime/client/tests/kinds/mod.rs"]
pub mod kinds;
pub mod models;
pub mod responses;
