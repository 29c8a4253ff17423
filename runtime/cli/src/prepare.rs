//! From the words of a command to a checked input and a client that can send it.

use crate::args::command::Given;
use crate::command::Command;
use crate::context::Context;
use crate::output::{Format, Style};
use crate::paginate::{self, PageWalk};
use crate::stop::Stop;
use crate::values::{self, Members, cli_input_json, fill, path};
use crate::{check, client, outfile, print, skeleton, stdout, transfer};
use aws_smithy_types::base64;
use swage_client::client::Client;
use swage_client::{Any, Record};

/// What a call needs.
pub(crate) struct Prepared {
    pub(crate) client: Client,
    pub(crate) input: Record,
    /// How to fetch all pages; none for a single call.
    pub(crate) walk: Option<PageWalk>,
}

/// Converts what was given into values, builds the client, and checks the input.
///
/// Returns nothing when `--generate-cli-skeleton` asked for a sample, which has been printed then.
pub(crate) fn prepare(
    context: &Context,
    command: &'static Command,
    given: &Given,
) -> Result<Option<Prepared>, Stop> {
    let input = command.operation().input;
    check_excluded(given)?;
    let mut members = members(given)?;
    check_only(command, given, &members)?;
    given
        .outfiles
        .iter()
        .try_for_each(|target| outfile::check(&target.file))?;
    for (shortcut, raw) in &given.shortcuts {
        fill::fill(input, shortcut, raw, &mut members)?;
    }
    context.settings.check_profile()?;
    if let Some(text) = &given.cli_input_json {
        cli_input_json::add(text, &mut members)?;
    }
    fill::defaults(input, command.shortcuts, &mut members)?;
    fill::moves(input, command.moves, &mut members)?;
    encode(command, &mut members);
    if given.skeleton.is_none() {
        transfer::fill(command, given, &mut members)?;
    }
    if given.skeleton.as_deref() == Some("input") {
        return print_input_skeleton(context, command).map(|()| None);
    }
    let walk = paginate::plan(context, command, given, &mut members)?;
    let client = client::build(context, command, &members)?;
    let (input, problems) = check::input(input, members);
    if !problems.is_empty() && context.settings.validates() {
        return Err(Stop::Error(format!(
            "Parameter validation failed:\n{}",
            problems.join("\n")
        )));
    }
    if given.skeleton.is_some() {
        let sample = skeleton::output(command.operation().output);
        return print::response(context, command, sample).map(|()| None);
    }
    Ok(Some(Prepared {
        client,
        input,
        walk,
    }))
}

/// Refuses options that can't be given together, in the AWS CLI's words.
fn check_excluded(given: &Given) -> Result<(), Stop> {
    let key = |option: &str| option.trim_start_matches('-').replace('-', "_");
    for (shortcut, _) in &given.shortcuts {
        let others = given.members.iter();
        let others = others.filter(|(member, ..)| shortcut.excludes.contains(&member.name()));
        let others: Vec<_> = others.map(|(_, option, _)| key(option)).collect();
        if !others.is_empty() {
            return Err(Stop::Error(format!(
                "The key \"{}\" cannot be specified when one of the following keys are also specified: {}",
                key(shortcut.name),
                others.join(", ")
            )));
        }
    }
    Ok(())
}

/// Refuses values that nothing but a shortcut can give, in the AWS CLI's words.
fn check_only(command: &Command, given: &Given, members: &Members) -> Result<(), Stop> {
    for shortcut in command.shortcuts {
        let path = shortcut.sets.first().copied().unwrap_or_default();
        let (Some(what), Some((parent, name))) = (shortcut.only, path.rsplit_once('.')) else {
            continue;
        };
        if path::find(members, path).is_some() {
            let mut given = given.members.iter();
            let given = given.find(|(member, ..)| parent.starts_with(member.name()));
            let option = given.map_or(parent, |(_, option, _)| option.as_str());
            return Err(Stop::Error(format!(
                "{name} cannot be provided as part of the {option} argument.  Please use the '--{}' option instead to \
                 specify {what}.",
                shortcut.name
            )));
        }
    }
    Ok(())
}

/// Encodes the values that are sent in base64.
fn encode(command: &Command, members: &mut Members) {
    let options = command.base64_options();
    for (name, value) in members.iter_mut() {
        let bytes = match value {
            Any::String(text) => text.as_bytes(),
            Any::Blob(bytes) => bytes,
            _ => continue,
        };
        if options.clone().any(|option| option.member() == name) {
            *value = Any::String(base64::encode(bytes));
        }
    }
}

/// The members of the input that options set.
fn members(given: &Given) -> Result<Members, Stop> {
    let given = given.members.iter();
    given
        .map(|(member, option, raw)| {
            let value = values::convert(member, option, raw.clone())?;
            Ok((member.name().to_owned(), value))
        })
        .collect()
}

/// Prints a sample of the input. Unlike an empty response, an empty sample is shown.
fn print_input_skeleton(context: &Context, command: &Command) -> Result<(), Stop> {
    let schema = command.operation().input;
    if schema.members().is_empty() {
        return stdout::print_line("{}");
    }
    let style = Style {
        format: Format::Json,
        color: false,
        width: 80,
    };
    print::styled(context, style, command, skeleton::input(schema))
}
