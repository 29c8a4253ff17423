//! Generates Rust clients and command lines from service models: the command `swage` as a library.
//!
//! What to write is decided by `swage-codegen`; this crate reads models, writes crates, and tells the user.

mod builder;
#[cfg(feature = "command")]
pub mod command;
pub mod config;
pub mod endpoint_tests;
mod find;
pub mod folder;
mod git;
pub mod interface;
pub mod job;
pub mod models;
mod overlays;
pub mod pack;
mod parallel;
mod problem;
mod settings;
mod update;

pub use builder::Builder;
pub use problem::{Error, Problem};
pub use settings::{Runtime, Settings};
pub use swage_codegen::Package;
