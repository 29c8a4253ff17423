//! Across crates: goldens, diagnostics, the generated crate against a server.

mod alloy;
mod c2j;
mod called_operations;
mod derive_errors;
mod diagnostics;
mod diff;
mod endpoints;
mod errors;
mod futures;
mod golden;
mod idl;
mod interceptors;
mod lean;
mod naming;
mod options;
mod overlays;
mod pack;
mod pages;
mod protocols;
mod readme;
mod rooms;
mod settings;
mod waiters;
mod wire;
