//! The options of a command: each has a name under which its member can be reached, whatever other options there are.

use super::{Claims, option};

/// The options that every command has. They are read before those of the operation, and may be abbreviated. A test compares
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

/// The options that every operation has.
const COMMON: [&str; 3] = ["cli-input-json", "generate-cli-skeleton", "help"];

/// Stands before the name of an option that can't have its own. No member's name has a dot, so that neither a member that
/// is there nor one that a later model adds takes the name away.
const PREFIX: &str = "input.";

/// A member of an operation's input.
pub(crate) struct InputMember<'a> {
    pub(crate) name: &'a str,
    /// The name of its option where the model has one: `swage.cli#name`.
    pub(crate) given: Option<&'a str>,
    /// A flag has a second form, with `no-`.
    pub(crate) flag: bool,
    /// It is for the token or the size of a page: the command reads it by rules of its own.
    pub(crate) paging: bool,
}

/// An option of a command.
#[derive(Debug)]
pub(crate) struct CommandOption {
    /// Without hyphens in front: `traffic-policy-version`.
    pub(crate) name: String,
    /// Why it isn't called after its member.
    pub(crate) reason: Option<String>,
}

/// Names the options of an operation, one for each member. `paging`: the options for pages that the command has.
pub(crate) fn options(members: &[InputMember<'_>], paging: &[&str]) -> Vec<CommandOption> {
    let mut claims = Claims::default();
    for member in members {
        claims.taken.extend(
            member
                .given
                .into_iter()
                .flat_map(|name| forms(name, member.flag)),
        );
    }
    let mut named = |member: &InputMember<'_>| {
        if let Some(name) = member.given {
            return CommandOption {
                name: name.to_owned(),
                reason: None,
            };
        }
        let natural = option(member.name);
        let reason = forms(&natural, member.flag).iter().find_map(|form| {
            shadow(form)
                .or_else(|| {
                    (!member.paging && paging.contains(&form.as_str()))
                        .then(|| format!("`--{form}` is an option for pages"))
                })
                .or_else(|| {
                    claims
                        .taken
                        .contains(form)
                        .then(|| format!("`--{form}` belongs to another member"))
                })
        });
        let wanted = if reason.is_some() {
            format!("{PREFIX}{natural}")
        } else {
            natural
        };
        let name = claims.claim(&wanted, "-", |candidate| forms(candidate, member.flag));
        CommandOption { name, reason }
    };
    members.iter().map(&mut named).collect()
}

/// Under which names an option can be given.
fn forms(name: &str, flag: bool) -> Vec<String> {
    let off = flag.then(|| format!("no-{name}"));
    std::iter::once(name.to_owned()).chain(off).collect()
}

/// Why a word can't be an option of an operation: as it is, or as an abbreviation, it is one that every command has.
pub(crate) fn shadow(name: &str) -> Option<String> {
    if COMMON.contains(&name) {
        return Some(format!("`--{name}` is an option of every operation"));
    }
    let global = GLOBAL.iter().find(|global| global.starts_with(name))?;
    Some(if *global == name {
        format!("`--{name}` is a global option")
    } else {
        format!("`--{name}` abbreviates the global option `--{global}`")
    })
}
