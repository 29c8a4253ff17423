//! `cargo xtask compare-api`: lists what official crates have and ours lack.
//!
//! Both interfaces are read from the JSON that rustdoc writes.

mod compare;
mod docs;
mod named;
mod rustdoc;
mod surface;
#[cfg(test)]
mod tests;
mod tree;

use compare::{Comparison, Difference, What, compare};
use docs::Docs;
pub(crate) use rustdoc::Workshop;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Compare the interfaces of generated crates with those of the official ones.
///
/// Downloads a release of each official crate, generates ours from the model at hand, and lists the public items that ours
/// lacks or has with another signature. Fails if `xtask/src/compare_api/named.rs` doesn't name one of them.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Official packages, such as aws-sdk-sqs; `aws-sdk-` may be left out. The newest release counts unless one is given:
    /// a model doesn't have what later releases have
    #[arg(required = true, value_name = "CRATE[@VERSION]")]
    crates: Vec<String>,
    /// Folders with Smithy models [default: models and ../shared/models]
    #[arg(long, value_name = "DIR")]
    models: Vec<PathBuf>,
    /// Succeed if the official crate's JSON can't be made: without a network, or with another toolchain
    #[arg(long)]
    if_possible: bool,
    /// Print the differences as JSON
    #[arg(long)]
    json: bool,
}

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let workshop = Workshop::new(root, &arguments.models);
    let mut unnamed = 0;
    let mut all = Vec::new();
    for name in &arguments.crates {
        let (name, release) = name.split_once('@').unwrap_or((name, ""));
        let name = format!("aws-sdk-{}", name.trim_start_matches("aws-sdk-"));
        let theirs = match Official::new(&name, release, &workshop) {
            Err(error) if arguments.if_possible => {
                println!("skipped: {}", error.trim_start_matches("error: "));
                return Ok(ExitCode::SUCCESS);
            }
            theirs => theirs?,
        };
        let version = theirs.version.clone();
        let found = compare_crate(&name, &workshop, &theirs)?;
        let library = name.replace('-', "_");
        let is_unnamed = |of: &&Difference| named::reason(&library, of).is_none();
        unnamed += found.differences.iter().filter(is_unnamed).count();
        if arguments.json {
            all.push(as_json(&name, &version, &library, &found));
        } else {
            print(&name, &version, &library, &found);
        }
    }
    if arguments.json {
        println!("{:#}", Json::Array(all));
    }
    Ok(if unnamed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The official crate, and those that it re-exports from.
struct Official {
    version: String,
    docs: Docs,
    /// The JSON of the crates that it re-exports from.
    others: Vec<PathBuf>,
}

impl Official {
    fn new(name: &str, release: &str, workshop: &Workshop) -> Result<Self, String> {
        let project = workshop.official(name, release)?;
        let mut docs = Docs::default();
        docs.add(&project.released(name)?)?;
        let packages = project.packages(&docs.external_crates())?;
        let others = packages.iter().map(|of| project.released(of));
        let others = others.collect::<Result<Vec<_>, _>>()?;
        for file in &others {
            docs.add(file)?;
        }
        Ok(Self {
            version: project.version(name)?,
            docs,
            others,
        })
    }
}

fn compare_crate(name: &str, workshop: &Workshop, theirs: &Official) -> Result<Comparison, String> {
    let mut ours = Docs::default();
    let project = workshop.ours(name)?;
    ours.add(&project.current(name)?)?;
    ours.add(&project.current("swage-client")?)?;
    for file in &theirs.others {
        ours.add(file)?;
    }
    Ok(compare(&theirs.docs, &ours, |krate| {
        krate.starts_with("swage")
    }))
}

/// Prints what is missing, and how many items of each kind are there.
fn print(name: &str, version: &str, library: &str, found: &Comparison) {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for of in &found.differences {
        if let Some(reason) = named::reason(library, of) {
            *reasons.entry(reason).or_default() += 1;
            continue;
        }
        match &of.what {
            What::Missing { theirs } => {
                println!("- {} {library}::{} {theirs}", of.kind.name(), of.path)
            }
            What::Different { theirs, ours } => {
                println!(
                    "~ {library}::{}\n    theirs: {theirs}\n    ours:   {ours}",
                    of.path
                );
            }
        }
    }
    println!("\n{name} {version}");
    for (reason, count) in reasons {
        println!("{count:>6} {reason}");
    }
    let lacking = |kind| {
        found
            .differences
            .iter()
            .filter(|of| of.kind == kind)
            .count()
    };
    for (kind, all) in &found.counts {
        println!("{}", share(kind.name(), all - lacking(*kind), *all));
    }
    let all = found.counts.values().sum();
    println!("{}", share("all", all - found.differences.len(), all));
}

/// `method 90 of 100, 90.0 %`.
fn share(kind: &str, part: usize, all: usize) -> String {
    let permille = part * 1000 / all.max(1);
    format!(
        "{kind:>12} {part:>6} of {all:>6}  {:>3}.{} %",
        permille / 10,
        permille % 10
    )
}

fn as_json(name: &str, version: &str, library: &str, found: &Comparison) -> Json {
    let differences = found.differences.iter().map(|of| {
        let (theirs, ours) = match &of.what {
            What::Missing { theirs } => (theirs, None),
            What::Different { theirs, ours } => (theirs, Some(ours)),
        };
        json!({
            "kind": of.kind.name(),
            "path": format!("{library}::{}", of.path),
            "theirs": theirs,
            "ours": ours,
            "reason": named::reason(library, of),
        })
    });
    let differences: Vec<Json> = differences.collect();
    let counts: BTreeMap<_, _> = found.counts.iter().map(|(of, n)| (of.name(), n)).collect();
    json!({ "crate": name, "version": version, "items": counts, "differences": differences })
}
