//! Names of command line options. Every member has an option that no other option hides.

use super::{Claims, option};

/// Global options. They are parsed before those of the operation, and can be abbreviated. A test compares
/// the list with that of `swage-cli`.
const GLOBAL: [&str; 15] = [
    "debug",
    "endpoint-url",
    "no-verify-ssl",
    "no-paginate",
    "output",
    "query",
    "profile",
    "region",
    "color",
    "no-sign-request",
    "ca-bundle",
    "cli-read-timeout",
    "cli-connect-timeout",
    "v2-debug",
    "version",
];

/// Global options that can't be abbreviated. The same test compares them.
const EXACT: [&str; 3] = ["print-request", "no-cli-pager", "no-cli-auto-prompt"];

/// The options that every operation has.
const COMMON: [&str; 3] = ["cli-input-json", "generate-cli-skeleton", "help"];

/// The prefix for an option that can't have its own name. No member's name has a dot, so that no other member,
/// including those of later models, can have this name.
const PREFIX: &str = "input.";

/// A member of an operation's input.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(crate) struct InputMember<'a> {
    pub(crate) name: &'a str,
    pub(crate) form: OptionForm,
    /// The value of `swage.cli#name`, if any.
    pub(crate) given: Option<&'a str>,
    /// The value of `swage.cli#off`, if any.
    pub(crate) off: Option<&'a str>,
    /// The value of `swage.cli#aliases`.
    pub(crate) aliases: Vec<String>,
    /// `swage.cli#base64`.
    pub(crate) base64: bool,
    /// `swage.cli#plainValues`.
    pub(crate) plain: bool,
    /// `swage.cli#hidden`.
    pub(crate) hidden: bool,
    /// Whether it is a page token or page size, which the command handles itself.
    pub(crate) paging: bool,
}

/// Whether an option has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OptionForm {
    Value,
    /// No value, and a second form that turns it off.
    Flag,
    /// An optional value; without it, the option is a flag.
    FlagOrValue,
}

/// A command line option.
#[derive(Debug)]
pub(crate) struct CommandOption {
    /// Without leading hyphens: `traffic-policy-version`.
    pub(crate) name: String,
    pub(crate) form: OptionForm,
    /// The form of a flag that turns it off.
    pub(crate) off: Option<String>,
    /// Other names, which help doesn't show.
    pub(crate) aliases: Vec<String>,
    /// Whether its value is sent in base64.
    pub(crate) base64: bool,
    /// Whether its words are the values of the only member of each element.
    pub(crate) plain: bool,
    /// Whether help leaves it out.
    pub(crate) hidden: bool,
    /// Why its name isn't the member's.
    pub(crate) reason: Option<String>,
}

impl CommandOption {
    /// Whether it differs from what follows from its member.
    pub(crate) fn differs_from(&self, member: &str) -> bool {
        self.name != option(member)
            || !self.aliases.is_empty()
            || !self.has_usual_off()
            || self.form == OptionForm::FlagOrValue
            || self.hidden
            || self.base64
            || self.plain
    }

    /// What help says about a name that isn't the member's.
    pub(crate) fn note(&self, member: &str) -> Option<String> {
        let reason = self.reason.as_ref()?;
        Some(format!("This option sets `{member}`, because {reason}."))
    }

    /// Whether the form that turns a flag off has its usual name.
    pub(crate) fn has_usual_off(&self) -> bool {
        self.off.as_ref().is_none_or(|off| *off == no(&self.name))
    }
}

/// Names the options of an operation, one for each member. `paging` are the options for pages that the command has, and
/// `others` are further ones.
pub(crate) fn options(
    members: &[InputMember<'_>],
    paging: &[&str],
    others: Vec<&str>,
) -> Vec<CommandOption> {
    let mut claims = Claims::default();
    claims.taken.extend(others.into_iter().map(str::to_owned));
    for member in members {
        claims.taken.extend(given_forms(member));
    }
    let mut named = |member: &InputMember<'_>| {
        let (name, reason) = match member.given {
            Some(name) => (name.to_owned(), None),
            None => natural(member, paging, &mut claims),
        };
        let off = (member.form != OptionForm::Value)
            .then(|| member.off.map_or_else(|| no(&name), str::to_owned));
        CommandOption {
            name,
            form: member.form,
            off,
            aliases: member.aliases.clone(),
            base64: member.base64,
            plain: member.plain,
            hidden: member.hidden,
            reason,
        }
    };
    members.iter().map(&mut named).collect()
}

/// The name of an option after its member, or with a prefix if that is taken: then with the reason.
fn natural(
    member: &InputMember<'_>,
    paging: &[&str],
    claims: &mut Claims,
) -> (String, Option<String>) {
    let natural = option(member.name);
    let reason = forms(&natural, member).iter().find_map(|form| {
        let of_pages = !member.paging && paging.contains(&form.as_str());
        let of_pages = of_pages.then(|| format!("`--{form}` is an option for pages"));
        let is_taken = claims.taken.contains(form);
        let taken = is_taken.then(|| format!("`--{form}` belongs to another member"));
        shadow(form).or(of_pages).or(taken)
    });
    let wanted = if reason.is_some() {
        format!("{PREFIX}{natural}")
    } else {
        natural
    };
    let name = claims.claim(&wanted, "-", |candidate| forms(candidate, member));
    (name, reason)
}

/// The forms of an option of this name that the model doesn't name.
fn forms(name: &str, member: &InputMember<'_>) -> Vec<String> {
    let is_flag = member.form != OptionForm::Value;
    let off = (is_flag && member.off.is_none()).then(|| no(name));
    std::iter::once(name.to_owned()).chain(off).collect()
}

/// The forms of a member's option that the model names.
fn given_forms(member: &InputMember<'_>) -> Vec<String> {
    let named = member.given.into_iter();
    let named = named.flat_map(|name| forms(name, member));
    let off = member.off.map(str::to_owned);
    named.chain(member.aliases.clone()).chain(off).collect()
}

/// The usual name of the form that turns a flag off.
fn no(name: &str) -> String {
    format!("no-{name}")
}

/// Why a name can't be an option of an operation: it is one of every command, or an abbreviation of a global one.
pub(crate) fn shadow(name: &str) -> Option<String> {
    if COMMON.contains(&name) {
        return Some(format!("`--{name}` is an option of every operation"));
    }
    if EXACT.contains(&name) {
        return Some(format!("`--{name}` is a global option"));
    }
    let global = GLOBAL.iter().find(|global| global.starts_with(name))?;
    Some(if *global == name {
        format!("`--{name}` is a global option")
    } else {
        format!("`--{name}` abbreviates the global option `--{global}`")
    })
}
