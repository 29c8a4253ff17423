//! Loads the models whose files are named, as one model, and says how much is in it. `cargo xtask bench idl` times it.

use std::process::ExitCode;
use swage_codegen::{Source, load, render_diagnostics};

fn main() -> ExitCode {
    let read = |name: String| {
        let text = std::fs::read_to_string(&name).map_err(|error| format!("{name}: {error}"))?;
        Ok(Source { name, text })
    };
    let sources: Result<Vec<_>, String> = std::env::args().skip(1).map(read).collect();
    let loaded = sources.and_then(|sources| {
        let model = load::load(&sources);
        let model = model
            .into_model()
            .map_err(|problems| render_diagnostics(&problems, &sources, false))?;
        let bytes: usize = sources.iter().map(|source| source.text.len()).sum();
        Ok(format!("{bytes} bytes, {} shapes", model.shapes.len()))
    });
    match loaded {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
