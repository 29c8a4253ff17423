//! Packs: the tables of any number of services in one file, for programs that read them at run time. ARCHITECTURE.md
//! describes the format; `swage_client::pack` reads it.

mod command;
mod docs;
mod encode;
mod operation;
mod service;
mod shapes;

use crate::names;
use crate::plan::Plan;
use encode::{Encoder, Texts, fixed, table};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The first bytes of a pack.
const MAGIC: &[u8; 8] = b"swagepk\n";
/// The version of the format.
const VERSION: u32 = 3;

/// A service, ready for [`file()`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedService {
    /// The name of its commands, by which it is found: `sqs`.
    pub name: String,
    aliases: Vec<String>,
    sdk_id: String,
    title: String,
    section: Vec<u8>,
}

/// Why services don't fit into one pack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackError {
    /// Two different services have the same name.
    SameName(String),
    /// The pack would have 4 GiB or more.
    TooLarge,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SameName(name) => write!(f, "two different services have the name `{name}`"),
            Self::TooLarge => f.write_str("the pack would have 4 GiB or more"),
        }
    }
}

impl std::error::Error for PackError {}

/// Packs a planned service.
pub(crate) fn service(plan: &Plan) -> PackedService {
    let mut texts = Texts::default();
    let shapes = shapes::Shapes::new(plan, &mut texts);
    let blocks = docs::Blocks::new(plan, &shapes);
    let mut own = Encoder::new(&mut texts);
    service::write(&mut own, plan);
    let own = own.into_bytes();
    let mut by_name: Vec<_> = plan.operations.iter().enumerate().collect();
    by_name.sort_by_key(|(_, of)| &of.name);
    let operations: Vec<_> = by_name
        .iter()
        .map(|(index, of)| {
            let mut to = Encoder::new(&mut texts);
            operation::write(&mut to, &shapes, *index, of);
            to.into_bytes()
        })
        .collect();
    let (commands, words, waiters) = commands(plan, &by_name, &blocks, &mut texts);
    let parts = [
        texts.table(),
        own,
        table(shapes.records()),
        table(&operations),
        table(&commands),
        table(&words),
        table(&waiters),
        table(&blocks.records),
    ];
    PackedService {
        name: plan.program.clone(),
        aliases: plan.aliases.clone(),
        sdk_id: plan.service.sdk_id.clone(),
        title: plan.service.title.clone(),
        section: table(&parts),
    }
}

type Records = Vec<Vec<u8>>;

/// The commands in the plan's order, the words that call them, and their waiters, both sorted.
fn commands(
    plan: &Plan,
    by_name: &[(usize, &crate::plan::Operation)],
    blocks: &docs::Blocks,
    texts: &mut Texts,
) -> (Records, Records, Records) {
    let (mut records, mut words, mut waiters) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    let placed = |name: &str| by_name.binary_search_by_key(&name, |(_, of)| &of.name);
    for (index, of) in plan.operations.iter().enumerate() {
        if of.has_events() {
            continue;
        }
        let number = records.len();
        let mut to = Encoder::new(texts);
        command::head(&mut to, of, placed(&of.name).unwrap_or_default());
        let docs = blocks.of_operations.get(index);
        command::body(&mut to, of, docs.map(Vec::as_slice).unwrap_or_default());
        records.push(to.into_bytes());
        for word in std::iter::once(&of.command).chain(&of.aliases) {
            words.entry(word).or_insert(number);
        }
        waiters.extend(of.waiters.iter().map(|of| (&of.name, number)));
    }
    for (index, of) in plan.operations.iter().enumerate() {
        let Some(transfer) = &of.transfer else {
            continue;
        };
        let number = records.len();
        let docs = blocks.of_operations.get(index);
        let docs = docs.map(Vec::as_slice).unwrap_or_default();
        let operation = placed(&of.name).unwrap_or_default();
        let mut to = Encoder::new(texts);
        command::transfer(&mut to, (of, transfer), operation, docs);
        records.push(to.into_bytes());
        words.entry(&transfer.command).or_insert(number);
    }
    let words = words.into_iter().map(|(word, command)| {
        let mut to = Encoder::new(texts);
        to.text(word);
        to.size(command);
        to.into_bytes()
    });
    let words = words.collect();
    let waiters = waiters.into_iter().map(|(name, command)| {
        let mut to = Encoder::new(texts);
        to.text(name);
        to.text(&names::command(name));
        to.size(command);
        to.into_bytes()
    });
    (records, words, waiters.collect())
}

/// The file with these services. Of equal ones it has one: botocore has some under older names, too.
///
/// # Errors
///
/// Two different services have the same name, or the file would be too large.
pub fn file(mut services: Vec<PackedService>) -> Result<Vec<u8>, PackError> {
    services.sort_by(|a, b| a.name.cmp(&b.name));
    services.dedup();
    if let Some(name) = taken_twice(&services) {
        return Err(PackError::SameName(name.to_owned()));
    }
    let index: Vec<_> = services.iter().map(entry).collect();
    let sections: Vec<_> = services.into_iter().map(|of| of.section).collect();
    let index = table(&index);
    let sections = table(&sections);
    let parts = table(&[index, sections]);
    let length = MAGIC.len() + 8 + parts.len();
    if u32::try_from(length).is_err() {
        return Err(PackError::TooLarge);
    }
    let mut out = Vec::with_capacity(length);
    out.extend(MAGIC);
    out.extend(VERSION.to_le_bytes());
    out.extend(fixed(length));
    out.extend(parts);
    Ok(out)
}

/// A name or alias that two services have.
fn taken_twice(services: &[PackedService]) -> Option<&str> {
    let mut taken = BTreeSet::new();
    let names = services
        .iter()
        .flat_map(|of| of.aliases.iter().chain([&of.name]));
    let mut again = names.filter(|name| !taken.insert(*name));
    again.next().map(String::as_str)
}

/// A service in the index: its texts, and after them its other names.
fn entry(of: &PackedService) -> Vec<u8> {
    let texts = [&of.name, &of.sdk_id, &of.title];
    let texts = texts.into_iter().chain(&of.aliases);
    let texts: Vec<_> = texts.map(|text| text.clone().into_bytes()).collect();
    table(&texts)
}
