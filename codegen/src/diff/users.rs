//! The members that target a list, map or simple shape.

use super::paths::ItemPaths;
use crate::interface::{Fact, Item, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// The members that target each shape, directly or as elements of others.
pub(super) struct Users<'a> {
    /// Paths of members by the name of their target.
    members: BTreeMap<&'a str, Vec<String>>,
    /// Names of lists and maps by the name of the shape that their elements target.
    containers: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Users<'a> {
    pub(super) fn new(service: &'a Item) -> Self {
        let mut users = Self {
            members: BTreeMap::new(),
            containers: BTreeMap::new(),
        };
        for parent in &service.items {
            for item in &parent.items {
                let Some(target) = item.get(Fact::Target) else {
                    continue;
                };
                if parent.kind == Kind::Shape {
                    users
                        .containers
                        .entry(target)
                        .or_default()
                        .push(&parent.name);
                } else {
                    let path = ItemPaths::new(&[service, parent], item).model;
                    users.members.entry(target).or_default().push(path);
                }
            }
        }
        users
    }

    /// The paths of all members that contain the shape.
    pub(super) fn of(&self, shape: &str) -> Vec<String> {
        let mut seen = BTreeSet::from([shape]);
        let mut work = vec![shape];
        let mut paths = Vec::new();
        while let Some(shape) = work.pop() {
            paths.extend(self.members.get(shape).into_iter().flatten().cloned());
            let containers = self.containers.get(shape).into_iter().flatten();
            work.extend(containers.filter(|name| seen.insert(name)));
        }
        paths.sort();
        paths
    }
}
