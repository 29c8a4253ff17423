//! Parses an expression by the binding powers of its operators (Pratt parsing).
//!
//! The grammar is the AWS CLI's: commas between arguments may be missing, a slice after an index is no projection, and a
//! multi-select after a projection ends it.

use crate::ast::{Ast, Comparator};
use crate::error::{MAX_DEPTH, ParseError};
use crate::lex::{Token, TokenKind, tokens};

/// An operator with less power ends a projection.
const PROJECTION_END: u8 = 10;

/// Parses an expression.
///
/// # Errors
///
/// The expression is invalid, or nested too deeply.
pub fn parse(expression: &str) -> Result<Ast, ParseError> {
    if expression.is_empty() {
        return Err(ParseError::Empty);
    }
    let tokens = tokens(expression)?;
    let mut parser = ExpressionParser {
        expression,
        tokens: &tokens,
        at: 0,
        depth: 0,
    };
    parser.whole().map_err(|error| *error)
}

struct ExpressionParser<'a> {
    expression: &'a str,
    /// The last one is the end, which is never consumed.
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

#[expect(
    clippy::unnecessary_box_returns,
    reason = "the parser recurses: small results need less stack"
)]
impl<'a> ExpressionParser<'a> {
    fn token(&self) -> Option<&'a Token> {
        self.tokens.get(self.at).or(self.tokens.last())
    }

    fn kind(&self) -> TokenKind {
        self.token().map_or(TokenKind::End, |token| token.kind)
    }

    fn is_next(&self, kinds: [TokenKind; 2]) -> bool {
        let next = self.tokens.get(self.at..).unwrap_or_default();
        next.iter().map(|token| token.kind).take(2).eq(kinds)
    }

    /// Consumes the next token if it is of that kind.
    fn pass(&mut self, kind: TokenKind) -> bool {
        let is_next = self.kind() == kind;
        self.at += usize::from(is_next);
        is_next
    }

    /// Consumes the next token, which must be of that kind.
    fn need(&mut self, kind: TokenKind) -> Result<(), Box<ParseError>> {
        if self.pass(kind) {
            return Ok(());
        }
        Err(self.unexpected(kind.name()))
    }

    fn error(&self, token: &Token, message: impl Into<String>) -> Box<ParseError> {
        Box::new(ParseError::Syntax {
            expression: self.expression.to_owned(),
            message: message.into(),
            start: token.start,
            token: token.value.to_string(),
            kind: token.kind.name(),
        })
    }

    fn incomplete(&self) -> Box<ParseError> {
        Box::new(ParseError::Incomplete {
            expression: self.expression.to_owned(),
        })
    }

    /// The error for a next token that isn't what was expected.
    fn unexpected(&self, expected: &str) -> Box<ParseError> {
        match self.token() {
            Some(token) if token.kind != TokenKind::End => {
                let got = token.kind.name();
                self.error(token, format!("Expecting: {expected}, got: {got}"))
            }
            _ => self.incomplete(),
        }
    }

    /// The error for a next token that is invalid there.
    fn invalid(&self, message: impl Into<String>) -> Box<ParseError> {
        self.token()
            .map_or_else(|| self.incomplete(), |token| self.error(token, message))
    }

    fn whole(&mut self) -> Result<Ast, Box<ParseError>> {
        let ast = self.expression(0)?;
        match self.token() {
            Some(token) if token.kind != TokenKind::End => {
                Err(self.error(token, format!("Unexpected token: {}", token.value)))
            }
            _ => Ok(ast),
        }
    }

    /// Parses operators that bind stronger than `power`.
    fn expression(&mut self, power: u8) -> Result<Ast, Box<ParseError>> {
        let before = self.depth;
        self.go_deeper()?;
        let mut left = self.start()?;
        while power < binding_power(self.kind()) {
            let steps = steps(&left);
            left = self.go_on(left)?;
            // Another step isn't deeper.
            if self::steps(&left) <= steps {
                self.go_deeper()?;
            }
        }
        self.depth = before;
        Ok(left)
    }

    fn go_deeper(&mut self) -> Result<(), Box<ParseError>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Box::new(ParseError::TooDeep));
        }
        Ok(())
    }

    /// Parses the beginning of an expression.
    fn start(&mut self) -> Result<Ast, Box<ParseError>> {
        let Some(token) = self.token() else {
            return Err(self.incomplete());
        };
        if token.kind == TokenKind::End {
            return Err(self.incomplete());
        }
        self.at += 1;
        match token.kind {
            TokenKind::Literal => Ok(Ast::Literal(token.value.clone())),
            TokenKind::Name => Ok(Ast::Field(token.name())),
            TokenKind::QuotedName => self.quoted_name(token),
            TokenKind::Current => Ok(Ast::Current),
            TokenKind::Star => Ok(values(
                Ast::Current,
                self.each(binding_power(TokenKind::Star))?,
            )),
            TokenKind::Filter => self.filter(Ast::Current),
            TokenKind::Flatten => self.flatten(Ast::Current),
            TokenKind::OpenBrace => self.multi_hash(),
            TokenKind::OpenBracket => self.bracket(),
            TokenKind::OpenParen => {
                let inside = self.expression(0)?;
                self.need(TokenKind::CloseParen)?;
                Ok(inside)
            }
            TokenKind::Not => Ok(Ast::Not(
                self.expression(binding_power(TokenKind::Not))?.into(),
            )),
            TokenKind::Reference => Ok(Ast::Reference(self.expression(0)?.into())),
            _ => Err(self.error(token, "invalid token")),
        }
    }

    /// Parses what follows the expression on the left.
    fn go_on(&mut self, left: Ast) -> Result<Ast, Box<ParseError>> {
        let kind = self.kind();
        let power = binding_power(kind);
        let token = self.token();
        self.at += 1;
        match kind {
            TokenKind::Dot if self.pass(TokenKind::Star) => Ok(values(left, self.each(power)?)),
            TokenKind::Dot => {
                let right = self.after_dot(power)?;
                Ok(Ast::Steps(match left {
                    Ast::Steps(mut steps) => {
                        steps.push(right);
                        steps
                    }
                    left => vec![left, right],
                }))
            }
            TokenKind::Pipe => Ok(Ast::Steps(vec![left, self.expression(power)?])),
            TokenKind::Or => Ok(Ast::Or([left, self.expression(power)?].into())),
            TokenKind::And => Ok(Ast::And([left, self.expression(power)?].into())),
            TokenKind::OpenParen => self.function(left),
            TokenKind::Filter => self.filter(left),
            TokenKind::Flatten => self.flatten(left),
            TokenKind::OpenBracket => self.bracket_after(left),
            kind => match comparator(kind) {
                Some(comparator) => {
                    let sides = [left, self.expression(power)?];
                    Ok(Ast::Comparison(comparator, sides.into()))
                }
                None => Err(token.map_or_else(
                    || self.incomplete(),
                    |token| self.error(token, "invalid token"),
                )),
            },
        }
    }

    fn quoted_name(&self, token: &Token) -> Result<Ast, Box<ParseError>> {
        match self.token() {
            Some(next) if next.kind == TokenKind::OpenParen => {
                let next = Token {
                    start: 0,
                    kind: next.kind,
                    value: next.value.clone(),
                };
                Err(self.error(&next, "Quoted identifier not allowed for function names."))
            }
            _ => Ok(Ast::Field(token.name())),
        }
    }

    /// Parses an expression that begins with `[`.
    fn bracket(&mut self) -> Result<Ast, Box<ParseError>> {
        if matches!(self.kind(), TokenKind::Number | TokenKind::Colon) {
            let index = self.index()?;
            return self.project_slice(Ast::Current, index);
        }
        if self.is_next([TokenKind::Star, TokenKind::CloseBracket]) {
            self.at += 2;
            let each = self.each(binding_power(TokenKind::Star))?;
            return Ok(Ast::Projection([Ast::Current, each].into()));
        }
        self.multi_list()
    }

    /// Parses what follows a `[` after an expression.
    fn bracket_after(&mut self, left: Ast) -> Result<Ast, Box<ParseError>> {
        if matches!(self.kind(), TokenKind::Number | TokenKind::Colon) {
            let index = self.index()?;
            return match left {
                Ast::Indexes(mut steps) => {
                    steps.push(index);
                    Ok(Ast::Indexes(steps))
                }
                left => self.project_slice(left, index),
            };
        }
        self.need(TokenKind::Star)?;
        self.need(TokenKind::CloseBracket)?;
        let each = self.each(binding_power(TokenKind::Star))?;
        Ok(Ast::Projection([left, each].into()))
    }

    fn index(&mut self) -> Result<Ast, Box<ParseError>> {
        let next = self.tokens.get(self.at + 1).map(|token| token.kind);
        if self.kind() == TokenKind::Colon || next == Some(TokenKind::Colon) {
            return self.slice();
        }
        let index = self.token().map_or(0, Token::integer);
        self.at += 1;
        self.need(TokenKind::CloseBracket)?;
        Ok(Ast::Index(index))
    }

    fn slice(&mut self) -> Result<Ast, Box<ParseError>> {
        let mut bounds = [None; 3];
        let mut colons = 0;
        while self.kind() != TokenKind::CloseBracket {
            let bound = self.token().map(Token::integer);
            match (self.kind(), bounds.get_mut(colons)) {
                (TokenKind::Colon, _) if colons < 2 => colons += 1,
                (TokenKind::Number, Some(slot)) => *slot = bound,
                _ => return Err(self.invalid("syntax error")),
            }
            self.at += 1;
        }
        self.at += 1;
        Ok(Ast::Slice(bounds))
    }

    fn project_slice(&mut self, left: Ast, index: Ast) -> Result<Ast, Box<ParseError>> {
        let is_slice = matches!(index, Ast::Slice(_));
        let indexes = Ast::Indexes(vec![left, index]);
        if !is_slice {
            return Ok(indexes);
        }
        let each = self.each(binding_power(TokenKind::Star))?;
        Ok(Ast::Projection([indexes, each].into()))
    }

    fn flatten(&mut self, list: Ast) -> Result<Ast, Box<ParseError>> {
        let flat = Ast::Flatten(list.into());
        let each = self.each(binding_power(TokenKind::Flatten))?;
        Ok(Ast::Projection([flat, each].into()))
    }

    fn filter(&mut self, list: Ast) -> Result<Ast, Box<ParseError>> {
        let condition = self.expression(0)?;
        self.need(TokenKind::CloseBracket)?;
        let each = if self.kind() == TokenKind::Flatten {
            Ast::Current
        } else {
            self.each(binding_power(TokenKind::Filter))?
        };
        Ok(Ast::FilterProjection([list, each, condition].into()))
    }

    /// Parses the expression that a projection evaluates on each element.
    fn each(&mut self, power: u8) -> Result<Ast, Box<ParseError>> {
        match self.kind() {
            kind if binding_power(kind) < PROJECTION_END => Ok(Ast::Current),
            TokenKind::OpenBracket | TokenKind::Filter => self.expression(power),
            TokenKind::Dot => {
                self.at += 1;
                self.after_dot(power)
            }
            _ => Err(self.invalid("syntax error")),
        }
    }

    fn after_dot(&mut self, power: u8) -> Result<Ast, Box<ParseError>> {
        match self.kind() {
            TokenKind::QuotedName | TokenKind::Name | TokenKind::Star => self.expression(power),
            TokenKind::OpenBracket => {
                self.at += 1;
                self.multi_list()
            }
            TokenKind::OpenBrace => {
                self.at += 1;
                self.multi_hash()
            }
            kind => Err(self.invalid(format!(
                "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: {}",
                kind.name()
            ))),
        }
    }

    fn function(&mut self, name: Ast) -> Result<Ast, Box<ParseError>> {
        let Ast::Field(name) = name else {
            let before = self.at.checked_sub(2).and_then(|at| self.tokens.get(at));
            return Err(before.map_or_else(
                || self.incomplete(),
                |token| self.error(token, format!("Invalid function name '{}'", token.value)),
            ));
        };
        let mut arguments = Vec::new();
        while !self.pass(TokenKind::CloseParen) {
            arguments.push(self.expression(0)?);
            self.pass(TokenKind::Comma);
        }
        Ok(Ast::Function(name, arguments))
    }

    fn multi_list(&mut self) -> Result<Ast, Box<ParseError>> {
        let mut elements = Vec::new();
        loop {
            elements.push(self.expression(0)?);
            if self.pass(TokenKind::CloseBracket) {
                return Ok(Ast::MultiList(elements));
            }
            self.need(TokenKind::Comma)?;
        }
    }

    fn multi_hash(&mut self) -> Result<Ast, Box<ParseError>> {
        let mut pairs = Vec::new();
        loop {
            let Some(key) = self.token() else {
                return Err(self.incomplete());
            };
            if !matches!(key.kind, TokenKind::QuotedName | TokenKind::Name) {
                return Err(self.unexpected("['quoted_identifier', 'unquoted_identifier']"));
            }
            self.at += 1;
            self.need(TokenKind::Colon)?;
            pairs.push((key.name(), self.expression(0)?));
            if !self.pass(TokenKind::Comma) && self.pass(TokenKind::CloseBrace) {
                return Ok(Ast::MultiHash(pairs));
            }
        }
    }
}

