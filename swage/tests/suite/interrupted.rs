//! `swage generate` when it is killed, runs twice at once, or can't write.

use crate::folder::{Folder, MODEL, text};
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Rounds of each test; the full proof is `SWAGE_ROUNDS=200`.
fn rounds(few: u32) -> u32 {
    let asked = std::env::var("SWAGE_ROUNDS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(few)
}

/// A service whose crate has many files.
fn many_operations() -> String {
    let names: Vec<String> = (0..40).map(|n| format!("Do{n}")).collect();
    let refs: Vec<_> = names
        .iter()
        .map(|name| format!(r#"{{"target": "a.b#{name}"}}"#))
        .collect();
    let shapes = names.iter().map(|name| {
        format!(
            r#", "a.b#{name}": {{"type": "operation", "traits": {{
                "smithy.api#http": {{"method": "POST", "uri": "/{name}"}}}}}}"#
        )
    });
    format!(
        r#"{{"smithy": "2.0", "shapes": {{"a.b#Thing": {{"type": "service", "version": "1", "operations": [{}],
            "traits": {{"aws.protocols#restJson1": {{}}, "aws.api#service": {{"sdkId": "Thing"}}}}}}{}}}}}"#,
        refs.join(", "),
        shapes.collect::<String>()
    )
}

type Texts = Vec<(PathBuf, String)>;
const ALL: &[&str] = &[];
const SOME: &[&str] = &["--operations", "Do1,Do2,Do3"];

/// The folder, and its contents with all and with some of the operations.
fn prepared(test: &str) -> (Folder, [(&'static [&'static str], Texts); 2]) {
    let folder = Folder::new(test);
    folder.write("models/thing.json", many_operations());
    folder.succeeds(SOME);
    let some = folder.texts();
    folder.succeeds(ALL);
    let all = folder.texts();
    assert!(all.len() > some.len() + 30);
    (folder, [(SOME, some), (ALL, all)])
}

#[test]
fn after_a_kill_the_next_run_succeeds() {
    let (folder, variants) = prepared("kills");
    let start = Instant::now();
    folder.succeeds(SOME);
    let whole = start.elapsed();
    folder.succeeds(ALL);
    let rounds = rounds(24);
    for round in 0..rounds {
        // At a different point of each run, in no order.
        let part = f64::from(round * 7 % rounds) / f64::from(rounds);
        let (killed, _) = variants[round as usize % 2];
        let mut run = folder
            .command(killed)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("swage runs");
        std::thread::sleep(whole.mul_f64(part));
        run.kill().expect("killed");
        run.wait().expect("ended");
        let (next, expected) = &variants[round as usize / 2 % 2];
        folder.succeeds(next);
        assert!(folder.texts() == *expected, "a mix after round {round}");
    }
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let (folder, variants) = prepared("twice");
    for round in 0..rounds(5) {
        let runs = variants.each_ref().map(|(arguments, _)| {
            let mut command = folder.command(arguments);
            let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().expect("swage runs")
        });
        for run in runs {
            let output = run.wait_with_output().expect("ended");
            assert!(output.status.success(), "{}", text(&output.stderr));
        }
        let found = folder.texts();
        assert!(
            variants.iter().any(|(_, texts)| *texts == found),
            "a mix after round {round}"
        );
        // A reader never sees a partial result, either.
        let check = folder.codegen(&["--check"]);
        assert_eq!(check.status.success(), found == variants[1].1);
    }
}

#[test]
#[cfg(unix)]
fn a_run_waits_for_the_one_that_has_the_folder() {
    let folder = Folder::new("waits");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    let before = folder.out();
    let lock = fs::File::open(folder.0.join("out")).expect("a folder");
    lock.lock().expect("locked");
    for arguments in [&["--operations", "Do"][..], &["--check"]] {
        let mut run = folder
            .command(arguments)
            .stderr(Stdio::piped())
            .spawn()
            .expect("swage runs");
        std::thread::sleep(Duration::from_millis(300));
        assert!(
            run.try_wait().expect("a status").is_none(),
            "it did not wait"
        );
        assert!(folder.out() == before, "something was touched");
        run.kill().expect("killed");
        let said = text(&run.wait_with_output().expect("ended").stderr);
        assert_eq!(said, "waiting for another run that uses out\n");
    }
    drop(lock);
    folder.succeeds(&["--check"]);
}

#[test]
fn what_killed_runs_left_is_cleared() {
    let folder = Folder::new("killed");
    folder.write("models/thing.json", MODEL);
    folder.succeeds(&[]);
    let first = folder.out();
    let lib = folder.read("out/src/lib.rs");
    let left = [
        ("out/src/.lib.rs.1.swage-new", &lib[..lib.len() / 2]),
        ("out/src/.lib.rs.swage-new", &lib[..10]),
        ("out/src/operation/.undo.rs.4194304.swage-old", &lib),
        ("out/src/operation/.gone.rs.7.swage-new", ""),
        (
            "out/src/gone/.gone.rs.7.swage-new",
            "swage-endpoint-rules 1\n# @gen",
        ),
    ];
    for (path, text) in left {
        folder.write(path, text);
    }
    folder.succeeds(&[]);
    assert!(folder.out() == first, "something is left or was touched");
    assert!(!folder.0.join("out/src/gone").exists());
    let mine = [
        "out/src/operation/.do.rs.1.swage-new",
        "out/.notes.swage-old",
    ];
    for path in mine {
        folder.write(path, "Mine.");
    }
    folder.succeeds(&[]);
    for path in mine {
        assert_eq!(folder.read(path), "Mine.");
    }
}

#[test]
fn a_file_in_place_of_the_folder_stays() {
    let folder = Folder::new("file");
    folder.write("models/thing.json", MODEL);
    folder.write("out", "Mine.");
    for arguments in [&[][..], &["--check"]] {
        let said = folder.fails(arguments);
        let expected = "error: out is not a folder\n  help: move it away, or choose another folder with --out; nothing was \
                        written\n";
        assert_eq!(said, expected);
        assert_eq!(folder.read("out"), "Mine.");
    }
}

#[test]
#[cfg(unix)]
fn a_full_disk_leaves_the_old_crate() {
    let (folder, variants) = prepared("full");
    folder.succeeds(SOME);
    let before = folder.out();
    // Files are limited to a few blocks, as if the disk were full.
    let script = r#"trap '' XFSZ; ulimit -f 4; exec "$0" generate --model models --out out"#;
    let output = std::process::Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_swage")])
        .current_dir(&folder.0)
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("error: cannot write out/") && said.lines().count() == 1,
        "{said}"
    );
    assert!(folder.out() == before, "something was touched");
    folder.succeeds(ALL);
    assert!(folder.texts() == variants[1].1);
}
