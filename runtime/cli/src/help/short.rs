//! `--help`: the short help, which clap lays out. A line for each command or option, with a sentence of its documentation.

use super::globals::{self, CLI_INPUT_JSON, GENERATE_CLI_SKELETON, GLOBALS};
use super::inline::marked;
use super::layout::plain;
use super::manual::{Block, Manual};
use super::syntax::type_name;
use crate::command::Command;
use crate::command::line::CommandLine;
use crate::command::options::{MemberOption, Paging};
use crate::stop::Stop;
use std::borrow::Cow;
#[cfg(feature = "pack")]
use swage_client::pack::ListedService;

/// The heading of the options that every command has.
pub(crate) const GLOBAL_OPTIONS: &str = "Global options";

/// The values of `--output`. Those for YAML are not on pages of the AWS CLI version 1.
const OUTPUTS: &[&str] = &["json", "text", "table", "yaml", "yaml-stream"];

/// The services of a program.
#[cfg(feature = "pack")]
pub(crate) fn of_services(program: &'static str, services: &[ListedService]) -> String {
    let services = services
        .iter()
        .map(|of| clap::Command::new(of.name).about(of.title));
    let help = clap::Command::new(program)
        .override_usage(format!(
            "{program} [options] <service> <operation> [parameters]"
        ))
        .subcommand_help_heading("Services")
        .subcommands(services)
        .disable_help_subcommand(true)
        .after_help(format!(
            "`{program} <service> help` shows the manual of a service."
        ));
    with_globals(help).render_help().to_string()
}

/// The commands of a service.
pub(crate) fn of_service(cli: CommandLine<'_>) -> Result<String, Stop> {
    let commands = cli.commands()?.into_iter().map(|command| {
        clap::Command::new(command.name)
            .about(command.summary)
            .hide(command.is_hidden)
    });
    let name = cli.typed();
    let program = clap::Command::new(cli.name())
        .override_usage(format!("{name} [options] <operation> [parameters]"))
        .subcommand_help_heading("Operations")
        .subcommands(commands)
        .disable_help_subcommand(true)
        .after_help(format!(
            "`{name} help` and `{name} <operation> help` show the whole manual."
        ));
    Ok(with_globals(program).render_help().to_string())
}

/// The options of a command.
pub(crate) fn of_command(cli: CommandLine<'_>, command: &Command) -> Result<String, Stop> {
    let definition = definition(cli, command, |_| true)?;
    let mut definition = definition.about(cli.summary(command)?);
    Ok(definition.render_help().to_string())
}

/// A command with its options and the global ones, in clap's terms. Reading documentation takes longer than the rest, so it is
/// only read for the members whose options are wanted with it.
pub(crate) fn definition(
    cli: CommandLine<'_>,
    command: &Command,
    is_described: impl Fn(&MemberOption) -> bool,
) -> Result<clap::Command, Stop> {
    let options = command.member_options();
    let is_described = |of: &MemberOption| of.paging == Paging::None && is_described(of);
    let shown = || options.iter().filter(|option| !option.is_hidden);
    let described: Vec<_> = shown().filter(|of| is_described(of)).collect();
    let text = manual(cli, command, &described)?;
    let manual = Manual::new(&text);
    let options = shown().map(|option| {
        let described = is_described(option).then(|| describe(&manual, command, option));
        member(option, described)
    });
    let whole_name = format!("{} {}", cli.typed(), command.name());
    let mut help = clap::Command::new(command.name())
        .disable_version_flag(true)
        .bin_name(&whole_name)
        .after_help(format!("`{whole_name} help` shows the whole manual."))
        .args(options);
    for shortcut in command.shortcuts {
        let option = match shortcut.sets {
            [] => flag(shortcut.name),
            _ => with_value(shortcut.name),
        };
        let option = option.required(shortcut.is_required);
        help = add(help, option.help(first_sentence(shortcut.documentation)));
    }
    for outfile in command.outfiles {
        for (name, text, values) in outfile.options() {
            let option = with_value(name).required(outfile.is_required);
            let option = option.help(first_sentence(text));
            help = add(
                help,
                match values {
                    [] => option,
                    values => option.value_parser(values.to_vec()),
                },
            );
        }
    }
    if let Some(file) = command.file_option() {
        let option = with_value(file.option.trim_start_matches('-')).required(true);
        help = add(help, option.help(first_sentence(file.documentation)));
    }
    let to_file = command.output_file().is_some();
    if !to_file {
        help = add(help, extra("cli-input-json", CLI_INPUT_JSON));
        help = add(help, extra("generate-cli-skeleton", GENERATE_CLI_SKELETON));
    }
    for option in command.page_options() {
        let (_, [text, _]) = globals::page_option(option);
        help = add(help, extra(option.name(), text));
    }
    if to_file {
        let file = clap::Arg::new("outfile").required(true);
        help = help.arg(file.help("The file for what comes back; - is standard output."));
    }
    Ok(with_globals(help))
}

