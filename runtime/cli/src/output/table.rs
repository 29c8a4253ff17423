//! `--output table`: boxes, nested ones indented.

mod layout;
mod section;
mod width;

use std::collections::BTreeSet;
use std::io::Write;

use super::{Error, Style};
use section::Section;
use swage_client::jmespath::{Entry, Value};

pub(super) use layout::RESET;

/// Writes the value; nothing if it is empty.
pub(super) fn write(
    to: &mut dyn Write,
    style: Style,
    title: &str,
    value: &Value,
) -> Result<(), Error> {
    let mut sections = Vec::new();
    add(&mut sections, Some(title), value, 0)?;
    if sections.is_empty() {
        Ok(())
    } else {
        Ok(layout::write(to, style, sections)?)
    }
}

/// Adds a value: in a new section if it has a title, else to the last one.
fn add(
    sections: &mut Vec<Section>,
    title: Option<&str>,
    value: &Value,
    level: usize,
) -> Result<(), Error> {
    if value.is_blank() {
        return Ok(());
    }
    if title.is_some() {
        sections.push(Section::new(title, level));
    }
    match value {
        Value::Map(entries) => add_map(sections, entries, level),
        Value::List(list) => add_list(sections, list, title, level),
        _ => Ok(()),
    }
}

/// Adds a list. If it has objects and other values, the objects come last, in a section of their own.
fn add_list(
    sections: &mut Vec<Section>,
    list: &[Value],
    title: Option<&str>,
    level: usize,
) -> Result<(), Error> {
    let (maps, others): (Vec<&Value>, Vec<&Value>) = list.iter().partition(|v| is_row(v));
    if !maps.iter().any(|value| matches!(value, Value::Map(_))) {
        let mut elements = list.iter();
        return elements.try_for_each(|element| add_element(sections, element));
    }
    if others.is_empty() {
        return add_rows(sections, &maps, title, level);
    }
    for element in others {
        add_element(sections, element)?;
    }
    sections.push(Section::new(title, level));
    add_rows(sections, &maps, title, level)
}

/// Whether it can be a row among objects. An empty list is a row without cells.
fn is_row(value: &Value) -> bool {
    match value {
        Value::Map(_) => true,
        Value::List(list) => list.is_empty(),
        _ => false,
    }
}

fn add_map(sections: &mut Vec<Section>, entries: &[Entry], level: usize) -> Result<(), Error> {
    let mut sorted: Vec<&Entry> = entries.iter().collect();
    sorted.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
    let (scalars, others): (Vec<&Entry>, Vec<&Entry>) =
        sorted.into_iter().partition(|(_, value)| value.is_scalar());
    match &*scalars {
        [] => {}
        [(key, value)] => add_row(sections, vec![(**key).to_owned(), value.to_string()])?,
        _ => {
            add_headers(
                sections,
                scalars.iter().map(|(key, _)| (**key).to_owned()).collect(),
            )?;
            add_row(
                sections,
                scalars.iter().map(|(_, value)| value.to_string()).collect(),
            )?;
        }
    }
    others
        .into_iter()
        .try_for_each(|(key, value)| add(sections, Some(key), value, level + 1))
}

/// Adds a list of maps, with a row for each. If any has nested values, each map starts a section, followed by those of its
/// nested values.
fn add_rows(
    sections: &mut Vec<Section>,
    list: &[&Value],
    title: Option<&str>,
    level: usize,
) -> Result<(), Error> {
    let (headers, nested) = keys(list);
    let header_row = || headers.iter().map(|header| (*header).to_owned()).collect();
    for (index, element) in list.iter().enumerate() {
        if index > 0 && !nested.is_empty() {
            sections.push(Section::new(title, level));
        }
        if index == 0 || !nested.is_empty() {
            add_headers(sections, header_row())?;
        }
        let entries: &[Entry] = match element {
            Value::Map(entries) => entries,
            _ => &[],
        };
        let mut sorted: Vec<&Entry> = entries.iter().collect();
        sorted.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        let find = |key: &str| {
            sorted
                .binary_search_by(|(k, _)| (**k).cmp(key))
                .ok()
                .and_then(|index| sorted.get(index))
        };
        let cell = |header: &&str| {
            find(header)
                .map(|(_, value)| value.to_string())
                .unwrap_or_default()
        };
        add_row(sections, headers.iter().map(cell).collect())?;
        for (key, value) in sorted.iter().filter(|(key, _)| nested.contains(&**key)) {
            add(sections, Some(key), value, level + 1)?;
        }
    }
    Ok(())
}

/// The keys that are scalar in any of the maps, and those that are not.
fn keys<'a>(list: &[&'a Value]) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
    let (mut scalar, mut nested) = (BTreeSet::new(), BTreeSet::new());
    let maps = list.iter().filter_map(|element| match element {
        Value::Map(entries) => Some(entries),
        _ => None,
    });
    for (key, value) in maps.flat_map(|entries| entries.iter()) {
        if value.is_scalar() {
            scalar.insert(&**key)
        } else {
            nested.insert(&**key)
        };
    }
    (scalar, nested)
}

/// Adds an element that isn't a map.
fn add_element(sections: &mut Vec<Section>, element: &Value) -> Result<(), Error> {
    match element {
        Value::List(list) if list.iter().all(Value::is_scalar) => {
            add_row(sections, list.iter().map(ToString::to_string).collect())
        }
        Value::List(_) | Value::Map(_) => add(sections, None, element, 0),
        scalar => add_row(sections, vec![scalar.to_string()]),
    }
}

fn add_row(sections: &mut [Section], row: Vec<String>) -> Result<(), Error> {
    sections
        .last_mut()
        .map_or(Ok(()), |section| section.add_row(row))
}

fn add_headers(sections: &mut [Section], headers: Vec<String>) -> Result<(), Error> {
    sections
        .last_mut()
        .map_or(Ok(()), |section| section.set_headers(headers))
}
