//! The syntax of an IDL file, with unresolved ids.

use crate::node::{Entry, Node, Span};
use std::borrow::Cow;

/// A parsed file.
#[derive(Debug)]
pub struct File<'a> {
    pub(super) text: &'a str,
    pub(super) source: u32,
    pub(super) version: Version,
    pub(super) metadata: Vec<Entry>,
    pub(super) namespace: &'a str,
    /// Imported ids, all absolute.
    pub(super) uses: Vec<Name<'a>>,
    pub(super) shapes: Vec<Shape<'a>>,
    pub(super) applies: Vec<Apply<'a>>,
}

impl File<'_> {
    /// Whether the file defines a service. Mixins are none.
    pub fn has_service(&self) -> bool {
        let is_mixin = |of: &Trait<'_>| matches!(of.id.text.as_ref(), "mixin" | "smithy.api#mixin");
        let mut shapes = self.shapes.iter();
        shapes.any(|shape| shape.kind == "service" && !shape.traits.iter().any(is_mixin))
    }
}

/// The version of the IDL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

/// A name or shape id, and its span.
#[derive(Clone, Debug)]
pub(super) struct Name<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) span: Span,
}

impl Name<'_> {
    /// An implicit name, which is not in the text.
    pub(super) fn implied(text: &'static str, span: Span) -> Self {
        Self {
            text: Cow::Borrowed(text),
            span,
        }
    }
}

/// A shape statement, or an inline input or output.
#[derive(Debug)]
pub(super) struct Shape<'a> {
    /// `structure`, `string` …
    pub(super) kind: &'a str,
    pub(super) name: Name<'a>,
    pub(super) traits: Vec<Trait<'a>>,
    /// `for Resource`.
    pub(super) resource: Option<Name<'a>>,
    pub(super) mixins: Vec<Name<'a>>,
    pub(super) body: Body<'a>,
}

/// The body of a shape.
#[derive(Debug)]
pub(super) enum Body<'a> {
    /// No body: a simple shape.
    None,
    /// Lists, maps, structures, unions and enums.
    Members(Vec<Member<'a>>),
    /// Services and resources.
    Properties(Node),
    Operation(Operation<'a>),
}

/// A member.
#[derive(Debug)]
pub(super) struct Member<'a> {
    pub(super) name: Name<'a>,
    pub(super) target: MemberTarget<'a>,
    /// Its traits, including the one for a value after `=`.
    pub(super) traits: Vec<Trait<'a>>,
}

/// The target of a member.
#[derive(Debug)]
pub(super) enum MemberTarget<'a> {
    /// `name: Target`.
    Shape(Name<'a>),
    /// `$name`: the target is that of a resource or a mixin.
    Elided,
    /// No target: a member of an enum.
    Unit,
}

/// An operation's properties. Inline structures are among the file's shapes.
#[derive(Debug, Default)]
pub(super) struct Operation<'a> {
    pub(super) input: Option<Name<'a>>,
    pub(super) output: Option<Name<'a>>,
    pub(super) errors: Option<Vec<Name<'a>>>,
}

/// A trait and its value; `None` for `@name` and `@name()`.
#[derive(Debug)]
pub(super) struct Trait<'a> {
    pub(super) id: Name<'a>,
    pub(super) value: Option<Node>,
}

/// An apply statement.
#[derive(Debug)]
pub(super) struct Apply<'a> {
    pub(super) target: Name<'a>,
    pub(super) traits: Vec<Trait<'a>>,
}
