//! The command as a process.

mod config;
mod diff;
mod folder;
mod generate;
mod interrupted;
mod messages;
mod pack;
mod readme;
mod record;
mod sweep;
