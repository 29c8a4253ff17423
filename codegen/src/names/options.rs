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

/// The options that every operation has.
const COMMON: [&str; 3] = ["cli-input-json", "generate-cli-skeleton", "help"];

/// The prefix for an option that can't have its own name. No member's name has a dot, so that no other member,
/// including those of later models, can have this name.
const PREFIX: &str = "input.";

/// A member of an operation's input.
pub(crate) struct InputMember<'a> {
    pub(crate) name: &'a str,
    /// The value of `swage.cli#name`, if any.
    pub(crate) given: Option<&'a str>,
    /// Whether it is a flag, which has a second form with `no-`.
    pub(crate) flag: bool,
    /// Whether it is a page token or page size, which the command handles itself.
    pub(crate) paging: bool,
}

/// A command line option.
#[derive(Debug)]
pub(crate) struct CommandOption {
    /// Without leading hyphens: `traffic-policy-version`.
    pub(crate) name: String,
    /// Why its name isn't the member's.
    pub(crate) reason: Option<String>,
}

/// Names the options of an operation, one for each member. `paging` are the options for pages that the command has.
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

/// All forms of an option.
fn forms(name: &str, flag: bool) -> Vec<String> {
    let off = flag.then(|| format!("no-{name}"));
    std::iter::once(name.to_owned()).chain(off).collect()
}

/// Why a name can't be an option of an operation: it is one of every command, or an abbreviation of a global one.
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
