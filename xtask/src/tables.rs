//! `cargo xtask tables`: compares the commands and options of all of AWS's services with those of the AWS CLI.
//!
//! Both use the AWS CLI's models. Nothing is compiled: the tables come from the plans of the crates.

mod compare;
mod named;

use crate::process::{aws, botocore, newest_model, output, python};
use compare::Difference;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use swage::{Settings, job};
use swage_codegen::{CommandInfo, CommandLine};

/// Compare the commands and options of all services with those of the AWS CLI
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print our tables as JSON, and don't compare them
    #[arg(long)]
    json: bool,
}

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let peer = aws().and_then(|aws| Some((botocore(&aws).ok()?, aws)));
    let (Some((data, aws)), Some(script)) = (peer, script(root)) else {
        println!("skipped: no AWS CLI version 1, or no ../shared/cli/all-services");
        return Ok(ExitCode::SUCCESS);
    };
    let ours = command_lines(&services(&data)?)?;
    if arguments.json {
        let tables = ours.iter().map(|(name, of)| (name.clone(), table(of)));
        println!("{:#}", Json::Object(tables.collect()));
        return Ok(ExitCode::SUCCESS);
    }
    report(&compare::all(&ours, &theirs(&aws, &script)?))
}

/// Prints the differences of each service that README doesn't name, and how many of those that it names there are.
fn report(services: &[Vec<Difference>]) -> Result<ExitCode, String> {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    let mut equal = 0;
    for found in services {
        let unnamed = found.iter().filter(|of| named::reason(of).is_none());
        equal += usize::from(unnamed.clone().count() == 0);
        unnamed.for_each(|of| println!("{of}"));
        for reason in found.iter().filter_map(named::reason) {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    for (reason, count) in reasons {
        println!("{count:>5} {reason}");
    }
    let (all, plain) = (
        services.len(),
        services.iter().filter(|of| of.is_empty()).count(),
    );
    println!(
        "{equal} of {all} services have the AWS CLI's commands and options, {plain} without an exception"
    );
    let unused = named::unused(&services.concat());
    if !unused.is_empty() {
        return Err(format!("error: nothing differs at: {}", unused.join(", ")));
    }
    Ok(if equal == all {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The script that prints the AWS CLI's tables stands beside the project where it is developed.
fn script(root: &Path) -> Option<PathBuf> {
    let shared = std::env::var_os("SWAGE_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| root.join("../shared"));
    let script = shared.join("cli/all-services/dump_aws.py");
    script.is_file().then_some(script)
}

/// The AWS CLI's tables.
fn theirs(aws: &Path, script: &Path) -> Result<Json, String> {
    let folder = tempfile::tempdir().map_err(|error| format!("error: {error}"))?;
    let file = folder.path().join("aws.json");
    output(Command::new(python(aws)).arg(script).arg(&file))?;
    let text = std::fs::read_to_string(&file).map_err(|error| format!("error: {error}"))?;
    serde_json::from_str(&text).map_err(|error| format!("error: {error}"))
}

/// The folders of the services' newest models, by the names of the services' folders.
fn services(data: &Path) -> Result<Vec<(String, PathBuf)>, String> {
    let wrong = |error: std::io::Error| format!("error: {}: {error}", data.display());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(data).map_err(wrong)? {
        let folder = entry.map_err(wrong)?.path();
        if let (Some(newest), Some(name)) = (newest_model(&folder), folder.file_name()) {
            found.push((name.to_string_lossy().into_owned(), newest));
        }
    }
    found.sort();
    Ok(found)
}

/// Our command lines, by the names of the services' folders.
fn command_lines(services: &[(String, PathBuf)]) -> Result<Vec<(String, CommandLine)>, String> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some((name, folder)) = services.get(next.fetch_add(1, Ordering::Relaxed)) {
            let mut settings = Settings::default();
            settings.models = vec![folder.clone()];
            let made = job::command_line(&settings).map_err(|error| error.render(false));
            if let Ok(mut found) = found.lock() {
                found.push((name.clone(), made));
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    let mut found = found.into_inner().map_err(|error| error.to_string())?;
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    let found = found.into_iter().map(|(name, made)| Ok((name, made?)));
    found.collect()
}

fn table(of: &CommandLine) -> Json {
    let commands = of.commands.iter().map(|of| (of.name.clone(), command(of)));
    json!({
        "name": of.name,
        "commands": Json::Object(commands.collect()),
        "waiters": of.waiters,
    })
}

fn command(of: &CommandInfo) -> Json {
    let options = of.options.iter().map(|of| {
        let facts = json!({
            "member": of.member,
            "off": of.off,
            "aliases": of.aliases,
            "hidden": of.is_hidden,
            "paging": of.is_paging,
            "value": of.has_value,
            "required": of.is_required,
        });
        (of.name.clone(), facts)
    });
    json!({
        "operation": of.operation,
        "aliases": of.aliases,
        "hidden": of.is_hidden,
        "options": Json::Object(options.collect()),
        "pageOptions": of.page_options,
        "outfile": of.has_outfile,
    })
}
