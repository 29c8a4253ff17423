//! Tasks as processes.

mod codegen;
mod folder;
mod interrupted;
