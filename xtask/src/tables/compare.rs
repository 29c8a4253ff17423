//! The differences between a command line of ours and the AWS CLI's.

use super::CommandLine;
use serde_json::{Map, Value as Json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use swage_cli::__private::CommandInfo;

/// A difference: the words that lead to it, and what it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    /// `ec2 run-instances --count`.
    pub(super) place: String,
    pub(super) what: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// The difference of a command that isn't an operation.
pub(super) const BY_HAND: &str = "written by hand";
const ONLY_THEIRS: &str = "only the AWS CLI has it";
const ONLY_OURS: &str = "only ours has it";

/// The options that commands have beside those for members, and ours in the same cases.
const COMMON: [&str; 2] = ["cli-input-json", "generate-cli-skeleton"];

/// All differences, by the AWS CLI's models; those of services that only ours has come last.
pub(super) fn all(ours: &[CommandLine], theirs: &Json) -> Vec<Vec<Difference>> {
    let services = theirs.get("services").and_then(Json::as_object);
    // The AWS CLI knows some services by several words.
    let mut by_model: BTreeMap<&str, Vec<(&str, &Json)>> = BTreeMap::new();
    for (word, of) in services.into_iter().flatten() {
        // Commands such as `s3` have no model.
        if of.get("commands").is_some() {
            let words = by_model.entry(text(of, "data")).or_default();
            words.push((word, of));
        }
    }
    let mut met = BTreeSet::new();
    let mut found: Vec<_> = by_model
        .values()
        .map(|words| service(ours, words, &mut met))
        .collect();
    let only_ours = ours.iter().filter(|of| !met.contains(of.name));
    found.extend(only_ours.map(|of| {
        let mut found = Found::default();
        found.add(&[of.name], ONLY_OURS);
        found.0
    }));
    found
}

/// A service by all words that the AWS CLI has for it. Adds the name of ours to `met`.
fn service<'o>(
    ours: &'o [CommandLine],
    words: &[(&str, &Json)],
    met: &mut BTreeSet<&'o str>,
) -> Vec<Difference> {
    let mut found = Found::default();
    for (word, theirs) in words {
        let Some(ours) = ours
            .iter()
            .find(|of| of.name == *word || of.aliases.contains(word))
        else {
            found.add(&[word], ONLY_THEIRS);
            continue;
        };
        met.insert(ours.name);
        let (is_hidden, hides) = (ours.name != *word, flag(theirs, "undoc"));
        if is_hidden != hides {
            found.add(&[word], difference("hidden", is_hidden, hides));
        }
        commands(&mut found, word, ours, theirs);
    }
    found.0
}

/// The commands of a service.
fn commands(found: &mut Found, word: &str, ours: &CommandLine, theirs: &Json) {
    let no_commands = Map::new();
    let commands = theirs.get("commands").and_then(Json::as_object);
    let commands = commands.unwrap_or(&no_commands);
    waiters(found, word, ours, commands.get("wait"));
    let ours = by_name(ours);
    for (name, theirs) in commands.iter().filter(|(name, _)| *name != "wait") {
        let path = [word, name];
        match ours.get(name.as_str()) {
            _ if theirs.get("operation").is_none() => found.add(&path, BY_HAND),
            None => found.add(&path, ONLY_THEIRS),
            Some((ours, is_alias)) => command(found, &path, ours, *is_alias, theirs),
        }
    }
    for name in ours.keys().filter(|name| !commands.contains_key(**name)) {
        found.add(&[word, name], ONLY_OURS);
    }
}

/// Our commands by all of their names, and whether the name is an alias.
fn by_name(ours: &CommandLine) -> BTreeMap<&str, (&CommandInfo, bool)> {
    let named = ours.commands.iter().flat_map(|(name, command)| {
        let aliases = command.aliases.iter();
        let aliases = aliases.map(move |alias| (alias.as_str(), (command, true)));
        aliases.chain([(*name, (command, false))])
    });
    named.collect()
}

fn waiters(found: &mut Found, word: &str, ours: &CommandLine, theirs: Option<&Json>) {
    let theirs = theirs.and_then(|wait| wait.get("sub")?.as_object());
    let theirs: BTreeSet<&str> = theirs
        .into_iter()
        .flatten()
        .map(|(of, _)| of.as_str())
        .collect();
    let ours: BTreeSet<&str> = ours.waiters.iter().copied().collect();
    for name in theirs.difference(&ours) {
        found.add(&[word, "wait", name], ONLY_THEIRS);
    }
    for name in ours.difference(&theirs) {
        found.add(&[word, "wait", name], ONLY_OURS);
    }
}

