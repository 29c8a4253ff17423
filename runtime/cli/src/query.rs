//! `--query`: `JMESPath` over the response.

use swage_client::Any;
use swage_client::jmespath::{self, Value};

/// A compiled expression.
#[derive(Debug)]
pub struct Query(jmespath::Query);

impl Query {
    /// Parses an expression; the error is what to tell the user.
    pub fn compile(expression: &str) -> Result<Self, String> {
        jmespath::Query::compile(expression)
            .map(Self)
            .map_err(|error| format!("Bad value for --query {expression}: {error}"))
    }

    /// What the expression finds in a value; the error is what to tell the user.
    pub fn apply(&self, value: Any) -> Result<Value, String> {
        self.0.find(&value.into())
    }
}
