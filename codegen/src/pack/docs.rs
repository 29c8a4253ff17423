//! Documentation: the entries of manuals, in compressed blocks. Entries of one operation are together, and an operation
//! lists the blocks that its help needs.

use super::shapes::Shapes;
use crate::docs::{manual, summary};
use crate::plan::manual::{of_operation, of_type};
use crate::plan::{Operation, Plan};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;

/// The number of bytes after which a block ends: small enough to read a few for one page of help, and large enough to
/// compress well.
const BLOCK: usize = 64 << 10;

/// The blocks of a section.
#[derive(Default)]
pub(super) struct Blocks {
    /// Compressed, each after the length of its text.
    pub(super) records: Vec<Vec<u8>>,
    /// For each operation of the plan, the blocks that it needs.
    pub(super) of_operations: Vec<Vec<usize>>,
    open: String,
}

impl Blocks {
    pub(super) fn new(plan: &Plan, shapes: &Shapes<'_>) -> Self {
        let mut blocks = Self::default();
        manual([&plan.service.id], &plan.service.docs, &mut blocks.open);
        // The first block has the service's documentation, and no other. The second is for lists.
        blocks.close();
        blocks.open = summaries(plan);
        blocks.close();
        let mut placed = HashMap::new();
        for (index, of) in plan.operations.iter().enumerate() {
            let needed = if of.has_events() {
                Vec::new()
            } else {
                blocks.operation(plan, shapes, (index, of), &mut placed)
            };
            blocks.of_operations.push(needed);
        }
        blocks.close();
        blocks
    }

    /// Adds an operation and the types that aren't placed yet, and returns the blocks that it needs. The first one has the
    /// operation and the members of its input and output.
    fn operation(
        &mut self,
        plan: &Plan,
        shapes: &Shapes<'_>,
        (index, of): (usize, &Operation),
        placed: &mut HashMap<usize, usize>,
    ) -> Vec<usize> {
        let own = self.add(|out| of_operation(of, out));
        let mut types = BTreeSet::new();
        for reached in shapes.reached_types(&shapes.sides(index)) {
            let Some(of) = plan.types.get(reached) else {
                continue;
            };
            let block = placed
                .entry(reached)
                .or_insert_with(|| self.add(|out| of_type(of, out)));
            types.insert(*block);
        }
        types.remove(&own);
        std::iter::once(own).chain(types).collect()
    }

    /// Adds entries to the open block, and returns its number.
    fn add(&mut self, write: impl FnOnce(&mut String)) -> usize {
        if self.open.len() >= BLOCK {
            self.close();
        }
        write(&mut self.open);
        self.records.len()
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.open);
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let mut record = length.to_le_bytes().to_vec();
        let mut to = DeflateEncoder::new(&mut record, Compression::best());
        // Writing into memory doesn't fail.
        let _ = to.write_all(text.as_bytes());
        let _ = to.finish();
        self.records.push(record);
    }
}

/// The first sentence of each command's documentation, a line each, in the order of the commands.
fn summaries(plan: &Plan) -> String {
    let commands = plan.commands().map(|of| summary(&of.docs));
    let transfers = plan.transfers().map(|(_, transfer)| transfer.summary());
    let lines: Vec<_> = commands.chain(transfers).collect();
    lines.join("\n")
}
