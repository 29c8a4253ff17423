//! The commands of a crate's command line as data, for comparisons with other command lines.

use crate::names::{self, OptionForm};
use crate::plan::{Binding, Operation, Plan, Shortcut, Ty};

/// A command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLine {
    /// The name of the program.
    pub name: String,
    /// The commands that call operations, in the order of the model.
    pub commands: Vec<CommandInfo>,
    /// The names of the commands below `wait`, in the order of the model.
    pub waiters: Vec<String>,
}

/// A command that calls an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// The name of the command.
    pub name: String,
    /// Other names, which help doesn't show.
    pub aliases: Vec<String>,
    /// The operation's name in the model.
    pub operation: String,
    /// Whether help leaves it out of its lists.
    pub is_hidden: bool,
    /// The options for the members of the input, in the order of the model.
    pub options: Vec<OptionInfo>,
    /// The options that set parts of members or write parts of the output into files.
    pub shortcuts: Vec<ShortcutInfo>,
    /// The options for pages: `max-items`.
    pub page_options: Vec<&'static str>,
    /// Whether a payload of the output is written into a file, which the command takes as a positional argument.
    pub has_outfile: bool,
}

/// An option for a member of the input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct OptionInfo {
    /// Without leading hyphens: `content-type`.
    pub name: String,
    /// The form that turns a flag off: `no-content`.
    pub off: Option<String>,
    /// Other names, which help doesn't show.
    pub aliases: Vec<String>,
    /// Whether it can have a value; otherwise it is a flag.
    pub has_value: bool,
    /// Whether help leaves it out.
    pub is_hidden: bool,
    /// Whether it sets the token or the size of a page, so that help leaves it out as well.
    pub is_paging: bool,
    /// The member's name in the model.
    pub member: String,
    /// Whether the command rejects calls without it before anything else is checked.
    pub is_required: bool,
}

/// An option that sets parts of members or writes a part of the output into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortcutInfo {
    /// Without leading hyphens: `image-bytes`.
    pub name: String,
    /// Whether the command rejects calls without it.
    pub is_required: bool,
}

/// The command line of a plan.
pub(crate) fn command_line(plan: &Plan) -> CommandLine {
    let waiters = plan.commands().flat_map(|of| &of.waiters);
    CommandLine {
        name: plan.program.clone(),
        commands: plan.commands().map(command).collect(),
        waiters: waiters.map(|of| names::command(&of.name)).collect(),
    }
}

fn shortcut(of: &Shortcut) -> ShortcutInfo {
    ShortcutInfo {
        name: of.name.clone(),
        is_required: of.required,
    }
}

fn command(of: &Operation) -> CommandInfo {
    let members = of.input.members.iter().zip(&of.options);
    let options = members.map(|(member, option)| OptionInfo {
        name: option.name.clone(),
        off: option.off.clone(),
        aliases: option.aliases.clone(),
        is_hidden: option.hidden,
        is_paging: option.paging,
        member: member.name.clone(),
        has_value: option.form != OptionForm::Flag,
        is_required: option.is_required(member.required && !member.token),
    });
    let shortcuts = of.shortcuts.iter().map(shortcut);
    let outfiles = of.outfiles.iter().flat_map(|of| {
        of.names().map(|name| ShortcutInfo {
            name: name.to_owned(),
            is_required: of.required,
        })
    });
    let mut outputs = of.output.members.iter();
    CommandInfo {
        name: of.command.clone(),
        operation: of.name.clone(),
        aliases: of.aliases.clone(),
        is_hidden: of.is_hidden(),
        options: options.collect(),
        shortcuts: shortcuts.chain(outfiles).collect(),
        page_options: of.page_options.clone(),
        has_outfile: outputs.any(|of| {
            matches!(of.table.binding, Binding::Payload) && matches!(of.ty, Ty::Blob | Ty::Stream)
        }),
    }
}
