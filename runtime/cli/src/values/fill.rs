//! Sets parts of members from what was given for shortcuts, and moves members.

use super::path::{find, first_new, indexed, place};
use super::{Members, Raw, convert};
use crate::command::Shortcut;
use crate::command::shortcuts::{Moves, member_at};
use crate::paramfile::{self, Loaded};
use crate::stop::{Stop, quoted};
use std::time::{SystemTime, UNIX_EPOCH};
use swage_client::schema::{Kind, Schema};

/// A path, and the words that it gets.
type Assignment = (&'static str, Vec<String>);

/// Sets what an option says.
pub(crate) fn fill(
    input: &'static Schema,
    shortcut: &Shortcut,
    raw: &Raw,
    members: &mut Members,
) -> Result<(), Stop> {
    let option = format!("--{}", shortcut.name);
    let values = values(shortcut, &option, raw)?;
    let filled = assignments(shortcut, &option, &values)
        .and_then(|assignments| assign(input, &option, assignments, members));
    filled.map_err(|stop| match shortcut.expected {
        Some(expected) => Stop::Error(format!("{} parameter should be {expected}", shortcut.name)),
        None => stop,
    })
}

/// Sets the defaults of shortcuts of whose members none is given.
pub(crate) fn defaults(
    input: &'static Schema,
    shortcuts: &[Shortcut],
    members: &mut Members,
) -> Result<(), Stop> {
    for shortcut in shortcuts {
        let is_given = shortcut
            .members()
            .any(|name| members.iter().any(|(given, _)| given == name));
        if let (Some(default), false) = (shortcut.default, is_given) {
            fill(input, shortcut, &Raw::Word(default.to_owned()), members)?;
        }
    }
    Ok(())
}

/// Moves members to the places where they belong beside others.
pub(crate) fn moves(
    input: &'static Schema,
    moves: Moves,
    members: &mut Members,
) -> Result<(), Stop> {
    if !moves
        .if_set
        .iter()
        .any(|path| find(members, path).is_some())
    {
        return Ok(());
    }
    for of in moves.members {
        if let Some(at) = members.iter().position(|(name, _)| name == of.member) {
            let (_, value) = members.remove(at);
            let path = indexed(of.to, first_new(members, of.to));
            let with = of.with.iter().map(|(path, words)| fixed(path, words, 1));
            assign(input, of.member, with.collect(), members)?;
            place(members, &path, value);
        }
    }
    Ok(())
}

/// The values of an option: the words that were given, or their parts.
fn values(shortcut: &Shortcut, option: &str, raw: &Raw) -> Result<Vec<String>, Stop> {
    let words = match raw {
        Raw::Flag(_) => return Ok(Vec::new()),
        Raw::Word(word) => vec![word.clone()],
        Raw::Words(words) | Raw::PlainWords(words) => words.clone(),
    };
    if shortcut.separator.or(shortcut.delimiter).is_none() {
        return Ok(words);
    }
    let mut values = Vec::new();
    for word in words {
        let word = match paramfile::load(&word) {
            Some(Ok(Loaded::Text(text))) => text,
            Some(Err(what)) => return Err(Stop::parameter(option, what)),
            Some(Ok(Loaded::Bytes(_))) | None => word,
        };
        match shortcut.delimiter {
            Some(delimiter) => values.extend(word.split(delimiter).map(str::to_owned)),
            None => values.push(word),
        }
    }
    Ok(values)
}

/// The words for each path.
fn assignments(
    shortcut: &Shortcut,
    option: &str,
    values: &[String],
) -> Result<Vec<Assignment>, Stop> {
    let mut of_values: Vec<Assignment> = Vec::new();
    for value in values {
        let known = shortcut.values.iter().find(|(of, _)| of == value);
        let value = known.map_or(value.as_str(), |(_, value)| value);
        for (path, word) in parts(shortcut, option, value)? {
            match of_values.iter_mut().find(|(known, _)| *known == path) {
                Some((_, words)) => words.push(word),
                None => of_values.push((path, vec![word])),
            }
        }
    }
    let ends_so = |(end, _): &&(&str, _)| values.iter().all(|value| value.ends_with(end));
    let case = shortcut.cases.iter().find(ends_so);
    let with = shortcut
        .with
        .iter()
        .chain(case.into_iter().flat_map(|(_, with)| *with));
    let mut all: Vec<_> = with
        .map(|(path, words)| fixed(path, words, values.len()))
        .collect();
    let count = values.len().to_string();
    all.extend(
        shortcut
            .counts
            .iter()
            .map(|path| (*path, vec![count.clone()])),
    );
    let id = new_id();
    all.extend(shortcut.ids.iter().map(|path| (*path, vec![id.clone()])));
    all.extend(of_values);
    Ok(all)
}

/// The fixed words for a path; one for each value if each makes an element.
fn fixed(path: &'static str, words: &[&str], values: usize) -> Assignment {
    let times = if path.contains("[]") { values } else { 1 };
    let words = words.repeat(times).into_iter().map(str::to_owned);
    (path, words.collect())
}

/// An identifier that no other call has.
fn new_id() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or_default();
    let process = std::process::id();
    format!("cli-{}-{}-{process}", now.as_secs(), now.subsec_nanos())
}

/// The parts of a value for the paths.
fn parts(
    shortcut: &Shortcut,
    option: &str,
    value: &str,
) -> Result<Vec<(&'static str, String)>, Stop> {
    let prefixed = shortcut
        .prefixes
        .iter()
        .find(|(of, _)| value.starts_with(of));
    if let Some((_, path)) = prefixed {
        return Ok(vec![(path, value.to_owned())]);
    }
    // A minus in front is part of a number.
    let after_first = value.chars().next().map_or(0, char::len_utf8);
    let found = shortcut.separator.and_then(|separator| {
        let at = value.get(after_first..)?.find(separator)? + after_first;
        Some([value.get(..at)?, value.get(at + separator.len()..)?])
    });
    if let (None, Some(separator), Some(_)) = (found, shortcut.separator, shortcut.delimiter) {
        let what = format!("expected {} in {}", quoted(separator), quoted(value));
        return Err(Stop::parameter(option, what));
    }
    let paths = shortcut.sets.iter().enumerate();
    let part = |index: usize| match found {
        Some([first, _]) if index == 0 => first,
        Some([_, rest]) => rest,
        None => value,
    };
    Ok(paths
        .map(|(index, path)| (*path, part(index).to_owned()))
        .collect())
}

/// Converts the words for each path, and sets them.
fn assign(
    input: &'static Schema,
    option: &str,
    assignments: Vec<Assignment>,
    members: &mut Members,
) -> Result<(), Stop> {
    let all = assignments.into_iter();
    let all: Vec<_> = all
        .map(|(path, words)| (path, words, first_new(members, path)))
        .collect();
    for (path, words, first) in all {
        let Some(member) = member_at(input, path) else {
            continue;
        };
        if path.contains("[]") {
            for (index, word) in words.into_iter().enumerate() {
                let value = convert(member, option, Raw::Word(word))?;
                place(members, &indexed(path, first + index), value);
            }
            continue;
        }
        let raw = match (words.as_slice(), member.target().kind()) {
            ([word], kind) if kind != Kind::List => Raw::Word(word.clone()),
            _ => Raw::Words(words),
        };
        place(members, path, convert(member, option, raw)?);
    }
    Ok(())
}
