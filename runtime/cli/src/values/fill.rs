//! Sets parts of members from what was given for shortcuts.

use super::{Raw, convert};
use crate::command::Shortcut;
use crate::command::shortcuts::member_at;
use crate::stop::Stop;
use swage_client::Any;
use swage_client::schema::{Kind, Schema};

type Members = Vec<(String, Any)>;

/// Sets the properties of an option.
pub(crate) fn fill(
    input: &'static Schema,
    shortcut: &Shortcut,
    raw: &Raw,
    members: &mut Members,
) -> Result<(), Stop> {
    let option = format!("--{}", shortcut.name);
    for (path, words) in words(shortcut, raw) {
        let Some(member) = member_at(input, path) else {
            continue;
        };
        let raw = match (words.as_slice(), member.target().kind()) {
            ([word], kind) if kind != Kind::List => Raw::Word(word.clone()),
            _ => Raw::Words(words),
        };
        place(members, path, convert(member, &option, raw)?);
    }
    Ok(())
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

/// The words for each path.
fn words(shortcut: &Shortcut, raw: &Raw) -> Vec<(&'static str, Vec<String>)> {
    let with = shortcut.with.iter().map(|(path, words)| {
        let words = words.iter().map(|&word| word.to_owned());
        (*path, words.collect())
    });
    let mut all: Vec<_> = with.collect();
    match raw {
        Raw::Flag(_) => {}
        Raw::Words(words) => all.extend(shortcut.sets.iter().map(|path| (*path, words.clone()))),
        Raw::Word(word) => {
            let known = shortcut.values.iter().find(|(of, _)| of == word);
            let word = known.map_or(word.as_str(), |(_, value)| value);
            all.extend(parts(shortcut, word));
        }
    }
    all
}

/// The parts of a value for the paths.
fn parts(shortcut: &Shortcut, word: &str) -> Vec<(&'static str, Vec<String>)> {
    let prefixed = shortcut
        .prefixes
        .iter()
        .find(|(of, _)| word.starts_with(of));
    if let Some((_, path)) = prefixed {
        return vec![(path, vec![word.to_owned()])];
    }
    // A minus in front is part of a number.
    let after_first = word.chars().next().map_or(0, char::len_utf8);
    let found = shortcut.separator.and_then(|separator| {
        let at = word.get(after_first..)?.find(separator)? + after_first;
        Some([word.get(..at)?, word.get(at + separator.len()..)?])
    });
    let paths = shortcut.sets.iter().enumerate();
    let part = |index: usize| match found {
        Some([first, _]) if index == 0 => first,
        Some([_, rest]) => rest,
        None => word,
    };
    paths
        .map(|(index, path)| (*path, vec![part(index).to_owned()]))
        .collect()
}

/// Sets a value at a path. A list that is there already is extended.
fn place(members: &mut Members, path: &str, value: Any) {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let (name, is_element) = match first.strip_suffix("[0]") {
        Some(name) => (name, true),
        None => (first, false),
    };
    let index = members.iter().position(|(given, _)| given == name);
    let index = index.unwrap_or_else(|| {
        members.push((name.to_owned(), Any::Null));
        members.len() - 1
    });
    let Some((_, member)) = members.get_mut(index) else {
        return;
    };
    if is_element && !matches!(member, Any::List(elements) if !elements.is_empty()) {
        *member = Any::List(vec![Any::Null]);
    }
    let at = match member {
        Any::List(elements) if is_element => match elements.first_mut() {
            Some(first) => first,
            None => return,
        },
        member => member,
    };
    match (rest, at, value) {
        (Some(rest), Any::Map(entries), value) => place(entries, rest, value),
        (Some(rest), at, value) => {
            let mut entries = Members::new();
            place(&mut entries, rest, value);
            *at = Any::Map(entries);
        }
        (None, Any::List(there), Any::List(more)) => there.extend(more),
        (None, at, value) => *at = value,
    }
}
