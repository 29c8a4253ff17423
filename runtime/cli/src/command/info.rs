//! A command as data, for comparisons with other command lines.

use super::options::{MemberOption, Paging};
use super::{Command, Outfile};

/// A command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// Other names, which help doesn't show.
    pub aliases: Vec<String>,
    /// The operation's name in the model.
    pub operation: String,
    /// Whether help leaves it out of its lists.
    pub is_hidden: bool,
    /// The options for the members of the input, in the order of the model.
    pub options: Vec<OptionInfo>,
    /// The other options that only some commands have, and whether calls without them are rejected.
    pub extras: Vec<(String, bool)>,
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

impl CommandInfo {
    /// The facts of a command.
    pub fn new(of: &Command) -> Self {
        let shortcuts = of.shortcuts.iter();
        let shortcuts = shortcuts.map(|of| (of.name, of.is_required));
        let outfile = |of: &'static Outfile| of.options().map(|(name, ..)| (name, of.is_required));
        let outfiles = of.outfiles.iter().flat_map(outfile);
        let file = of.file_option().into_iter();
        let file = file.map(|of| (of.option.trim_start_matches('-'), true));
        let extras = shortcuts.chain(outfiles).chain(file);
        Self {
            aliases: owned(of.aliases),
            operation: of.operation.name.to_owned(),
            is_hidden: of.is_hidden,
            options: of.member_options().iter().map(OptionInfo::new).collect(),
            extras: extras
                .map(|(name, is_required)| (name.to_owned(), is_required))
                .collect(),
            page_options: of.page_options().iter().map(|of| of.name()).collect(),
            has_outfile: of.output_file().is_some(),
        }
    }
}

impl OptionInfo {
    fn new(of: &MemberOption) -> Self {
        Self {
            name: of.name.clone().into_owned(),
            off: of.off.clone().map(Into::into),
            aliases: owned(of.aliases),
            has_value: !of.is_flag(),
            is_hidden: of.is_hidden,
            is_paging: of.paging != Paging::None,
            member: of.member.name().to_owned(),
            is_required: of.is_required(),
        }
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().copied().map(str::to_owned).collect()
}
