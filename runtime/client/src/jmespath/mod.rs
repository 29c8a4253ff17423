//! `JMESPath` over inputs and outputs: what waiters and the command line's `--query` look for.
//!
//! It parses and evaluates as the AWS CLI does, whose language is wider than the specification, and keeps the order of
//! keys and the digits of numbers.

mod ast;
mod eval;
mod functions;
pub mod json;
mod lex;
mod order;
mod parse;
mod shape;
mod value;

pub use functions::quoted;
pub use value::{Entry, Number, Value, iso8601, json_number, repr};

use ast::Ast;

/// A compiled expression.
#[derive(Debug)]
pub struct Query(Ast);

impl Query {
    /// Parses an expression; the error is what to tell the user.
    pub fn compile(expression: &str) -> Result<Self, String> {
        parse::parse(expression).map(Self)
    }

    /// What the expression finds in a value; the error is what to tell the user.
    pub fn find(&self, value: &Value) -> Result<Value, String> {
        eval::eval(&self.0, value)
    }
}
