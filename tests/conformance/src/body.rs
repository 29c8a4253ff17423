//! Compares bodies by their meaning.

use crate::tree::Tree;
use aws_smithy_types::base64;
use ciborium::Value as Cbor;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Why the body differs from the case; `None` if it doesn't.
pub(crate) fn difference(media_type: &str, expected: &str, found: &[u8]) -> Option<String> {
    if expected.is_empty() || found.is_empty() {
        return (expected.as_bytes() != found).then(|| shown(expected, found));
    }
    match trees(media_type, expected, found) {
        Some((Ok(expected), Ok(found))) => expected.difference(&found),
        Some((_, Err(error))) => Some(format!("the body is not valid {media_type}: {error}")),
        Some((Err(error), _)) => Some(format!(
            "the case's body is not valid {media_type}: {error}"
        )),
        None => (expected.as_bytes() != found).then(|| shown(expected, found)),
    }
}

fn shown(expected: &str, found: &[u8]) -> String {
    format!(
        "expected the body {expected:?}, found \"{}\"",
        found.escape_ascii()
    )
}

type Read = Result<Tree, String>;

/// Both bodies as trees, if the media type has several texts for the same value.
fn trees(media_type: &str, expected: &str, found: &[u8]) -> Option<(Read, Read)> {
    let text = |read: fn(&str) -> Read| {
        let found = std::str::from_utf8(found).map_err(|error| error.to_string());
        Some((read(expected), found.and_then(read)))
    };
    match media_type {
        "application/json" => text(json),
        "application/xml" => text(xml),
        "application/x-www-form-urlencoded" => text(form),
        "application/cbor" => {
            let decoded = base64::decode(expected).map_err(|error| error.to_string());
            Some((decoded.and_then(|bytes| cbor(&bytes)), cbor(found)))
        }
        _ => None,
    }
}

pub(crate) fn json(text: &str) -> Read {
    let wrong = |error: serde_json::Error| error.to_string();
    let raw: &RawValue = serde_json::from_str(text).map_err(wrong)?;
    let raw = raw.get();
    Ok(match raw.bytes().next() {
        Some(b'{') => {
            let entries: BTreeMap<String, &RawValue> = serde_json::from_str(raw).map_err(wrong)?;
            let entries = entries.into_iter();
            let read = entries.map(|(key, value)| Ok((key, json(value.get())?)));
            Tree::Map(read.collect::<Result<_, String>>()?)
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(raw).map_err(wrong)?;
            let read = elements.into_iter().map(|element| json(element.get()));
            Tree::List(read.collect::<Result<_, _>>()?)
        }
        Some(b'"') => Tree::String(serde_json::from_str(raw).map_err(wrong)?),
        Some(b't') => Tree::Boolean(true),
        Some(b'f') => Tree::Boolean(false),
        Some(b'n') => Tree::Null,
        _ => Tree::number(raw),
    })
}

fn cbor(bytes: &[u8]) -> Read {
    let value: Cbor = ciborium::from_reader(bytes).map_err(|error| error.to_string())?;
    of_cbor(&value)
}

fn of_cbor(value: &Cbor) -> Read {
    Ok(match value {
        Cbor::Null => Tree::Null,
        Cbor::Bool(value) => Tree::Boolean(*value),
        Cbor::Integer(value) => Tree::number(&i128::from(*value).to_string()),
        Cbor::Float(value) => Tree::number(&value.to_string()),
        Cbor::Text(text) => Tree::String(text.clone()),
        Cbor::Bytes(bytes) => Tree::Blob(bytes.clone()),
        Cbor::Array(values) => Tree::List(values.iter().map(of_cbor).collect::<Result<_, _>>()?),
        Cbor::Tag(tag, value) => Tree::Map([(format!("tag {tag}"), of_cbor(value)?)].into()),
        Cbor::Map(entries) => {
            let entry = |(key, value): &(Cbor, Cbor)| {
                let key = key.as_text().ok_or("a key is not text")?;
                Ok((key.to_owned(), of_cbor(value)?))
            };
            Tree::Map(entries.iter().map(entry).collect::<Result<_, String>>()?)
        }
        other => return Err(format!("unexpected {other:?}")),
    })
}

