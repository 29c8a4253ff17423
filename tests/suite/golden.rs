//! Golden cases: `tests/golden/<case>/{model.json, overlay.json}` generates the crate in `expected/`. If a case has a
//! `service-2.json`, that is used with the files beside it, and `model.json` must generate the same.
//!
//! `BLESS=1 cargo test -p swage-tests golden` rewrites them. `cargo xtask bless` does, too, if they no longer compile.

use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use swage::{config, job};
use swage_codegen::{OutputFile, Source};
use swage_tests::golden::{SERVICE, bless, crates, files_below, generate, source, sources, texts};
use swage_tests::{blessing, cases, root};

#[test]
fn output_is_what_is_checked_in() {
    // Everything is generated before anything is written, so that an error changes nothing.
    let mut wrong = Vec::new();
    for (expected, files) in &crates() {
        if blessing() {
            bless(expected, files);
        }
        wrong.extend(differences(expected, files));
    }
    assert!(
        wrong.is_empty(),
        "{}\nBLESS=1 accepts what came",
        wrong.join("\n")
    );
}

#[test]
fn the_checked_in_crates_are_what_their_models_give() {
    let crates = config::read(&root().join(config::FILE)).expect("settings");
    let mode = job::Mode {
        check: true,
        ..job::Mode::default()
    };
    for settings in &crates {
        let outcome = job::run(settings, mode);
        if let Some(error) = outcome.error {
            panic!("{}{error}", outcome.diff);
        }
    }
}

#[test]
fn a_service_in_another_format_gives_the_same_crate() {
    let both = cases("golden")
        .into_iter()
        .filter(|case| case.join(SERVICE).exists() && case.join("model.json").exists());
    let mut compared = 0;
    for case in both {
        let [given, other] = [sources(&case), vec![source(&case.join("model.json"))]]
            .map(|sources| generate(&sources, &case));
        // The header contains the names of the files.
        let body = |text: &str| {
            text.split_once(". Regenerate with")
                .map(|(_, body)| body.to_owned())
        };
        let bodies = |files: &[OutputFile]| -> BTreeMap<_, _> {
            let files = files.iter();
            files
                .map(|file| (file.path.clone(), body(&file.text)))
                .collect()
        };
        let (given, other) = (bodies(&given), bodies(&other));
        for path in given.keys().chain(other.keys()) {
            assert_eq!(
                given.get(path),
                other.get(path),
                "{}: {path}",
                case.display()
            );
        }
        compared += 1;
    }
    assert!(compared > 0);
}

#[test]
fn neither_the_order_of_files_nor_of_keys_matters() {
    for case in cases("golden") {
        let straight = sources(&case);
        let reversed: Vec<Source> = straight
            .iter()
            .rev()
            .map(|s| Source {
                name: s.name.clone(),
                text: reverse_keys(&s.text),
            })
            .collect();
        let [once, again] = [&straight, &reversed].map(|sources| generate(sources, &case));
        let (once, again) = (texts(&once), texts(&again));
        assert_eq!(
            once.keys().collect::<Vec<_>>(),
            again.keys().collect::<Vec<_>>(),
            "{}",
            case.display()
        );
        for (path, text) in &once {
            assert_eq!(text, &again[path], "{}: {}", case.display(), path.display());
        }
    }
}

/// The goldens are members of the workspace and already built, so this only prints the compiler's warnings.
#[test]
fn every_golden_compiles_without_a_warning() {
    let output = Command::new(env!("CARGO"))
        .args([
            "build",
            "--offline",
            "--workspace",
            "--lib",
            "--features",
            "cli",
            "--message-format=short",
        ])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let complaints: Vec<&str> = said
        .lines()
        .filter(|line| line.starts_with("tests/golden/"))
        .collect();
    assert!(output.status.success() && complaints.is_empty(), "{said}");
}

fn differences(expected: &Path, files: &[OutputFile]) -> Vec<String> {
    let given = texts(files);
    let mut wrong: Vec<String> = given
        .iter()
        .filter_map(|(path, text)| {
            let place = expected.join(path);
            let old = fs::read_to_string(&place).unwrap_or_default();
            let diff = similar::TextDiff::from_lines(old.as_str(), *text)
                .unified_diff()
                .context_radius(2)
                .to_string();
            (old != *text).then(|| format!("{}\n{diff}", place.display()))
        })
        .collect();
    let leftovers = files_below(expected, Path::new(""))
        .into_iter()
        .filter(|path| !given.contains_key(path));
    wrong.extend(
        leftovers.map(|path| format!("{} is no longer emitted", expected.join(path).display())),
    );
    wrong
}

/// The same JSON with the keys of the file, its shapes, each shape and its traits in reverse order. The order of
/// members has a meaning, so it is kept.
fn reverse_keys(text: &str) -> String {
    let traits = |key: &str, value: &str| {
        if key == "traits" {
            reversed(value, &|_, value| value.into())
        } else {
            value.into()
        }
    };
    let shapes = |key: &str, value: &str| {
        if key == "shapes" {
            reversed(value, &|_, shape| reversed(shape, &traits))
        } else {
            value.into()
        }
    };
    reversed(text, &shapes)
}

fn reversed(object: &str, inner: &dyn Fn(&str, &str) -> String) -> String {
    let entries: BTreeMap<String, Box<RawValue>> = serde_json::from_str(object).expect("an object");
    let entries = entries
        .iter()
        .rev()
        .map(|(key, value)| format!("{}:{}", serde_json::json!(key), inner(key, value.get())));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
}
