//! Places in values: names of members joined by dots, each with an index in brackets if it is a list.

use super::Members;
use swage_client::Any;

/// The path with an index in the brackets.
pub(super) fn indexed(path: &str, index: usize) -> String {
    path.replacen("[]", &format!("[{index}]"), 1)
}

/// The index of the first new element in the list that the path adds to.
pub(super) fn first_new(members: &Members, path: &str) -> usize {
    let list = path.split_once("[]").map(|(list, _)| list);
    match list.and_then(|list| find(members, list)) {
        Some(Any::List(elements)) => elements.len(),
        _ => 0,
    }
}

/// A step of a path: a member, and an index in its list.
fn step(name: &str) -> (&str, Option<usize>) {
    let indexed = name
        .strip_suffix(']')
        .and_then(|rest| rest.split_once('['))
        .and_then(|(name, index)| Some((name, index.parse().ok()?)));
    indexed.map_or((name, None), |(name, index)| (name, Some(index)))
}

/// The value at a path.
pub(crate) fn find<'m>(members: &'m Members, path: &str) -> Option<&'m Any> {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let (name, index) = step(first);
    let (_, value) = members.iter().find(|(given, _)| given == name)?;
    let value = match (value, index) {
        (Any::List(elements), Some(index)) => elements.get(index)?,
        (_, Some(_)) => return None,
        (value, None) => value,
    };
    match (rest, value) {
        (None, value) => Some(value),
        (Some(rest), Any::Map(entries)) => find(entries, rest),
        (Some(_), _) => None,
    }
}

/// Sets a value at a path. A list that is there already is extended.
pub(super) fn place(members: &mut Members, path: &str, value: Any) {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let (name, element) = step(first);
    let index = members.iter().position(|(given, _)| given == name);
    let index = index.unwrap_or_else(|| {
        members.push((name.to_owned(), Any::Null));
        members.len() - 1
    });
    let Some((_, member)) = members.get_mut(index) else {
        return;
    };
    let at = match element {
        Some(element) => match element_mut(member, element) {
            Some(at) => at,
            None => return,
        },
        None => member,
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

/// The element of a list, which gets as long as needed. Any other value becomes a list.
fn element_mut(value: &mut Any, index: usize) -> Option<&mut Any> {
    if !matches!(value, Any::List(_)) {
        *value = Any::List(Vec::new());
    }
    let Any::List(elements) = value else {
        return None;
    };
    while elements.len() <= index {
        elements.push(Any::Null);
    }
    elements.get_mut(index)
}
