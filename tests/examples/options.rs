//! The command of the golden case `options`, as a test of this package finds it.

fn main() -> std::process::ExitCode {
    swage_cli::main(&golden_options::cli::CLI)
}