fn values(object: Ast, each: Ast) -> Ast {
    Ast::ValueProjection([object, each].into())
}

/// The number of steps of a path.
fn steps(ast: &Ast) -> usize {
    match ast {
        Ast::Steps(steps) | Ast::Indexes(steps) => steps.len(),
        _ => 0,
    }
}

fn comparator(kind: TokenKind) -> Option<Comparator> {
    Some(match kind {
        TokenKind::Equal => Comparator::Equal,
        TokenKind::NotEqual => Comparator::NotEqual,
        TokenKind::Less => Comparator::Less,
        TokenKind::LessOrEqual => Comparator::LessOrEqual,
        TokenKind::Greater => Comparator::Greater,
        TokenKind::GreaterOrEqual => Comparator::GreaterOrEqual,
        _ => return None,
    })
}

/// How strongly an operator binds what is on its left. 0 for tokens that end an expression.
fn binding_power(kind: TokenKind) -> u8 {
    match kind {
        TokenKind::Pipe => 1,
        TokenKind::Or => 2,
        TokenKind::And => 3,
        kind if comparator(kind).is_some() => 5,
        TokenKind::Flatten => 9,
        TokenKind::Star => 20,
        TokenKind::Filter => 21,
        TokenKind::Dot => 40,
        TokenKind::Not => 45,
        TokenKind::OpenBrace => 50,
        TokenKind::OpenBracket => 55,
        TokenKind::OpenParen => 60,
        _ => 0,
    }
}
