//! Maps and sets for lookups. Hashing a shape id takes a fraction of the comparisons that a tree needs, since ids begin with
//! the same namespace.

use foldhash::fast::FixedState;
use std::collections::{HashMap, HashSet};

/// A map in the order in which entries were added, or sorted.
pub type OrderedMap<K, V> = indexmap::IndexMap<K, V, FixedState>;

/// A set in the order in which values were added, or sorted.
pub(crate) type OrderedSet<K> = indexmap::IndexSet<K, FixedState>;

/// A map in no order.
pub(crate) type Lookup<K, V> = HashMap<K, V, FixedState>;

/// A set in no order.
pub(crate) type LookupSet<K> = HashSet<K, FixedState>;
