//! `cargo xtask semver`: compares the rules of `swage diff` with what cargo-semver-checks says of the generated crates.

use crate::process::{output, target};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use swage::folder::{Changes, Lock};
use swage_codegen::diff::{Interface, Level, Report};
use swage_codegen::{Options, Source, load};

/// Compare the rules of `swage diff` with cargo-semver-checks.
///
/// Generates the libraries of each pair in tests/diff and checks that both agree on whether a change breaks programs.
/// cargo-semver-checks is installed below target/tools if it isn't found.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only pairs whose name contains this text
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Pairs in which we see a breaking change and cargo-semver-checks doesn't, or the other way round, and why.
const DIFFERENT: &[(&str, &str)] = &[
    ("auth_scheme_removed", RUN_TIME),
    ("boxing_changed", TYPES),
    ("build_changed", TYPES),
    ("member_optional", TYPES),
    ("member_required", RUN_TIME),
    ("minimum_raised", RUN_TIME),
    ("nullability_changed", TYPES),
    ("nullable_changed", TYPES),
    ("package_renamed", "it compares crates of the same name"),
    ("page_items_changed", "it doesn't compare associated types"),
    ("page_output_changed", "it doesn't compare associated types"),
    ("required_member_added", RUN_TIME),
    ("rust_type_changed", TYPES),
    ("setting_type_changed", TYPES),
    ("trait_implementation_added", TYPES),
    (
        "trait_implementation_removed",
        "it doesn't look at `Default`",
    ),
    ("type_changed", TYPES),
    ("type_widened", TYPES),
];

const RUN_TIME: &str =
    "the program compiles, but calls that worked are refused before they are sent";
const TYPES: &str = "it doesn't compare the types of fields, arguments and results";

/// A pair with our verdict.
struct Pair {
    name: String,
    breaking: bool,
}

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let tool = match tool(root) {
        Ok(tool) => tool,
        Err(error) => {
            println!("skipped: cargo-semver-checks can't be installed\n{error}");
            return Ok(ExitCode::SUCCESS);
        }
    };
    let work = root.join("target/semver");
    let pairs = generate(arguments, root, &work)?;
    let json = document(&work, root)?;
    let mut wrong = Vec::new();
    for pair in &pairs {
        let theirs = is_breaking(&tool, &json, &pair.name)?;
        wrong.extend(judge(pair, theirs));
    }
    println!(
        "{} pairs, of which {} differ as expected",
        pairs.len(),
        different(&pairs)
    );
    if wrong.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    Err(wrong.join("\n"))
}

fn reason(pair: &str) -> Option<&'static str> {
    let mut different = DIFFERENT.iter();
    different
        .find(|(name, _)| *name == pair)
        .map(|(_, reason)| *reason)
}

fn different(pairs: &[Pair]) -> usize {
    pairs
        .iter()
        .filter(|pair| reason(&pair.name).is_some())
        .count()
}

/// The problem with a verdict.
fn judge(pair: &Pair, theirs: bool) -> Option<String> {
    let verdict = |breaking| if breaking { "breaking" } else { "compatible" };
    match (pair.breaking == theirs, reason(&pair.name)) {
        (true, None) | (false, Some(_)) => None,
        (true, Some(_)) => Some(format!(
            "error: {}: both agree now; delete its reason",
            pair.name
        )),
        (false, None) => Some(format!(
            "error: {}: we say {}, cargo-semver-checks says {}",
            pair.name,
            verdict(pair.breaking),
            verdict(theirs)
        )),
    }
}

/// The tool that is installed, or else a new one.
fn tool(root: &Path) -> Result<PathBuf, String> {
    let name = format!("cargo-semver-checks{}", std::env::consts::EXE_SUFFIX);
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let own = root.join("target/tools");
    let found = std::env::split_paths(&folders).map(|folder| folder.join(&name));
    let mut found = found.chain([own.join("bin").join(&name)]);
    if let Some(tool) = found.find(|path| path.is_file()) {
        return Ok(tool);
    }
    println!("installing cargo-semver-checks, which takes some minutes");
    let mut cargo = Command::new("cargo");
    // Compiling it takes longer than what it has to do.
    cargo
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    output(
        cargo
            .args([
                "install",
                "--quiet",
                "--locked",
                "cargo-semver-checks",
                "--root",
            ])
            .arg(&own),
    )?;
    Ok(own.join("bin").join(name))
}