fn command(found: &mut Found, path: &[&str; 2], ours: &CommandInfo, is_alias: bool, theirs: &Json) {
    let [word, name] = *path;
    let (is_hidden, hides) = (ours.is_hidden || is_alias, flag(theirs, "undoc"));
    if is_hidden != hides {
        found.add(path, difference("hidden", is_hidden, hides));
    }
    if text(theirs, "cls") != "ServiceOperation" {
        found.add(path, "does more in the AWS CLI");
    }
    let no_options = Map::new();
    let options = theirs
        .get("args")
        .and_then(Json::as_object)
        .unwrap_or(&no_options);
    let ours = our_options(ours);
    let is_common = |name: &str| COMMON.contains(&name) && !ours.contains_key(name);
    for (option, theirs) in options.iter().filter(|(name, _)| !is_common(name)) {
        let place = [word, name, &format!("--{option}")];
        match ours.get(option.as_str()) {
            None => found.add(&place, ONLY_THEIRS),
            Some(None) => {}
            Some(Some(ours)) => compare_option(found, &place, ours, theirs),
        }
    }
    for option in ours.keys().filter(|name| !options.contains_key(**name)) {
        found.add(&[word, name, &format!("--{option}")], ONLY_OURS);
    }
}

/// An option of ours.
#[derive(Default)]
struct Ours {
    is_required: bool,
    is_hidden: bool,
    /// Whether it is a form of a boolean.
    is_flag: bool,
}

/// Our options by name. What the AWS CLI says of options for pages and files isn't compared.
fn our_options(of: &CommandInfo) -> BTreeMap<&str, Option<Ours>> {
    let mut options = BTreeMap::new();
    for option in &of.options {
        let is_hidden = option.is_hidden;
        let main = Ours {
            is_required: option.is_required,
            is_hidden,
            is_flag: !option.has_value,
        };
        let other = |is_hidden, is_flag| Ours {
            is_hidden,
            is_flag,
            ..Ours::default()
        };
        for alias in &option.aliases {
            options.insert(alias.as_str(), other(true, !option.has_value));
        }
        if let Some(off) = &option.off {
            options.insert(off.as_str(), other(is_hidden, true));
        }
        options.insert(option.name.as_str(), main);
    }
    let mut options: BTreeMap<_, _> = options
        .into_iter()
        .map(|(of, ours)| (of, Some(ours)))
        .collect();
    for (name, is_required) in &of.extras {
        let ours = Ours {
            is_required: *is_required,
            ..Ours::default()
        };
        options.insert(name, Some(ours));
    }
    let outfile = of.has_outfile.then_some("outfile");
    let of_pages = of.options.iter().filter(|option| option.is_paging);
    let of_pages = of_pages.map(|option| option.name.as_str());
    let all = of
        .page_options
        .iter()
        .copied()
        .chain(of_pages)
        .chain(outfile);
    options.extend(all.map(|name| (name, None)));
    options
}

fn compare_option(found: &mut Found, place: &[&str], ours: &Ours, theirs: &Json) {
    let class = text(theirs, "cls");
    let is_flag = matches!(class, "BooleanArgument" | "NegativeBooleanParameter");
    if ours.is_flag != is_flag {
        found.add(place, difference("a flag", ours.is_flag, is_flag));
    }
    // The AWS CLI never requires flags, even if the model does.
    let is_required = flag(theirs, "required") && !is_flag;
    if ours.is_required != is_required {
        found.add(place, difference("required", ours.is_required, is_required));
    }
    let is_hidden = flag(theirs, "undoc");
    if ours.is_hidden != is_hidden {
        found.add(place, difference("hidden", ours.is_hidden, is_hidden));
    }
}

fn difference(what: &str, ours: bool, theirs: bool) -> String {
    match (ours, theirs) {
        (true, false) => format!("{what} in ours alone"),
        _ => format!("{what} in the AWS CLI alone"),
    }
}

#[derive(Default)]
struct Found(Vec<Difference>);

impl Found {
    fn add(&mut self, path: &[&str], what: impl Into<String>) {
        self.0.push(Difference {
            place: path.join(" "),
            what: what.into(),
        });
    }
}

fn text<'j>(of: &'j Json, key: &str) -> &'j str {
    of.get(key).and_then(Json::as_str).unwrap_or_default()
}

fn flag(of: &Json, key: &str) -> bool {
    of.get(key).and_then(Json::as_bool).unwrap_or_default()
}
