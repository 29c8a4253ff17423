//! `JMESPath` over inputs and outputs: what waiters and the command line's `--query` look for.
//!
//! It parses and evaluates as the AWS CLI does, whose language is wider than the specification, and keeps the order of
//! keys and the digits of numbers.

mod ast;
mod eval;
mod functions;
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
    /// Parses an expression.
    ///
    /// # Errors
    ///
    /// The expression is invalid. The error is a message for the user.
    pub fn compile(expression: &str) -> Result<Self, String> {
        parse::parse(expression).map(Self)
    }

    /// Evaluates the expression on a value.
    ///
    /// # Errors
    ///
    /// A function was called with arguments of the wrong type or number. The error is a message for the user.
    pub fn find(&self, value: &Value) -> Result<Value, String> {
        eval::eval(&self.0, value)
    }
}
