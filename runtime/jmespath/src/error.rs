//! Why an expression can't be parsed.

use std::fmt::{self, Display, Formatter};

/// The most levels of nesting, because parsing and evaluation recurse.
pub(crate) const MAX_DEPTH: usize = 500;

/// An expression is invalid. `Display` is the AWS CLI's message.
///
/// Offsets count characters from the beginning of the expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseError {
    /// The expression is empty.
    Empty,
    /// The expression has too many levels of nesting.
    TooDeep,
    /// The expression ends too early.
    Incomplete {
        /// The expression.
        expression: String,
    },
    /// Something in the expression isn't a token.
    Token {
        /// The expression.
        expression: String,
        /// The reason.
        message: String,
        /// The offset of the invalid token.
        start: usize,
    },
    /// A token isn't expected where it is.
    Syntax {
        /// The expression.
        expression: String,
        /// The reason.
        message: String,
        /// The offset of the token.
        start: usize,
        /// The token.
        token: String,
        /// The name of the token's kind.
        kind: &'static str,
    },
}

impl Display for ParseError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Invalid JMESPath expression: cannot be empty."),
            Self::TooDeep => write!(
                f,
                "Invalid jmespath expression: nested more than {MAX_DEPTH} levels deep."
            ),
            Self::Incomplete { expression } => write!(
                f,
                "Invalid jmespath expression: Incomplete expression:\n\"{expression}\"\n {:length$}^",
                "",
                length = expression.chars().count()
            ),
            Self::Token {
                expression,
                message,
                start,
            } => write!(
                f,
                "Bad jmespath expression: {message}:\n{expression}\n{:start$}^",
                ""
            ),
            Self::Syntax {
                expression,
                message,
                start,
                token,
                kind,
            } => write!(
                f,
                "{message}: Parse error at column {start}, token \"{token}\" ({}), for expression:\n\"{expression}\"\n \
                 {:start$}^",
                kind.to_ascii_uppercase(),
                ""
            ),
        }
    }
}

impl std::error::Error for ParseError {}
