//! The syntax of [`JMESPath`](https://jmespath.org) expressions, in the dialect of the AWS CLI, which is wider than the
//! specification.
//!
//! [`parse()`] turns an expression into an [`Ast`]. Code generation uses it to check the expressions of a model, and
//! swage-client evaluates it.

mod ast;
mod error;
pub mod json;
mod lex;
mod parse;
mod value;

pub use ast::{Ast, Comparator};
pub use error::ParseError;
pub use parse::parse;
pub use value::{Entry, Number, Value, json_number, repr};
