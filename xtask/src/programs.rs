//! `cargo xtask programs`: checks programs that were written for official crates with ours in their place.

use crate::compare_api::Workshop;
use crate::process::target;
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use toml::de::DeTable;

/// Check programs that were written for official crates with ours in their place.
///
/// Generates the crates that the workspace uses, and checks its targets with them by `[patch.crates-io]`. In the workspace only
/// Cargo.lock changes: it has the generated crates afterwards.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of a Cargo workspace
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Folders with Smithy models [default: models and ../shared/models]
    #[arg(long, value_name = "DIR")]
    models: Vec<PathBuf>,
    /// Official crates that stay, such as aws-sdk-sts
    #[arg(long, value_name = "CRATE")]
    official: Vec<String>,
    /// Crates to use besides those that the workspace names, for instance those that aws-config uses
    #[arg(long, value_name = "CRATE")]
    also: Vec<String>,
    /// Features to turn on, such as aws-sdk-kms/smithy-sdk-error
    #[arg(long, value_name = "FEATURE")]
    features: Vec<String>,
    /// Only check these packages of the workspace
    #[arg(long, value_name = "PACKAGE")]
    package: Vec<String>,
}

/// Newer than any release, and compatible with all since 1.0.
const VERSION: &str = "1.9999.0";

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let workshop = Workshop::new(root, &arguments.models);
    let folder = std::path::absolute(&arguments.folder).map_err(|error| error.to_string())?;
    let work = target(root).join("programs");
    let work = std::path::absolute(work).map_err(|error| error.to_string())?;
    let mut crates = used(&folder)?;
    crates.extend(arguments.also.iter().cloned());
    crates.retain(|name| !arguments.official.contains(name));
    let mut patches = Vec::new();
    for name in &crates {
        let out = work.join("crates").join(name);
        // Without a model the official crate stays.
        match workshop.generate(name, VERSION, &out) {
            Ok(()) => patches.push((name, out)),
            Err(error) => println!("{error}"),
        }
    }
    let mut settings = Vec::new();
    for (name, out) in &patches {
        let path = crate::conformance::utf8(out)?;
        settings.push("--config".to_owned());
        settings.push(format!("patch.crates-io.{name}.path={path:?}"));
    }
    let cargo = || {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        // The workspace may promise to compile with an older Rust than ours.
        cargo.env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "allow");
        cargo.current_dir(&folder).args(&settings);
        cargo
    };
    // Ours need newer releases of AWS's common crates than a lock file may have, and those don't compile beside older ones.
    let mut update = cargo();
    update.arg("update");
    for package in common(&folder)? {
        update.args(["--package", &package]);
    }
    crate::process::output(&mut update)?;
    // A lock file that has the official crate keeps it, and Cargo only warns about a patch that isn't used.
    for (name, _) in &patches {
        let package = format!("{name}@1");
        let mut update = cargo();
        update.args(["update", "--package", &package, "--precise", VERSION]);
        crate::process::output(&mut update)?;
    }
    let mut cargo = cargo();
    cargo.args([
        "check",
        "--keep-going",
        "--all-targets",
        "--message-format=json",
    ]);
    if arguments.package.is_empty() {
        cargo.arg("--workspace");
    }
    for package in &arguments.package {
        cargo.args(["--package", package]);
    }
    for feature in &arguments.features {
        cargo.args(["--features", feature]);
    }
    cargo.env("CARGO_TARGET_DIR", work.join("target"));
    let output = cargo
        .output()
        .map_err(|error| format!("error: cargo: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    if said.trim().is_empty() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    // What a build script says isn't among the messages.
    let errors = String::from_utf8_lossy(&output.stderr);
    for line in errors.lines().filter(|of| of.starts_with("error: failed")) {
        println!("{line}");
    }
    let all = targets(&folder, &arguments.package)?;
    Ok(report(&all, &said))
}

/// The official crates that the packages of a workspace depend on.
fn used(folder: &Path) -> Result<BTreeSet<String>, String> {
    let metadata = metadata(folder)?;
    let packages = list(&metadata, "packages");
    // Without a source it is one of the workspace's own packages, which may have such a name, too.
    let dependencies = packages.flat_map(|of| list(of, "dependencies"));
    let foreign = dependencies.filter(|of| of.get("source").is_some_and(Json::is_string));
    let names = foreign.filter_map(|of| of.get("name")?.as_str());
    let of_service = names.filter(|name| name.starts_with("aws-sdk-"));
    Ok(of_service.map(str::to_owned).collect())
}

/// AWS's crates in the lock file of a workspace that aren't those of services, as `aws-types@1.7.0`.
fn common(folder: &Path) -> Result<Vec<String>, String> {
    let metadata = metadata(folder)?;
    let path = Path::new(text(&metadata, "workspace_root")).join("Cargo.lock");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let lock = std::fs::read_to_string(&path)
        .map_err(|error| format!("error: cannot read {}: {error}", path.display()))?;
    let lock = DeTable::parse(&lock)
        .map_err(|error| format!("error: {} is not TOML: {error}", path.display()))?;
    let packages = lock.get_ref().get("package");
    let packages = packages.and_then(|of| of.get_ref().as_array());
    let packages = packages.into_iter().flatten().filter_map(|package| {
        let value = |key| package.get_ref().get(key)?.get_ref().as_str();
        Some((value("name")?, value("version")?))
    });
    let is_common = |name: &str| {
        let beside = [
            "aws-config",
            "aws-credential-types",
            "aws-runtime",
            "aws-sigv4",
            "aws-types",
        ];
        name.starts_with("aws-smithy-") || beside.contains(&name)
    };
    let common = packages.filter(|(name, _)| is_common(name));
    Ok(common
        .map(|(name, version)| format!("{name}@{version}"))
        .collect())
}

fn metadata(folder: &Path) -> Result<Json, String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    cargo
        .args(["metadata", "--no-deps", "--format-version=1"])
        .current_dir(folder);
    let text = crate::process::output(&mut cargo)?;
    serde_json::from_str(&text).map_err(|error| format!("error: {error}"))
}