/// The documentation of these options.
fn manual<'a>(
    cli: CommandLine<'a>,
    command: &Command,
    described: &[&MemberOption],
) -> Result<Cow<'a, str>, Stop> {
    if described.is_empty() {
        return Ok(Cow::default());
    }
    let own = cli.own_manual(command)?;
    let manual = Manual::new(&own);
    let input = command.operation().input.id();
    let has_own = |of: &&MemberOption| manual.has_member(input, of.member);
    if described.iter().all(has_own) {
        Ok(own)
    } else {
        cli.manual(Some(command))
    }
}

/// The option for a member. One that sets pages has no description.
fn member(option: &MemberOption, described: Option<String>) -> clap::Arg {
    let name = option.name.clone().into_owned();
    let arg = if option.is_flag() {
        flag(name)
    } else if option.off.is_some() {
        with_value(name).num_args(0..=1)
    } else {
        with_value(name)
    };
    let arg = arg.required(option.is_required());
    match (described, option.note) {
        (Some(text), Some(note)) => arg.help(format!("{text} {}", note.replace('`', ""))),
        (Some(text), None) => arg.help(text),
        (None, Some(note)) => arg.help(note),
        (None, None) => arg,
    }
}

fn with_value(name: impl Into<clap::builder::Str>) -> clap::Arg {
    let name = name.into();
    clap::Arg::new(&name).long(name).value_name("value")
}

/// An option without a value.
pub(crate) fn flag(name: impl Into<clap::builder::Str>) -> clap::Arg {
    let name = name.into();
    clap::Arg::new(&name)
        .long(name)
        .action(clap::ArgAction::SetTrue)
}

fn extra(name: &'static str, text: &str) -> clap::Arg {
    with_value(name).help(first_sentence(text))
}

/// Adds an option, unless a member's option has its name.
pub(crate) fn add(command: clap::Command, option: clap::Arg) -> clap::Command {
    let taken = command
        .get_arguments()
        .any(|known| known.get_id() == option.get_id());
    if taken { command } else { command.arg(option) }
}

/// Adds the global options.
pub(crate) fn with_globals(command: clap::Command) -> clap::Command {
    let own_help = command
        .get_arguments()
        .any(|option| option.get_id() == "help");
    let options = GLOBALS.iter().chain(globals::OWN);
    options.fold(
        command.disable_help_flag(own_help),
        |command, (name, kind, text, values)| {
            let name = name.trim_start_matches('-');
            let option = match *kind {
                "boolean" => flag(name),
                _ if name == "version" => flag(name),
                _ => with_value(name),
            };
            let mut text = match name {
                // The first sentence of the AWS CLI's text is about the default.
                "no-verify-ssl" => "Do not verify SSL certificates.".to_owned(),
                _ => first_sentence(text),
            };
            let values = match name {
                "output" => OUTPUTS,
                _ => values,
            };
            if !values.is_empty() {
                text = format!("{text} [{}]", values.join(", "));
            }
            add(command, option.help(text).help_heading(GLOBAL_OPTIONS))
        },
    )
}

/// The first sentence about a member; its type if there is no documentation.
fn describe(manual: &Manual<'_>, command: &Command, option: &MemberOption) -> String {
    let member = option.member;
    let blocks = manual.member(command.operation().input.id(), member);
    let text = paragraph(&blocks).map(first_sentence).unwrap_or_default();
    let blank = if text.is_empty() { "" } else { " " };
    if let Some(off) = &option.off {
        format!("{text}{blank}[off: --{off}]")
    } else if text.is_empty() {
        type_name(member.target()).to_owned()
    } else {
        text
    }
}

fn paragraph<'a>(blocks: &[Block<'a>]) -> Option<&'a str> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(text) => Some(*text),
        Block::Admonition(_, inside) | Block::Item(inside) => paragraph(inside),
        Block::Literal(_) => None,
    })
}

/// The text up to its first full stop, without markup.
fn first_sentence(text: &str) -> String {
    let text = plain(&marked(text));
    let text = text.split_whitespace().fold(String::new(), |line, word| {
        // Markup leaves blanks in front of punctuation.
        let is_mark = word.chars().all(|c| ",.:;)?!".contains(c));
        let blank = if line.is_empty() || is_mark { "" } else { " " };
        line + blank + word
    });
    let abbreviated = |before: &str| {
        ["e.g", "i.e", "etc", " vs"]
            .iter()
            .any(|s| before.ends_with(s))
    };
    let end = text
        .match_indices(". ")
        .find(|(at, _)| !text.get(..*at).is_some_and(abbreviated))
        .map_or(text.len(), |(at, _)| at + 1);
    text.get(..end).unwrap_or(&text).to_owned()
}
