//! `--query`: `JMESPath` over the response.

#[cfg(test)]
mod tests;

use swage_client::Any;
use swage_client::jmespath::{self, Value};

/// A compiled expression.
#[derive(Debug)]
pub(crate) struct Query(jmespath::Query);

impl Query {
    /// Parses an expression.
    ///
    /// # Errors
    ///
    /// A message for the user, if it isn't a JMESPath expression.
    pub(crate) fn compile(expression: &str) -> Result<Self, String> {
        jmespath::Query::compile(expression)
            .map(Self)
            .map_err(|error| format!("Bad value for --query {expression}: {error}"))
    }

    /// Evaluates the expression.
    ///
    /// # Errors
    ///
    /// A message for the user, if a function gets an argument that it doesn't take.
    pub(crate) fn apply(&self, value: Any) -> Result<Value, String> {
        self.0.find(&value.into())
    }
}
