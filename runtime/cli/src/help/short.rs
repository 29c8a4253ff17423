//! `--help`: clap's short form, with a sentence for each operation and option.

use super::globals::{CLI_INPUT_JSON, GENERATE_CLI_SKELETON, GLOBALS};
use super::inline::marked;
use super::layout::plain;
use super::manual::{Block, Manual};
use super::syntax::type_name;
use crate::args::operation::output_file;
use crate::command::{Cli, CliOperation};
use swage_client::schema::{Kind, Member};

/// The operations, a line each.
pub(crate) fn of_program(cli: &'static Cli) -> String {
    let operations = cli.operations.iter().map(|operation| (operation.command)());
    let command = clap::Command::new(cli.name)
        .override_usage(format!("{} [options] <operation> [parameters]", cli.name))
        .subcommand_help_heading("Operations")
        .subcommands(operations)
        .disable_help_subcommand(true)
        .after_help(format!(
            "`{0} help` and `{0} <operation> help` show the whole manual.",
            cli.name
        ));
    with_globals(command).render_help().to_string()
}

/// The options of an operation.
pub(crate) fn of_operation(cli: &Cli, operation: &CliOperation) -> String {
    let manual = Manual::new(cli.manual);
    let mut command = (operation.command)().bin_name(format!("{} {}", cli.name, operation.name));
    for (name, member) in super::operation::options(operation) {
        let text = describe(&manual, operation, &name, member);
        command = command.mut_arg(&name, |option| {
            let reason = option.get_help().map(ToString::to_string);
            let text = reason.map_or(text.clone(), |reason| {
                format!("{text} {}", reason.replace('`', ""))
            });
            option.help(text)
        });
    }
    let to_file = output_file(operation.operation).is_some();
    for (name, text) in own(to_file) {
        command = add(command, extra(name, text));
    }
    for (name, _, texts) in super::paging_options(operation) {
        command = add(command, extra(name, texts.first().unwrap_or(&"")));
    }
    if to_file {
        let file = clap::Arg::new("outfile").required(true);
        command = command.arg(file.help("The file for what comes back; - is standard output."));
    }
    let more = format!(
        "`{} {} help` shows the whole manual.",
        cli.name, operation.name
    );
    with_globals(command.after_help(more))
        .render_help()
        .to_string()
}

/// The options that an operation has beside its members, unless its output goes to a file.
fn own(to_file: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let options = [
        ("--cli-input-json", CLI_INPUT_JSON),
        ("--generate-cli-skeleton", GENERATE_CLI_SKELETON),
    ];
    options.into_iter().filter(move |_| !to_file)
}

fn extra(name: &'static str, text: &str) -> clap::Arg {
    crate::option(name.trim_start_matches('-')).help(first_sentence(text))
}

/// Adds an option, unless a member has its name.
fn add(command: clap::Command, option: clap::Arg) -> clap::Command {
    let taken = command
        .get_arguments()
        .any(|known| known.get_id() == option.get_id());
    if taken { command } else { command.arg(option) }
}

fn with_globals(command: clap::Command) -> clap::Command {
    let own_help = command
        .get_arguments()
        .any(|option| option.get_id() == "help");
    GLOBALS.iter().fold(
        command.disable_help_flag(own_help),
        |command, (name, kind, text, values)| {
            let name = name.trim_start_matches('-');
            let option = match *kind {
                "boolean" => crate::flag(name),
                _ if name == "version" => crate::flag(name),
                _ => crate::option(name),
            };
            let mut text = match name {
                // Its first sentence tells what happens without it.
                "no-verify-ssl" => "Do not verify SSL certificates.".to_owned(),
                _ => first_sentence(text),
            };
            if !values.is_empty() {
                text = format!("{text} [{}]", values.join(", "));
            }
            add(command, option.help(text).help_heading("Global options"))
        },
    )
}

/// What a member is for, in a sentence; its type when nothing says that.
fn describe(manual: &Manual<'_>, operation: &CliOperation, name: &str, member: &Member) -> String {
    let blocks = manual.member(operation.operation.input.id(), member);
    let text = paragraph(&blocks).map(first_sentence).unwrap_or_default();
    let blank = if text.is_empty() { "" } else { " " };
    if member.target().kind() == Kind::Boolean {
        format!("{text}{blank}[off: --no-{name}]")
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

/// The text up to its first full stop, without marks.
fn first_sentence(text: &str) -> String {
    let text = plain(&marked(text));
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    let abbreviated = |before: &str| {
        ["e.g", "i.e", "etc", " vs"]
            .iter()
            .any(|s| before.ends_with(s))
    };
    let end = text
        .match_indices(". ")
        .find(|(at, _)| !text.get(..*at).is_some_and(abbreviated))
        .map_or(text.len(), |(at, _)| at + 1);
    text.get(..end)
        .unwrap_or(&text)
        .replace(" ,", ",")
        .replace(" .", ".")
}
