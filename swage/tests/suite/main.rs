//! The command as a process.

mod folder;
mod generate;
mod interrupted;
