//! The seeds of the fuzz targets are valid models; the fuzzer would not get past the error of an invalid one.

use std::fs;
use std::path::{Path, PathBuf};
use swage_codegen::{Options, Source, generate, render_diagnostics};

#[test]
fn every_seed_becomes_a_crate() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let mut count = 0;
    for seed in files(&seeds) {
        let text = fs::read_to_string(&seed).expect("a seed");
        let extension = seed.extension().unwrap_or_default().to_string_lossy();
        // Like the targets: a seed can contain several files.
        let sources: Vec<Source> = text
            .split("\n=\n")
            .enumerate()
            .map(|(index, text)| Source {
                name: format!("model/{index}.{extension}"),
                text: text.to_owned(),
            })
            .collect();
        if let Err(problems) = generate(&sources, &Options::default()) {
            let said = render_diagnostics(&problems, &sources, false);
            panic!("{}:\n{said}", seed.display());
        }
        count += 1;
    }
    assert!(count >= 2, "{count} seeds");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
