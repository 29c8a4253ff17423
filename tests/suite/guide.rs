//! The pages in `swage_client::guide` show programs in `examples/client`, which are built and run.

use std::fs;
use swage_tests::root;

#[test]
fn code_in_the_guide_is_code_of_the_examples() {
    let mut examples = texts("examples/client/src/bin");
    examples.extend(texts("examples/client/tests"));
    let mut shown = 0;
    for page in texts("runtime/client/src/guide") {
        for block in blocks(&page) {
            let is_there = examples.iter().any(|of| plain(of).contains(&plain(&block)));
            assert!(is_there, "no example contains:\n{block}");
            shown += 1;
        }
    }
    assert!(shown > 0);
}

fn texts(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder");
    let path = |entry: std::io::Result<fs::DirEntry>| entry.expect("an entry").path();
    entries
        .map(|entry| fs::read_to_string(path(entry)).expect("a file"))
        .collect()
}

/// The code blocks in the documentation of a module.
fn blocks(page: &str) -> Vec<String> {
    let lines = page.lines().filter_map(|line| line.strip_prefix("//!"));
    let text: Vec<&str> = lines
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    let text = text.join("\n");
    let parts = text.split("```ignore\n").skip(1);
    let block = |part: &str| part.split("```").next().unwrap_or_default().to_owned();
    parts.map(block).collect()
}

/// Code without indentation.
fn plain(code: &str) -> String {
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    lines.join("\n").trim().to_owned()
}
