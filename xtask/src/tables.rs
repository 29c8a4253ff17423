//! `cargo xtask tables`: compares the commands and options of all of AWS's services with those of the AWS CLI.
//!
//! Both use the AWS CLI's models. Nothing is compiled: our tables come from a pack, as the program for all services reads them.

mod compare;
mod named;

use crate::packs;
use crate::process::{aws, botocore, output, python};
use compare::Difference;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use swage_cli::__private::{self, CommandInfo};
use swage_client::pack::{Pack, PackError};

/// Compare the commands and options of all services with those of the AWS CLI
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Print our tables as JSON, and don't compare them
    #[arg(long)]
    json: bool,
}

/// The commands of a service.
struct CommandLine {
    name: &'static str,
    /// Other names of the service.
    aliases: &'static [&'static str],
    /// By name, in the order of the model.
    commands: Vec<(&'static str, CommandInfo)>,
    /// The names of the commands below `wait`.
    waiters: Vec<&'static str>,
}

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let peer = aws().and_then(|aws| Some((botocore(&aws).ok()?, aws)));
    let (Some((data, aws)), Some(script)) = (peer, script(root)) else {
        println!("skipped: no AWS CLI version 1, or no ../shared/cli/all-services");
        return Ok(ExitCode::SUCCESS);
    };
    let ours = command_lines(packs::all(&data)?).map_err(|error| format!("error: {error}"))?;
    if arguments.json {
        let tables = ours.iter().map(|of| (of.name.to_owned(), table(of)));
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

/// The command lines of a pack's services.
fn command_lines(bytes: &'static [u8]) -> Result<Vec<CommandLine>, PackError> {
    let pack = Pack::open(bytes)?;
    let services = pack.services()?.into_iter();
    let lines = services.map(|listed| {
        let packed = pack.service(listed.name)?;
        let commands = packed.commands()?.into_iter();
        let commands = commands.map(|of| {
            let command = __private::command(packed, &of)?;
            Ok((of.name, CommandInfo::new(command)))
        });
        Ok(CommandLine {
            name: listed.name,
            aliases: listed.aliases,
            commands: commands.collect::<Result<_, PackError>>()?,
            waiters: packed.waiters()?.iter().map(|of| of.command_name).collect(),
        })
    });
    lines.collect()
}

fn table(of: &CommandLine) -> Json {
    let commands = of.commands.iter();
    let commands = commands.map(|(name, of)| ((*name).to_owned(), command(of)));
    json!({
        "aliases": of.aliases,
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
        "otherOptions": of.extras.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "pageOptions": of.page_options,
        "outfile": of.has_outfile,
    })
}
