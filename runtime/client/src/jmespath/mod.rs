//! Evaluates `JMESPath` expressions on inputs and outputs, for waiters and `--query`.
//!
//! Expressions have the AWS CLI's results: the order of keys and the digits of numbers are kept.

mod eval;
mod functions;
mod order;
mod shape;
mod value;

pub use functions::quoted;
pub use swage_jmespath::{Entry, Number, Value, json_number, repr};
pub use value::iso8601;

use swage_jmespath::Ast;

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
        let parsed = swage_jmespath::parse(expression);
        parsed.map(Self).map_err(|error| error.to_string())
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
