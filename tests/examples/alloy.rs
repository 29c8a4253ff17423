//! The command of the golden case `alloy`, as a test of this package finds it.

fn main() -> std::process::ExitCode {
    swage_cli::main(&golden_alloy::cli::CLI)
}
