//! The command as a process.

mod config;
mod folder;
mod generate;
mod interrupted;
