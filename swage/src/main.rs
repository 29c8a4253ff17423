//! The command `swage`.

fn main() -> std::process::ExitCode {
    swage::command::main()
}
