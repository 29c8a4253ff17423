//! What an IDL file holds, as written: ids are not resolved yet.

use crate::node::{Entry, Node, Span};
use std::borrow::Cow;

/// A parsed file, which borrows from its text.
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

/// The version of the IDL that a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

/// A name or shape id, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Name<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) span: Span,
}

impl Name<'_> {
    /// A name that the text does not hold but that the language puts there.
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

/// What stands in a shape's braces.
#[derive(Debug)]
pub(super) enum Body<'a> {
    /// A simple shape has none.
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
    pub(super) target: Target<'a>,
    /// Its traits; a value after `=` is one of them.
    pub(super) traits: Vec<Trait<'a>>,
}

/// What a member says about its target.
#[derive(Debug)]
pub(super) enum Target<'a> {
    /// `name: Target`.
    Shape(Name<'a>),
    /// `$name`: that of a resource or a mixin.
    Elided,
    /// An enum's member has none.
    Unit,
}

/// An operation's properties. Inline structures are shapes of their file already.
#[derive(Debug, Default)]
pub(super) struct Operation<'a> {
    pub(super) input: Option<Name<'a>>,
    pub(super) output: Option<Name<'a>>,
    pub(super) errors: Option<Vec<Name<'a>>>,
}

/// A trait with its value; none for `@name` and `@name()`.
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
