//! `JMESPath` over inputs and outputs: what waiters and the command line's `--query` look for.
//!
//! The jmespath crate parses. Evaluation is ours: the crate's values sort their keys and round large
//! numbers, a response keeps both.

mod eval;
mod functions;
pub mod json;
mod literal;
mod order;
mod shape;
mod value;

pub use functions::quoted;
pub use value::{Entry, Number, Value, iso8601, json_number, repr};

use eval::Evaluator;
use jmespath::ErrorReason;
use jmespath::ast::Ast;
use literal::Literals;

/// A compiled expression.
#[derive(Debug)]
pub struct Query {
    ast: Ast,
    literals: Literals,
}

/// How many operators and brackets an expression may have: evaluation recurses.
const MAX_OPERATORS: usize = 1000;

impl Query {
    /// Parses an expression; the error is what to tell the user.
    pub fn compile(expression: &str) -> Result<Self, String> {
        parse(expression)
    }

    /// What the expression finds in a value; the error is what to tell the user.
    pub fn find(&self, value: &Value) -> Result<Value, String> {
        Evaluator {
            literals: &self.literals,
        }
        .eval(&self.ast, value)
    }
}

fn parse(expression: &str) -> Result<Query, String> {
    if expression.is_empty() {
        return Err("Invalid JMESPath expression: cannot be empty.".to_owned());
    }
    let (plain, literals) = literal::take_out(expression);
    if plain
        .matches(['.', '|', '&', '!', '(', '[', '{', '<', '>', '='])
        .count()
        > MAX_OPERATORS
    {
        return Err(format!(
            "Invalid jmespath expression: more than {MAX_OPERATORS} operators."
        ));
    }
    match jmespath::parse(&plain) {
        Ok(ast) => Ok(Query { ast, literals }),
        Err(error) => Err(syntax_error(expression, &error)),
    }
}

/// The parser's complaint, with a caret below the place.
fn syntax_error(expression: &str, error: &jmespath::JmespathError) -> String {
    let reason = match &error.reason {
        ErrorReason::Parse(reason) => reason.split(" -- found ").next().unwrap_or_default(),
        ErrorReason::Runtime(_) => "Invalid expression",
    };
    let reason = match reason {
        "Unexpected nud token"
        | "Unexpected led token"
        | "Did not parse the complete expression" => "Unexpected token",
        other => other,
    };
    let before = expression.get(..error.offset).unwrap_or(expression);
    let column = before.chars().count();
    let place = format!("\n\"{expression}\"\n{:column$} ^", "");
    if before.len() == expression.len() {
        return format!("Invalid jmespath expression: Incomplete expression:{place}");
    }
    format!("{reason}: Parse error at column {column}, for expression:{place}")
}
