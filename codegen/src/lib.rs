//! Generates Rust clients and command lines from service models. Pure: model text in, files out; no disk, clock,
//! environment or network.

pub mod diagnostic;
pub mod model;
pub mod node;
