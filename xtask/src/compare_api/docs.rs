//! The rustdoc JSON of several crates, in which an item of one crate can be followed into another.

use rustdoc_types::{Crate, FORMAT_VERSION, Id, Item, ItemEnum, ItemKind};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Crates, the one to compare first.
#[derive(Default)]
pub(crate) struct Docs {
    crates: Vec<Crate>,
    /// Items by the paths of their definitions.
    by_path: BTreeMap<(String, Space), ItemRef>,
}

/// An item in one of the crates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ItemRef {
    pub(crate) krate: usize,
    pub(crate) id: Id,
}

/// Items of different spaces may have the same path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Space {
    Module,
    Type,
    Value,
    Macro,
}

impl Docs {
    /// Reads a crate's JSON.
    pub(crate) fn add(&mut self, file: &Path) -> Result<(), String> {
        let wrong = |error: &dyn std::fmt::Display| format!("error: {}: {error}", file.display());
        let text = fs::read_to_string(file).map_err(|error| wrong(&error))?;
        let format = format_version(&text);
        if format != Some(FORMAT_VERSION) {
            let format = format.map_or("unknown".to_owned(), |of| of.to_string());
            return Err(wrong(&format!(
                "rustdoc's format is {format}, and this task reads {FORMAT_VERSION}; set rustdoc-types in xtask/Cargo.toml \
                 to the release for this toolchain"
            )));
        }
        let read: Crate = serde_json::from_str(&text).map_err(|error| wrong(&error))?;
        let krate = self.crates.len();
        for (id, summary) in &read.paths {
            if summary.crate_id == 0 && read.index.contains_key(id) {
                let key = (summary.path.join("::"), space(summary.kind));
                self.by_path.insert(key, ItemRef { krate, id: *id });
            }
        }
        self.crates.push(read);
        Ok(())
    }

    pub(crate) fn crate_count(&self) -> usize {
        self.crates.len()
    }

    /// The other crates that the first one re-exports from.
    pub(crate) fn external_crates(&self) -> BTreeSet<String> {
        let Some(first) = self.crates.first() else {
            return BTreeSet::new();
        };
        let targets = first.index.values().filter_map(|item| match &item.inner {
            ItemEnum::Use(of) => of.id.filter(|id| !first.index.contains_key(id)),
            _ => None,
        });
        let crates = targets.filter_map(|id| first.paths.get(&id)?.path.first().cloned());
        crates.collect()
    }

    /// The root module of a crate.
    pub(crate) fn root(&self, krate: usize) -> Option<ItemRef> {
        let id = self.crates.get(krate)?.root;
        Some(ItemRef { krate, id })
    }

    /// The name of a crate, as paths have it.
    pub(crate) fn crate_name(&self, krate: usize) -> &str {
        let root = self.root(krate).and_then(|root| self.item(root));
        root.and_then(|root| root.name.as_deref())
            .unwrap_or_default()
    }

    /// An item that is in the JSON.
    pub(crate) fn item(&self, at: ItemRef) -> Option<&Item> {
        self.crates.get(at.krate)?.index.get(&at.id)
    }

    /// Where the definition of an item is, which may be in another crate.
    pub(crate) fn resolve(&self, at: ItemRef) -> Option<(ItemRef, &Item)> {
        if let Some(item) = self.item(at) {
            return Some((at, item));
        }
        let summary = self.crates.get(at.krate)?.paths.get(&at.id)?;
        let key = (summary.path.join("::"), space(summary.kind));
        let place = *self.by_path.get(&key)?;
        Some((place, self.item(place)?))
    }

    /// The path of an item's definition, even in crates that aren't there.
    pub(crate) fn definition(&self, at: ItemRef) -> Option<String> {
        let summary = self.crates.get(at.krate)?.paths.get(&at.id)?;
        Some(summary.path.join("::"))
    }

    /// What kind of item it is, even in crates that aren't there.
    pub(crate) fn kind(&self, at: ItemRef) -> Option<ItemKind> {
        let krate = self.crates.get(at.krate)?;
        let of_item = || Some(krate.index.get(&at.id)?.inner.item_kind());
        let of_path = || Some(krate.paths.get(&at.id)?.kind);
        of_item().or_else(of_path)
    }

    /// Whether programs should not use an item.
    pub(crate) fn is_hidden(item: &Item) -> bool {
        let is_hidden = |of: &rustdoc_types::Attribute| match of {
            rustdoc_types::Attribute::Other(text) => text.contains("doc(hidden)"),
            _ => false,
        };
        item.attrs.iter().any(is_hidden)
    }

    /// The implementations of a type.
    pub(crate) fn impls(item: &Item) -> &[Id] {
        match &item.inner {
            ItemEnum::Struct(of) => &of.impls,
            ItemEnum::Enum(of) => &of.impls,
            ItemEnum::Union(of) => &of.impls,
            _ => &[],
        }
    }
}

/// The version is the last field, and is compared before anything else is read.
fn format_version(text: &str) -> Option<u32> {
    let (_, last) = text.rsplit_once("\"format_version\":")?;
    last.trim_end().strip_suffix('}')?.trim().parse().ok()
}

fn space(kind: ItemKind) -> Space {
    match kind {
        ItemKind::Module | ItemKind::ExternCrate => Space::Module,
        ItemKind::Function | ItemKind::Constant | ItemKind::Static => Space::Value,
        ItemKind::Macro | ItemKind::ProcAttribute | ItemKind::ProcDerive => Space::Macro,
        _ => Space::Type,
    }
}