/// Writes a workspace with both libraries of each pair.
fn generate(arguments: &Arguments, root: &Path, work: &Path) -> Result<Vec<Pair>, String> {
    let (mut pairs, mut members) = (Vec::new(), Vec::new());
    for folder in folders(&root.join("tests/diff"))? {
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let is_wanted = arguments
            .only
            .as_ref()
            .is_none_or(|text| name.contains(text));
        // Others compare interfaces alone.
        if is_wanted && folder.join("new.smithy").is_file() {
            let old = library(
                &folder.join("old.smithy"),
                &format!("before-{name}"),
                root,
                work,
            )?;
            let new = library(
                &folder.join("new.smithy"),
                &format!("after-{name}"),
                root,
                work,
            )?;
            members.extend([format!("before-{name}"), format!("after-{name}")]);
            pairs.push(Pair {
                name: name.replace('-', "_"),
                breaking: Report::new(&old, &new).rust() == Level::Breaking,
            });
        }
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    write(&work.join("Cargo.toml"), &manifest)?;
    write(&work.join("Cargo.lock"), &read(&root.join("Cargo.lock"))?)?;
    Ok(pairs)
}

fn folders(below: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(below).map_err(|error| wrong(below, &error))?;
    let mut folders: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    folders.sort();
    Ok(folders)
}

/// Generates a library, and returns its interface.
fn library(model: &Path, name: &str, root: &Path, work: &Path) -> Result<Interface, String> {
    let options = Options {
        // The name that both crates have otherwise, so that only the one in the model counts.
        name: Some(name.to_owned()),
        runtime: crate::conformance::utf8(&root.join("runtime"))?.into(),
        command: "cargo xtask semver".into(),
        cli: false,
        ..Options::default()
    };
    let sources = [Source {
        name: model.display().to_string(),
        text: read(model)?,
    }];
    let load = || load::load(&sources);
    let problems = |found: Vec<_>| swage_codegen::render_diagnostics(&found, &sources, false);
    let generated =
        swage_codegen::generate_from(load(), &["a pair"], &options).map_err(problems)?;
    let out = work.join(name);
    let written =
        Lock::to_write(&out).and_then(|_lock| Changes::find(&out, &generated.files)?.apply(&out));
    written.map_err(|problem| problem.render(false))?;
    let named_by_model = Options {
        name: None,
        ..options
    };
    swage_codegen::interface(&load(), &named_by_model).map_err(problems)
}

/// Makes rustdoc's JSON of all libraries, and returns the folder that has it.
fn document(work: &Path, root: &Path) -> Result<PathBuf, String> {
    let target = target(root).join("semver-target");
    let mut cargo = Command::new("cargo");
    cargo
        .args(["doc", "--workspace", "--no-deps", "--lib", "--quiet"])
        .current_dir(work)
        .env("CARGO_TARGET_DIR", &target)
        // JSON is what the tool reads; the stable compiler has it behind this switch.
        .env("RUSTC_BOOTSTRAP", "1")
        .env(
            "RUSTDOCFLAGS",
            "-Zunstable-options --output-format=json --document-private-items --document-hidden-items --cap-lints=allow",
        );
    output(&mut cargo)?;
    Ok(target.join("doc"))
}

/// Whether the tool finds a breaking change.
fn is_breaking(tool: &Path, json: &Path, name: &str) -> Result<bool, String> {
    let side = |side: &str| {
        // The tool compares paths of items, which start with the crate's name.
        let crate_name = format!("{side}_{name}");
        let path = json.join(format!("{crate_name}.json"));
        let text = read(&path)?.replace(&format!("\"{crate_name}\""), &format!("\"{name}\""));
        let renamed = json.join(format!("{side}-of-{name}.json"));
        write(&renamed, &text)?;
        Ok::<_, String>(renamed)
    };
    let (old, new) = (side("before")?, side("after")?);
    let result = Command::new(tool)
        .args([
            "semver-checks",
            "--release-type",
            "minor",
            "--baseline-rustdoc",
        ])
        .arg(old)
        .arg("--current-rustdoc")
        .arg(new)
        .output()
        .map_err(|error| wrong(tool, &error))?;
    let said = String::from_utf8_lossy(&result.stderr) + String::from_utf8_lossy(&result.stdout);
    match result.status.success() {
        true => Ok(false),
        false if said.contains("requires new major version") => Ok(true),
        false => Err(format!(
            "error: cargo-semver-checks failed for {name}\n{said}"
        )),
    }
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| wrong(path, &error))
}

/// Writes a file; one that is unchanged keeps its time stamp.
fn write(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    fs::write(path, text).map_err(|error| wrong(path, &error))
}

fn wrong(path: &Path, error: &std::io::Error) -> String {
    format!("error: {}: {error}", path.display())
}
