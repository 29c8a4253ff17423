//! Models: whatever the text, there is a model or diagnostics, and what passes the checks becomes a crate.
//!
//! An input is a byte that chooses, and files with a line of `=` between them.

use swage_codegen::diagnostic::{Diagnostic, Source};
use swage_codegen::{Options, check, generate, load, render_diagnostics};

/// One in so many models is generated, because that takes longer than all before.
const GENERATED: u8 = 4;

/// Loads and checks files of that extension.
///
/// # Panics
/// When codegen does.
pub fn load_and_check(extension: &str, data: &[u8]) {
    let Some((choice, rest)) = data.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let files = text.split("\n=\n").take(4).enumerate();
    let sources: Vec<Source> = files
        .map(|(index, text)| Source {
            name: format!("model/{index}.{extension}"),
            text: text.to_owned(),
        })
        .collect();
    let problems = if choice % GENERATED == 0 {
        generate(&sources, &Options::default()).map(drop)
    } else {
        check::check(&load::load(&sources)).map(drop)
    };
    if let Err(problems) = problems {
        show(&problems, &sources);
    }
}

/// A diagnostic can be shown, wherever it points.
fn show(problems: &[Diagnostic], sources: &[Source]) {
    assert!(!problems.is_empty(), "an error without a reason");
    let first: Vec<_> = problems.iter().take(20).cloned().collect();
    drop(render_diagnostics(&first, sources, false));
}
