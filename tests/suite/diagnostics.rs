//! Every folder in `diagnostics/` has an invalid model and the expected diagnostics.
//!
//! `BLESS=1 cargo test -p swage-tests diagnostics` writes the texts.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use swage_codegen::check::check;
use swage_codegen::diagnostic::{Source, render};
use swage_codegen::load::load;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("diagnostics");
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

fn sources(case: &Path) -> Vec<Source> {
    let read = |name: &str| {
        std::fs::read_to_string(case.join(name)).map(|text| Source {
            name: name.to_owned(),
            text,
        })
    };
    ["model.json", "overlay.json"]
        .into_iter()
        .filter_map(|name| read(name).ok())
        .collect()
}

fn reported(sources: &[Source]) -> String {
    let diagnostics = check(&load(sources)).err().unwrap_or_default();
    if diagnostics.is_empty() {
        String::new()
    } else {
        render(&diagnostics, sources, false)
    }
}

#[test]
fn rejected_models_get_their_texts() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failures = String::new();
    for case in cases() {
        let expected = case.join("expected.txt");
        let text = reported(&sources(&case));
        assert!(!text.is_empty(), "{} is accepted", case.display());
        if bless {
            std::fs::write(&expected, &text).unwrap();
        }
        let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
        if text != wanted {
            write!(
                failures,
                "{}\n--- expected\n{wanted}\n--- got\n{text}\n",
                case.display()
            )
            .unwrap();
        }
    }
    assert!(
        failures.is_empty(),
        "{failures}\nBLESS=1 accepts the new texts"
    );
}

#[test]
fn there_are_many_cases() {
    assert!(cases().len() >= 45);
}

#[test]
fn colours_change_nothing_but_the_look() {
    for case in cases() {
        let sources = sources(&case);
        let diagnostics = check(&load(&sources)).err().unwrap_or_default();
        let coloured = render(&diagnostics, &sources, true);
        let pieces = coloured.split('\u{1b}').enumerate();
        let plain: String = pieces
            .map(|(index, piece)| {
                if index == 0 {
                    piece
                } else {
                    piece.split_once('m').map_or("", |(_, text)| text)
                }
            })
            .collect();
        assert_eq!(plain, render(&diagnostics, &sources, false));
    }
}

#[test]
fn nothing_that_steers_a_terminal_is_shown() {
    for case in cases() {
        let text = reported(&sources(&case));
        let steers = |character: char| {
            let reorders = matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
            (character.is_control() && character != '\n') || reorders
        };
        assert!(!text.contains(steers), "{}", case.display());
    }
}