/// A target: its package, kind and name.
type Target = (String, String, String);

/// The targets of a workspace's packages.
fn targets(folder: &Path, only: &[String]) -> Result<BTreeSet<Target>, String> {
    let metadata = metadata(folder)?;
    let mut all = BTreeSet::new();
    for package in list(&metadata, "packages") {
        let name = text(package, "name");
        if only.is_empty() || only.iter().any(|of| of == name) {
            all.extend(list(package, "targets").map(|of| target_of(text(package, "id"), of)));
        }
    }
    Ok(all)
}

fn target_of(package: &str, of: &Json) -> Target {
    let kind = list(of, "kind").next().and_then(Json::as_str);
    (
        package.to_owned(),
        kind.unwrap_or_default().to_owned(),
        text(of, "name").to_owned(),
    )
}

/// What an error says, where, and in which targets.
#[derive(Default)]
struct Found {
    count: usize,
    targets: BTreeSet<Target>,
    example: String,
}

/// Prints which targets compile, and the errors of the others by their messages.
fn report(all: &BTreeSet<Target>, said: &str) -> ExitCode {
    let mut errors: BTreeMap<String, Found> = BTreeMap::new();
    let (mut compiled, mut failed) = (BTreeSet::new(), BTreeSet::new());
    for line in said.lines() {
        let Ok(line) = serde_json::from_str::<Json>(line) else {
            continue;
        };
        let Some(of_target) = line.get("target") else {
            continue;
        };
        let target = target_of(text(&line, "package_id"), of_target);
        let is_artifact = text(&line, "reason") == "compiler-artifact";
        match line
            .get("message")
            .filter(|of| text(of, "level") == "error")
        {
            Some(message) => {
                add(&mut errors, &target, message);
                failed.insert(target);
            }
            None if is_artifact => drop(compiled.insert(target)),
            None => {}
        }
    }
    let mut errors: Vec<_> = errors.into_iter().collect();
    errors.sort_by_key(|(_, of)| std::cmp::Reverse(of.count));
    for (message, of) in &errors {
        println!(
            "{:>5} in {:>3} targets: {message}\n      {}",
            of.count,
            of.targets.len(),
            of.example
        );
    }
    let good = |of: &&Target| compiled.contains(*of) && !failed.contains(*of);
    let short = |of: &Target| {
        let package =
            of.0.rsplit(['/', '#'])
                .find(|of| !of.starts_with(|c: char| c.is_ascii_digit()));
        format!("{} {} {}", package.unwrap_or_default(), of.1, of.2)
    };
    for of in all.iter().filter(|of| !good(of)) {
        let why = if failed.contains(of) {
            "fails"
        } else {
            "not reached"
        };
        println!("{why}: {}", short(of));
    }
    let other: BTreeSet<&Target> = failed.iter().filter(|of| !all.contains(*of)).collect();
    for of in other {
        println!("a dependency fails: {}", short(of));
    }
    let count = all.iter().filter(good).count();
    println!("{count} of {} targets compile", all.len());
    if count == all.len() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn add(errors: &mut BTreeMap<String, Found>, target: &Target, message: &Json) {
    let code = message.get("code").and_then(|of| of.get("code")?.as_str());
    let said = any_service(text(message, "message"));
    if said.starts_with("aborting due to") {
        return;
    }
    let found = errors
        .entry(format!("{} {said}", code.unwrap_or("-")))
        .or_default();
    found.count += 1;
    found.targets.insert(target.clone());
    if found.example.is_empty()
        && let Some(span) =
            list(message, "spans").find(|of| of.get("is_primary") == Some(&Json::Bool(true)))
    {
        let code = list(span, "text")
            .next()
            .map_or("", |of| text(of, "text").trim());
        let line = span
            .get("line_start")
            .and_then(Json::as_u64)
            .unwrap_or_default();
        found.example = format!("{}:{line}: {code}", text(span, "file_name"));
    }
}

/// A message that is the same for all services: `aws_sdk_s3::Config` is `aws_sdk_*::Config`.
fn any_service(message: &str) -> String {
    let mut parts = message.split("aws_sdk_");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
        said.push_str("aws_sdk_*");
        said.push_str(rest);
    }
    said
}

fn list<'j>(of: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    of.get(key).and_then(Json::as_array).into_iter().flatten()
}

fn text<'j>(of: &'j Json, key: &str) -> &'j str {
    of.get(key).and_then(Json::as_str).unwrap_or_default()
}
