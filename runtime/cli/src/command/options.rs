//! The options of a command: one for each member of the input, named by the AWS CLI's rule.

use super::pages::PageOption;
use super::{Command, names};
use std::borrow::Cow;
use swage_client::schema::{Kind, Member};

/// An option that differs from what its member says.
#[derive(Debug)]
pub struct CommandOption {
    member: &'static str,
    name: &'static str,
    note: &'static str,
}

impl CommandOption {
    /// The option of that member has this name instead of the one that follows from the member's: `input.version`.
    pub const fn new(member: &'static str, name: &'static str) -> Self {
        Self {
            member,
            name,
            note: "",
        }
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
pub(crate) struct MemberOption {
    /// Without hyphens in front: `content-type`.
    pub(crate) name: Cow<'static, str>,
    pub(crate) member: &'static Member,
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
    /// Whether it is a flag, which has no value but a second form: `--no-content`.
    pub(crate) fn is_flag(&self) -> bool {
        self.member.target().kind() == Kind::Boolean
    }

    /// Whether it must be given.
    pub(crate) fn is_required(&self) -> bool {
        self.member.is_required() && !self.member.is_idempotency_token() && !self.is_flag()
    }
}

impl Command {
    /// The options for the members of the input, in their order.
    pub(crate) fn member_options(&self) -> Vec<MemberOption> {
        let pages = self.paging();
        let page_options = self.page_options();
        let option = |member: &'static Member| {
            let special = self.options.iter().find(|of| of.member == member.name());
            let name = match special {
                Some(special) => special.name.into(),
                None => names::hyphenated(member.name()).into(),
            };
            let shadow = page_options.iter().find(|of| of.name() == name);
            let paging = match shadow {
                Some(shadow) => Paging::Shadowed(*shadow),
                None if pages.is_some_and(|pages| pages.uses(member)) => Paging::Manual,
                None => Paging::None,
            };
            let note = special.map(|special| special.note);
            MemberOption {
                name,
                member,
                note: note.filter(|note| !note.is_empty()),
                paging,
            }
        };
        self.operation.input.members().iter().map(option).collect()
    }
}
