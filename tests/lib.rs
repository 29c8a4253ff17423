//! Shared by tests: paths and comparisons.

pub mod golden;
pub mod server;

/// The programs in READMEs of generated crates compile.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("golden/hostile/expected/README.md")]
    mod hostile {}
    #[doc = include_str!("golden/options/expected/README.md")]
    mod options {}
}

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use swage_codegen::model::{Member, Model, Reference, ShapeKind, Trait, Traits};
use swage_codegen::node::{Key, Node, NodeValue};

/// The root of the workspace.
///
/// # Panics
/// When the tests aren't built in the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests stand in the workspace")
        .to_path_buf()
}

/// Whether to rewrite expectations: `BLESS=1`.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// The folders below `tests/<kind>`, sorted.
///
/// # Panics
/// When there is no such folder.
pub fn cases(kind: &str) -> Vec<PathBuf> {
    let folder = root().join("tests").join(kind);
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut cases: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|p| p.is_dir())
        .collect();
    cases.sort();
    cases
}

/// The folder with test material, next to the workspace.
pub fn shared() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let beside = ["../shared", "../../shared"].map(|path| workspace.join(path));
    let named = std::env::var_os("SWAGE_SHARED").map(PathBuf::from);
    let found = named.into_iter().chain(beside).find(|path| path.is_dir());
    if found.is_none() {
        println!("skipped: no ../shared beside the workspace (or SWAGE_SHARED)");
    }
    found
}

/// A model as text, by shape and metadata key, independent of how it was written.
pub fn describe(model: &Model) -> BTreeMap<String, String> {
    let shapes = model.shapes.iter().map(|(id, shape)| {
        let kind = kind(&shape.kind);
        (id.to_string(), format!("{kind}{}", traits(&shape.traits)))
    });
    let metadata = model
        .metadata
        .iter()
        .map(|(key, value)| (format!("metadata {key}"), json(value)));
    shapes.chain(metadata).collect()
}

fn kind(kind: &ShapeKind) -> String {
    match kind {
        ShapeKind::Simple(simple) => format!("{simple:?}"),
        ShapeKind::Enum(all) => format!("enum{}", members(all)),
        ShapeKind::IntEnum(all) => format!("intEnum{}", members(all)),
        ShapeKind::Structure(all) => format!("structure{}", members(all)),
        ShapeKind::Union(all) => format!("union{}", members(all)),
        ShapeKind::List(member) => format!("list{}", members([&**member])),
        ShapeKind::Map(key, value) => format!("map{}", members([&**key, &**value])),
        ShapeKind::Operation(operation) => {
            let ids = |references: Vec<&Reference>| {
                let ids = references.iter().map(|reference| reference.id.as_str());
                ids.collect::<Vec<_>>().join(" ")
            };
            format!(
                "operation: {} → {} errors {}",
                ids(operation.input.iter().collect()),
                ids(operation.output.iter().collect()),
                ids(operation.errors.iter().collect())
            )
        }
        ShapeKind::Resource(resource) => without_spans(&format!("{resource:?}")),
        ShapeKind::Service(service) => without_spans(&format!("{service:?}")),
    }
}

/// A `Debug` text without spans.
fn without_spans(text: &str) -> String {
    let mut parts = text.split("span: Span {");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    result
}

fn members<'a>(members: impl IntoIterator<Item = &'a Member>) -> String {
    let mut text = String::new();
    for member in members {
        let _ = write!(
            text,
            "\n  {}: {}{}",
            member.name,
            member.target.id,
            traits(&member.traits)
        );
    }
    text
}

fn traits(traits: &Traits) -> String {
    let line = |(id, applied): (&Key, &Trait)| format!("\n    @{id} {}", json(&applied.value));
    traits.0.iter().map(line).collect()
}

/// A value with sorted keys and normalized numbers.
pub fn json(node: &Node) -> String {
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Boolean(value) => value.to_string(),
        NodeValue::Number(number) => match number.parse::<f64>() {
            Ok(value) if value.is_finite() && number.contains(['.', 'e', 'E']) => value.to_string(),
            _ => number.to_ascii_lowercase(),
        },
        NodeValue::String(text) => format!("{text:?}"),
        NodeValue::Array(elements) => {
            format!(
                "[{}]",
                elements.iter().map(json).collect::<Vec<_>>().join(", ")
            )
        }
        NodeValue::Object(entries) => {
            let sorted: BTreeMap<&str, String> = entries
                .iter()
                .map(|entry| (&*entry.key, json(&entry.value)))
                .collect();
            let entries: Vec<String> = sorted
                .iter()
                .map(|(key, value)| format!("{key:?}: {value}"))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}