fn xml(text: &str) -> Read {
    let document = roxmltree::Document::parse(text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    Ok(Tree::Map([(qualified(&root), element(&root))].into()))
}

fn qualified(node: &roxmltree::Node) -> String {
    let name = node.tag_name();
    match name.namespace() {
        Some(namespace) => format!("{{{namespace}}}{}", name.name()),
        None => name.name().to_owned(),
    }
}

/// Attributes and children by name, the text where there are none.
fn element(node: &roxmltree::Node) -> Tree {
    let mut parts = Parts::default();
    for attribute in node.attributes() {
        let name = format!(
            "@{}{}",
            attribute.namespace().unwrap_or_default(),
            attribute.name()
        );
        parts.push(name, Tree::String(attribute.value().to_owned()));
    }
    let inherited = |declared: &roxmltree::Namespace| {
        let parent = node.parent_element();
        parent.is_some_and(|parent| parent.namespaces().any(|known| known == declared))
    };
    for declared in node.namespaces().filter(|declared| !inherited(declared)) {
        let name = format!("xmlns:{}", declared.name().unwrap_or_default());
        parts.push(name, Tree::String(declared.uri().to_owned()));
    }
    for child in node.children().filter(roxmltree::Node::is_element) {
        parts.push(qualified(&child), element(&child));
    }
    let text: String = node
        .children()
        .filter_map(|child| child.is_text().then(|| child.text()).flatten())
        .collect();
    if parts.0.is_empty() {
        return Tree::String(text);
    }
    if !text.trim().is_empty() {
        parts.push("#text".to_owned(), Tree::String(text));
    }
    parts.tree()
}

/// `a.b.1.c=x` as a tree; numbers are places in lists.
fn form(text: &str) -> Read {
    let mut root = Form::default();
    for pair in text.trim().split('&') {
        let (name, value) = pair.trim().split_once('=').unwrap_or((pair.trim(), ""));
        let place = name.split('.').fold(&mut root, |at, part| {
            at.parts.entry(part.to_owned()).or_default()
        });
        if place.value.replace(value.to_owned()).is_some() {
            return Err(format!("duplicate key {name}"));
        }
    }
    Ok(root.tree())
}

#[derive(Default)]
struct Form {
    value: Option<String>,
    parts: BTreeMap<String, Form>,
}

impl Form {
    fn tree(mut self) -> Tree {
        let value = self.value.map(Tree::String);
        if self.parts.is_empty() {
            return value.unwrap_or(Tree::Null);
        }
        let mut parts = Parts::default();
        // Numbers count from 1 without a gap, else they stay names.
        for number in 1_usize.. {
            let Some(part) = self.parts.remove(&number.to_string()) else {
                break;
            };
            parts.push("#".to_owned(), part.tree());
        }
        for (name, part) in self.parts {
            parts.push(name, part.tree());
        }
        if let Some(value) = value {
            parts.push("#text".to_owned(), value);
        }
        parts.tree()
    }
}

/// The content of an element, by name.
#[derive(Default)]
struct Parts(BTreeMap<String, Vec<Tree>>);

impl Parts {
    fn push(&mut self, name: String, tree: Tree) {
        self.0.entry(name).or_default().push(tree);
    }

    fn tree(self) -> Tree {
        let parts = self.0.into_iter().map(|(name, mut trees)| {
            if trees.iter().all(is_entry) {
                trees.sort();
            }
            (name, Tree::List(trees))
        });
        Tree::Map(parts.collect())
    }
}

/// Whether an element looks like an entry of a map (a key and a value), which has no order.
fn is_entry(tree: &Tree) -> bool {
    matches!(tree, Tree::Map(parts) if parts.len() == 2)
}
