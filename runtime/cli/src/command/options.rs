//! The options of a command: one for each member of the input, named by the AWS CLI's rule.

use super::pages::PageOption;
use super::{Command, names};
use std::borrow::Cow;
use swage_client::schema::{Kind, Member};

/// An option that differs from what its member says.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub struct CommandOption {
    member: &'static str,
    name: &'static str,
    aliases: &'static [&'static str],
    is_flag: bool,
    off: Option<&'static str>,
    is_hidden: bool,
    pub(crate) is_base64: bool,
    has_plain_values: bool,
    note: &'static str,
}

impl CommandOption {
    /// The option of that member has this name instead of the one that follows from the member's: `input.version`.
    pub const fn new(member: &'static str, name: &'static str) -> Self {
        Self {
            member,
            name,
            aliases: &[],
            is_flag: false,
            off: None,
            is_hidden: false,
            is_base64: false,
            has_plain_values: false,
            note: "",
        }
    }

    /// Sets other names, which help doesn't show.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The option can be given without a value: then it sets the only member of its structure, a boolean, to true.
    #[must_use]
    pub const fn flag(mut self) -> Self {
        self.is_flag = true;
        self
    }

    /// Sets the name of the option that turns a flag off; `no-` and the option's name where nothing is set.
    #[must_use]
    pub const fn off(mut self, off: &'static str) -> Self {
        self.off = Some(off);
        self
    }

    /// Leaves the option out of help.
    #[must_use]
    pub const fn hidden(mut self) -> Self {
        self.is_hidden = true;
        self
    }

    /// Sends the value in base64.
    #[must_use]
    pub const fn base64(mut self) -> Self {
        self.is_base64 = true;
        self
    }

    /// Words are the values of the only member of each element.
    #[must_use]
    pub const fn plain_values(mut self) -> Self {
        self.has_plain_values = true;
        self
    }

    /// The member of the input.
    pub(crate) fn member(&self) -> &'static str {
        self.member
    }

    /// Sets what help says about the name, in a sentence.
    #[must_use]
    pub const fn note(mut self, note: &'static str) -> Self {
        self.note = note;
        self
    }
}

/// The option for a member of the input.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(crate) struct MemberOption {
    /// Without hyphens in front: `content-type`.
    pub(crate) name: Cow<'static, str>,
    /// Other names, which help doesn't show.
    pub(crate) aliases: &'static [&'static str],
    /// The option that turns a flag off: `no-content`.
    pub(crate) off: Option<Cow<'static, str>>,
    pub(crate) member: &'static Member,
    /// Whether help leaves it out.
    pub(crate) is_hidden: bool,
    /// Whether words are the values of the only member of each element.
    pub(crate) has_plain_values: bool,
    /// Whether another option sets a part of its member.
    pub(crate) is_filled: bool,
    /// Whether the file that is uploaded sets its member.
    pub(crate) is_set_by_file: bool,
    /// What help says about its name.
    pub(crate) note: Option<&'static str>,
    pub(crate) paging: Paging,
}

/// What an option has to do with pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    /// Nothing.
    None,
    /// It sets the token or the size of a page: help leaves it out, and when it is given, the command makes one call.
    Manual,
    /// An option for pages has the same name, and is meant unless `--no-paginate` is given.
    Shadowed(PageOption),
}

impl MemberOption {
    /// Whether it is a flag without a value.
    pub(crate) fn is_flag(&self) -> bool {
        self.member.target().kind() == Kind::Boolean
    }

    /// Whether it must be given. An option with several names, or whose member another option can set, is missed
    /// when the input is checked.
    pub(crate) fn is_required(&self) -> bool {
        self.is_shown_as_required() && !self.is_flag() && self.aliases.is_empty() && !self.is_filled
    }

    /// Whether help shows it as required.
    pub(crate) fn is_shown_as_required(&self) -> bool {
        self.member.is_required() && !self.member.is_idempotency_token() && !self.is_set_by_file
    }
}

impl Command {
    /// The options for the members of the input, in their order.
    pub(crate) fn member_options(&self) -> Vec<MemberOption> {
        let pages = self.paging();
        let page_options = self.page_options();
        let option = |member: &'static Member| {
            let special = self.options.iter().find(|of| of.member == member.name());
            let name: Cow<'static, str> = match special {
                Some(special) => special.name.into(),
                None => names::hyphenated(member.name()).into(),
            };
            let is_flag = member.target().kind() == Kind::Boolean
                || special.is_some_and(|special| special.is_flag);
            let off = special.and_then(|special| special.off).map(Cow::Borrowed);
            let off = is_flag.then(|| off.unwrap_or_else(|| format!("no-{name}").into()));
            let shadow = page_options.iter().find(|of| of.name() == name);
            let paging = match shadow {
                Some(shadow) => Paging::Shadowed(*shadow),
                None if pages.is_some_and(|pages| pages.uses(member)) => Paging::Manual,
                None => Paging::None,
            };
            let note = special.map(|special| special.note);
            MemberOption {
                aliases: special.map_or(&[], |special| special.aliases),
                is_filled: self
                    .shortcuts
                    .iter()
                    .any(|of| of.members().any(|name| name == member.name())),
                is_set_by_file: self.is_set_by_file(member.name()),
                has_plain_values: special.is_some_and(|special| special.has_plain_values),
                is_hidden: special.is_some_and(|special| special.is_hidden),
                off,
                name,
                member,
                note: note.filter(|note| !note.is_empty()),
                paging,
            }
        };
        self.operation.input.members().iter().map(option).collect()
    }
}
