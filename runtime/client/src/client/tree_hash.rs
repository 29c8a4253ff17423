//! The tree hash of a body (Amazon Glacier's developer guide, "Computing Checksums"): the SHA-256 of each MiB, then of each
//! two neighboring hashes, until one is left. The service requires the plain hash as well.

use super::body_traits::hexadecimal;
use crate::operation::{Operation, OperationTrait};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::{Digest as _, Sha256};

const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-amz-content-sha256");
const LEAF: usize = 1 << 20;

type Digest = Vec<u8>;

fn finish(digest: Sha256) -> Digest {
    digest.finalize().to_vec()
}

/// Both hashes in the making.
pub(super) struct TreeHash {
    header: HeaderName,
    plain: Sha256,
    leaf: Sha256,
    /// How much is in the leaf.
    length: usize,
    leaves: Vec<Digest>,
}

impl TreeHash {
    /// `None` for an operation without them.
    pub(super) fn of(operation: &Operation) -> Option<Self> {
        let mut traits = operation.traits.iter();
        let header = traits.find_map(|t| match t {
            OperationTrait::Sha256TreeHash(header) => HeaderName::try_from(*header).ok(),
            _ => None,
        })?;
        Some(Self {
            header,
            plain: Sha256::new(),
            leaf: Sha256::new(),
            length: 0,
            leaves: Vec::new(),
        })
    }

    pub(super) fn update(&mut self, mut data: &[u8]) {
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
        let leaf = std::mem::replace(&mut self.leaf, Sha256::new());
        self.leaves.push(finish(leaf));
        self.length = 0;
    }

    /// Adds both to the headers, where the caller doesn't give them.
    pub(super) fn insert(self, headers: &mut HeaderMap) {
        let header = self.header.clone();
        let (plain, tree) = self.finish();
        for (name, digest) in [(CONTENT_SHA256, plain), (header, tree)] {
            if let Ok(value) = HeaderValue::try_from(hexadecimal(&digest)) {
                headers.entry(name).or_insert(value);
            }
        }
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
    let mut digest = Sha256::new();
    for child in children {
        digest.update(child);
    }
    finish(digest)
}
