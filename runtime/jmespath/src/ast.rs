//! The syntax tree.

use std::rc::Rc;

use crate::value::Value;

/// An expression, or a part of one.
#[derive(Debug)]
pub enum Ast {
    /// `@`, and an expression that is left out.
    Current,
    /// `name`
    Field(Rc<str>),
    /// `[0]`
    Index(i64),
    /// `[start:stop:step]`
    Slice([Option<i64>; 3]),
    /// `` `null` `` and `'text'`
    Literal(Value),
    /// `a.b` and `a | b`: each step is evaluated on the result of the previous one.
    Steps(Vec<Ast>),
    /// `a[0][1]`: steps in which a slice isn't a projection.
    Indexes(Vec<Ast>),
    /// `a || b`
    Or(Box<[Ast; 2]>),
    /// `a && b`
    And(Box<[Ast; 2]>),
    /// `!a`
    Not(Box<Ast>),
    /// `a == b`
    Comparison(Comparator, Box<[Ast; 2]>),
    /// `a[]`
    Flatten(Box<Ast>),
    /// `a[*].b`: a list, and the expression for each element.
    Projection(Box<[Ast; 2]>),
    /// `a.*.b`: an object, and the expression for each value.
    ValueProjection(Box<[Ast; 2]>),
    /// `a[?c].b`: a list, the expression for each element, and the condition.
    FilterProjection(Box<[Ast; 3]>),
    /// `[a, b]`
    MultiList(Vec<Ast>),
    /// `{key: a}`
    MultiHash(Vec<(Rc<str>, Ast)>),
    /// `name(a, b)`
    Function(Rc<str>, Vec<Ast>),
    /// `&expression`
    Reference(Box<Ast>),
}

/// The operator of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}
