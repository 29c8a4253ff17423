//! A program for the services of the pack that `--tables` or `SWAGE_TABLES` names.

#![forbid(unsafe_code)]

use std::process::ExitCode;
use swage_cli::services::{self, Program};

static PROGRAM: Program = Program {
    name: "aws",
    version: "1.0.0",
    pack: &[],
};

fn main() -> ExitCode {
    services::main(&PROGRAM)
}
