//! A service model in Smithy 2.0's terms.

use crate::lookup::OrderedMap;
use crate::node::{Key, Node, Span};
use crate::sorted::SortedMap;
use std::collections::BTreeMap;
use std::fmt;

/// A model, after merging, `apply`, mixins and conversion of Smithy 1.0.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// All shapes except members, which are in their shapes, sorted by id.
    pub shapes: OrderedMap<ShapeId, Shape>,
    /// The metadata, merged by Smithy's rules ("Merging metadata").
    pub metadata: BTreeMap<String, Node>,
}

impl Model {
    /// The services, without mixins.
    pub fn services(&self) -> impl Iterator<Item = (&Shape, &Service)> {
        self.shapes.values().filter_map(|shape| {
            let ShapeKind::Service(service) = &shape.kind else {
                return None;
            };
            (!shape.traits.has("mixin")).then_some((shape, service))
        })
    }

    /// The model with this service only.
    pub fn of_service(&self, id: &ShapeId) -> Self {
        let mut model = self.clone();
        model
            .shapes
            .retain(|of, shape| of == id || !matches!(shape.kind, ShapeKind::Service(_)));
        model
    }
}

/// An absolute shape id: `namespace#Name`, with `$member` for members.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShapeId(String);

impl ShapeId {
    /// Creates an id from a text with a `#`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `#`.
    pub fn namespace(&self) -> &str {
        self.0
            .split_once('#')
            .map_or("", |(namespace, _)| namespace)
    }

    /// The part after the `#`, without a member.
    pub fn name(&self) -> &str {
        let name = self
            .0
            .split_once('#')
            .map_or(self.0.as_str(), |(_, name)| name);
        name.split_once('$').map_or(name, |(name, _)| name)
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Traits by absolute id: `smithy.api#required`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits(pub SortedMap<Key, Trait>);

/// A trait of a shape or member.
#[derive(Clone, Debug, PartialEq)]
pub struct Trait {
    /// Its value; an empty object for an annotation trait.
    pub value: Node,
}

/// What the ids of Smithy's own traits start with.
const PRELUDE: &str = "smithy.api#";

impl Traits {
    /// The value of a trait. `smithy.api#` can be left out of the id.
    pub fn get(&self, id: &str) -> Option<&Node> {
        // Lookups are frequent, and shapes have few traits, most of which differ in length: comparing them all is cheaper than
        // a search for a key that has to be built.
        let is_it = |full: &str| match full.len().checked_sub(id.len()) {
            Some(0) => full == id,
            Some(before) => {
                before == PRELUDE.len() && full.ends_with(id) && full.starts_with(PRELUDE)
            }
            None => false,
        };
        let mut all = self.0.iter();
        all.find_map(|(full, found)| is_it(full).then_some(&found.value))
    }

    /// Whether a trait is present. `smithy.api#` can be left out of the id.
    pub fn has(&self, id: &str) -> bool {
        self.get(id).is_some()
    }
}

/// A shape.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Its id.
    pub id: ShapeId,
    /// Where it was defined.
    pub span: Span,
    /// Its traits, including those from mixins and `apply`.
    pub traits: Traits,
    /// Its type, with what belongs to that type.
    pub kind: ShapeKind,
}

/// The type of a shape. Smithy 1.0's `set` is a list with `uniqueItems`; strings with `@enum` are enums.
#[derive(Clone, Debug)]
pub enum ShapeKind {
    /// A simple type.
    Simple(Simple),
    /// `enum`: members in order. Each has a `smithy.api#enumValue` after loading.
    Enum(Vec<Member>),
    /// `intEnum`: like `enum`.
    IntEnum(Vec<Member>),
    /// `list`.
    List(Box<Member>),
    /// `map`: key and value.
    Map(Box<Member>, Box<Member>),
    /// `structure`: members in order.
    Structure(Vec<Member>),
    /// `union`: members in order.
    Union(Vec<Member>),
    /// `operation`.
    Operation(Operation),
    /// `resource`.
    Resource(Resource),
    /// `service`.
    Service(Service),
}

/// The simple types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Simple {
    Boolean,
    Byte,
    Short,
    Integer,
    Long,
    Float,
    Double,
    BigInteger,
    BigDecimal,
    String,
    Blob,
    Timestamp,
    Document,
}

/// A member.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its target.
    pub target: Reference,
    /// Its own traits.
    pub traits: Traits,
    /// Where it was defined.
    pub span: Span,
}

/// A reference to a shape.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The id.
    pub id: ShapeId,
    /// Its place.
    pub span: Span,
}

/// An operation.
#[derive(Clone, Debug, Default)]
pub struct Operation {
    /// The input; `None` for `smithy.api#Unit`.
    pub input: Option<Reference>,
    /// The output; `None` for `smithy.api#Unit`.
    pub output: Option<Reference>,
    /// Its own errors.
    pub errors: Vec<Reference>,
}

/// A resource.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// Identifiers by name.
    pub identifiers: Vec<(String, Reference)>,
    /// Properties by name.
    pub properties: Vec<(String, Reference)>,
    /// All operations, including those for its lifecycle.
    pub operations: Vec<Reference>,
    /// Child resources.
    pub resources: Vec<Reference>,
}

/// A service.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// Its version; may be empty.
    pub version: String,
    /// Its own operations and those of its resources, without duplicates, sorted by name.
    pub operations: Vec<Reference>,
    /// Its resources.
    pub resources: Vec<Reference>,
    /// Errors that every operation can return.
    pub errors: Vec<Reference>,
    /// `rename`: shape id to name.
    pub rename: BTreeMap<ShapeId, String>,
}

impl Shape {
    /// The structure that a string with `alloy#structurePattern` consists of.
    pub fn pattern_target(&self) -> Option<ShapeId> {
        let pattern = self.traits.get("alloy#structurePattern")?;
        pattern.get("target")?.as_str().map(ShapeId::new)
    }

    /// The members of a structure, union, enum or intEnum; empty for other types.
    pub fn members(&self) -> &[Member] {
        match &self.kind {
            ShapeKind::Enum(members)
            | ShapeKind::IntEnum(members)
            | ShapeKind::Structure(members)
            | ShapeKind::Union(members) => members,
            ShapeKind::Simple(_)
            | ShapeKind::List(_)
            | ShapeKind::Map(..)
            | ShapeKind::Operation(_)
            | ShapeKind::Resource(_)
            | ShapeKind::Service(_) => &[],
        }
    }
}
