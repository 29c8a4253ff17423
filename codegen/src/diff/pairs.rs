//! Which items of two interfaces are the same.

use crate::interface::{Fact, Item, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// The items of two lists: pairs that are in both, and items that are in only one.
pub(super) struct Pairs<'a> {
    pub(super) both: Vec<(&'a Item, &'a Item)>,
    pub(super) removed: Vec<&'a Item>,
    pub(super) added: Vec<&'a Item>,
}

impl<'a> Pairs<'a> {
    /// Pairs items by their name in the model, then by their name in Rust, then as renamed types.
    pub(super) fn new(old: &'a [Item], new: &'a [Item], types: &BTreeMap<&str, &str>) -> Self {
        let mut pairs = Self {
            both: Vec::new(),
            removed: old.iter().collect(),
            added: new.iter().collect(),
        };
        pairs.join(
            |item| Some(item.name.clone()),
            |item| Some(item.name.clone()),
        );
        let rust = |item: &Item| item.get(Fact::Rust).map(str::to_owned);
        pairs.join(rust, rust);
        let renamed = |item: &Item| {
            let name = item.get(Fact::Rust).filter(|_| item.kind == Kind::Type)?;
            types.get(name).map(|name| (*name).to_owned())
        };
        pairs.join(renamed, rust);
        pairs
    }

    /// Pairs the remaining items that have the same key.
    fn join(
        &mut self,
        old_key: impl Fn(&Item) -> Option<String>,
        new_key: impl Fn(&Item) -> Option<String>,
    ) {
        let mut by_key: BTreeMap<(Kind, String), Vec<&Item>> = BTreeMap::new();
        for item in self.added.iter().rev() {
            if let Some(key) = new_key(item) {
                by_key.entry((item.kind, key)).or_default().push(item);
            }
        }
        let both = &mut self.both;
        self.removed.retain(|old| {
            let new = old_key(old).and_then(|key| by_key.get_mut(&(old.kind, key))?.pop());
            both.extend(new.map(|new| (*old, new)));
            new.is_none()
        });
        let joined: BTreeSet<*const Item> = self
            .both
            .iter()
            .map(|(_, new)| std::ptr::from_ref(*new))
            .collect();
        self.added
            .retain(|item| !joined.contains(&std::ptr::from_ref(*item)));
    }
}

/// The old and new Rust names of renamed types: a removed and an added type with the same form and members.
pub(super) fn renamed_types<'a>(old: &'a [Item], new: &'a [Item]) -> BTreeMap<&'a str, &'a str> {
    let pairs = Pairs::new(old, new, &BTreeMap::new());
    let both = pairs
        .both
        .iter()
        .copied()
        .filter(|(old, _)| old.kind == Kind::Type);
    let names =
        |(old, new): (&'a Item, &'a Item)| Some((old.get(Fact::Rust)?, new.get(Fact::Rust)?));
    let mut renamed: BTreeMap<_, _> = both
        .filter_map(names)
        .filter(|(old, new)| old != new)
        .collect();
    for old in pairs.removed {
        let mut alike = pairs.added.iter().filter(|new| is_alike(old, new));
        if let (Some(new), None) = (alike.next(), alike.next())
            && !renamed
                .values()
                .any(|name| Some(*name) == new.get(Fact::Rust))
        {
            renamed.extend(names((old, new)));
        }
    }
    renamed
}

fn is_alike(old: &Item, new: &Item) -> bool {
    let of = |item: &Item| {
        let items = item.items.iter();
        items
            .map(|item| (item.name.clone(), item.get(Fact::Type).map(str::to_owned)))
            .collect::<Vec<_>>()
    };
    let is_type = old.kind == Kind::Type && new.kind == Kind::Type;
    is_type
        && !old.items.is_empty()
        && old.get(Fact::Form) == new.get(Fact::Form)
        && of(old) == of(new)
}
