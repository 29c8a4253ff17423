//! Candidates for the values of options.

use crate::args::Check;
use crate::args::globals::SPECS;
use crate::command::options::MemberOption;
use crate::settings;
use clap::Arg;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};
use clap_complete::{CompletionCandidate, PathCompleter, engine::ValueCompleter as _};
use std::ffi::OsStr;
use swage_client::endpoint;
use swage_client::schema::{Kind, Schema};

/// Adds the values of a global option.
pub(super) fn of_global(option: Arg) -> Arg {
    match option.get_long() {
        Some("region") => option.add(ArgValueCandidates::new(|| all(endpoint::regions()))),
        Some("profile") => option.add(ArgValueCandidates::new(|| all(settings::profiles()))),
        Some("ca-bundle") => option.add(ArgValueCompleter::new(path)),
        Some(name) => {
            let is_named = |spec: &&(&str, _, Check)| spec.0.strip_prefix("--") == Some(name);
            let choices = SPECS.iter().find(is_named).map(|spec| spec.2.choices());
            match choices.filter(|choices| !choices.is_empty()) {
                Some(choices) => among(option, choices),
                None => option,
            }
        }
        None => option,
    }
}

/// Adds the values of an option for a member of the input, or of one that all commands have.
pub(super) fn of_member(option: Arg, members: &[MemberOption]) -> Arg {
    let name = option.get_long().unwrap_or_default();
    if name == "generate-cli-skeleton" {
        return among(option, vec!["input", "output"]);
    }
    let Some(member) = members.iter().find(|of| of.name == name) else {
        // Options that write files have their values from clap.
        let has_values = option.get_value_parser().possible_values().is_some();
        return if has_values {
            option
        } else {
            option.add(ArgValueCompleter::new(parameter_file))
        };
    };
    if member.is_flag() {
        return option;
    }
    let target = member.member.target();
    let (is_list, values) = enum_values(target);
    let option = if is_list {
        option.num_args(1..)
    } else {
        option
    };
    if !values.is_empty() {
        among(option, values.to_vec())
    } else if target.is_streaming() {
        option.add(ArgValueCompleter::new(path))
    } else {
        option.add(ArgValueCompleter::new(parameter_file))
    }
}

/// Whether it is a list, and the values that it or its elements can have.
fn enum_values(target: &'static Schema) -> (bool, &'static [&'static str]) {
    match (target.kind(), target.members()) {
        (Kind::List, [element, ..]) => (true, element.target().enum_values()),
        _ => (false, target.enum_values()),
    }
}

fn among(option: Arg, values: Vec<&'static str>) -> Arg {
    option.add(ArgValueCandidates::new(move || all(&values)))
}

fn all(
    values: impl IntoIterator<Item = impl Into<std::ffi::OsString>>,
) -> Vec<CompletionCandidate> {
    values.into_iter().map(CompletionCandidate::new).collect()
}

/// Files and folders.
pub(super) fn path(current: &OsStr) -> Vec<CompletionCandidate> {
    // Bash splits `file://x` at its colon.
    let slashes = current.to_str().filter(|text| text.starts_with("//"));
    match slashes.and_then(|text| text.strip_prefix("//")) {
        Some(rest) => with_prefix("//", rest),
        None => PathCompleter::any().complete(current),
    }
}

/// `help`, or what Bash takes for a word of its own in `file://x`.
pub(super) fn help_or_path(current: &OsStr) -> Vec<CompletionCandidate> {
    match current.to_str() {
        Some(text) if text.starts_with("//") => path(current),
        Some(text) if "help".starts_with(text) => all(["help"]),
        _ => Vec::new(),
    }
}

/// The file of a value that is read from one.
fn parameter_file(current: &OsStr) -> Vec<CompletionCandidate> {
    let text = current.to_str().unwrap_or_default();
    for prefix in ["file://", "fileb://"] {
        if let Some(rest) = text.strip_prefix(prefix) {
            return with_prefix(prefix, rest);
        }
    }
    Vec::new()
}

fn with_prefix(prefix: &str, path: &str) -> Vec<CompletionCandidate> {
    let found = PathCompleter::any().complete(OsStr::new(path));
    let found = found.into_iter();
    found.map(|of| of.add_prefix(prefix)).collect()
}
