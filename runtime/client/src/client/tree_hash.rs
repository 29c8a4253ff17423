//! The tree hash of a body (Amazon Glacier's developer guide, "Computing Checksums"): the SHA-256 of each MiB, then of each
//! two hashes beside each other, until one is left. The service wants the plain hash beside it.

use super::content::{Content, refused};
use crate::error::Failure;
use crate::operation::{Operation, OperationTrait};
use http::{HeaderMap, HeaderName, HeaderValue};
use ring::digest::{Context, SHA256};
use std::fmt::Write;

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const LEAF: usize = 1 << 20;

/// Adds both hashes to an operation that wants them, where the caller doesn't give them.
pub(super) async fn add(
    operation: &Operation,
    headers: &mut HeaderMap,
    content: &mut Content,
) -> Result<(), Failure> {
    let mut traits = operation.traits.iter();
    let header = traits.find_map(|t| match t {
        OperationTrait::Sha256TreeHash(header) => HeaderName::try_from(*header).ok(),
        _ => None,
    });
    let Some(header) = header else { return Ok(()) };
    let mut hash = TreeHash::new();
    match content.bytes() {
        Some(bytes) => hash.update(bytes),
        None if content.can_be_read_ahead() => {
            content.read_ahead(|piece| hash.update(piece)).await?;
        }
        None => {
            let what = "it needs a hash in a header, and the stream can't be read twice; give bytes or a file";
            return Err(refused("the body", what));
        }
    }
    let (plain, tree) = hash.finish();
    for (name, digest) in [(CONTENT_SHA256, plain), (header, tree)] {
        if let Ok(value) = HeaderValue::try_from(hexadecimal(&digest)) {
            headers.entry(name).or_insert(value);
        }
    }
    Ok(())
}

fn hexadecimal(digest: &[u8]) -> String {
    let mut text = String::with_capacity(2 * digest.len());
    for byte in digest {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

type Digest = Vec<u8>;

fn finish(context: Context) -> Digest {
    context.finish().as_ref().to_vec()
}

struct TreeHash {
    plain: Context,
    leaf: Context,
    /// How much is in the leaf.
    length: usize,
    leaves: Vec<Digest>,
}

impl TreeHash {
    fn new() -> Self {
        Self {
            plain: Context::new(&SHA256),
            leaf: Context::new(&SHA256),
            length: 0,
            leaves: Vec::new(),
        }
    }

    fn update(&mut self, mut data: &[u8]) {
        self.plain.update(data);
        while !data.is_empty() {
            let (now, later) = data.split_at(data.len().min(LEAF - self.length));
            self.leaf.update(now);
            self.length += now.len();
            if self.length == LEAF {
                self.end_leaf();
            }
            data = later;
        }
    }

    fn end_leaf(&mut self) {
        let leaf = std::mem::replace(&mut self.leaf, Context::new(&SHA256));
        self.leaves.push(finish(leaf));
        self.length = 0;
    }

    /// The plain hash, and that of the tree.
    fn finish(mut self) -> (Digest, Digest) {
        if self.length > 0 || self.leaves.is_empty() {
            self.end_leaf();
        }
        let mut level = self.leaves;
        while level.len() > 1 {
            level = level.chunks(2).map(parent).collect();
        }
        (finish(self.plain), level.concat())
    }
}

/// Of two hashes beside each other; one that has no neighbour stays.
fn parent(children: &[Digest]) -> Digest {
    if let [only] = children {
        return only.clone();
    }
    let mut context = Context::new(&SHA256);
    for child in children {
        context.update(child);
    }
    finish(context)
}
