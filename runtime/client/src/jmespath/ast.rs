//! Expressions, parsed.

use std::rc::Rc;

use super::value::Value;

/// An expression, or a part of one.
#[derive(Debug)]
pub(super) enum Ast {
    /// `@`, and what stands where nothing is written.
    Current,
    Field(Rc<str>),
    Index(i64),
    /// `[start:stop:step]`
    Slice([Option<i64>; 3]),
    Literal(Value),
    /// `a.b` and `a | b`: each step looks at what the one before it found.
    Steps(Vec<Ast>),
    /// The same for `a[0][1]`: a slice among such steps is no projection.
    Indexes(Vec<Ast>),
    Or(Box<[Ast; 2]>),
    And(Box<[Ast; 2]>),
    Not(Box<Ast>),
    Comparison(Comparator, Box<[Ast; 2]>),
    Flatten(Box<Ast>),
    /// A list, and what is looked for in each element.
    Projection(Box<[Ast; 2]>),
    /// An object, and what is looked for in each value.
    ValueProjection(Box<[Ast; 2]>),
    /// A list, what is looked for in each element, and the condition for elements.
    FilterProjection(Box<[Ast; 3]>),
    MultiList(Vec<Ast>),
    MultiHash(Vec<(Rc<str>, Ast)>),
    Function(Rc<str>, Vec<Ast>),
    /// `&expression`
    Reference(Box<Ast>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
