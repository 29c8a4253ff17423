//! From tokens to an expression: operator precedence parsing, in which a token of greater power binds what is on its
//! left.
//!
//! It takes what the AWS CLI takes: commas between arguments may be missing, a slice of an index is no projection, and
//! what follows a multi-select behind a projection looks at the whole list.

use super::ast::{Ast, Comparator};
use super::lex::{Kind, Token, tokens};

/// How deep expressions may nest: parsing and evaluation recurse.
const DEEPEST: usize = 500;
/// What binds less ends a projection.
const PROJECTION_END: u8 = 10;

/// Parses an expression; the error is what to tell the user.
pub(super) fn parse(expression: &str) -> Result<Ast, String> {
    if expression.is_empty() {
        return Err("Invalid JMESPath expression: cannot be empty.".to_owned());
    }
    let tokens = tokens(expression)?;
    let mut parser = ExpressionParser {
        expression,
        tokens: &tokens,
        at: 0,
        depth: 0,
    };
    let ast = parser.expression(0)?;
    match parser.token() {
        Some(token) if token.kind != Kind::End => {
            Err(parser.error(token, &format!("Unexpected token: {}", token.value)))
        }
        _ => Ok(ast),
    }
}

struct ExpressionParser<'a> {
    expression: &'a str,
    /// The last one is the end, which nothing passes over.
    tokens: &'a [Token],
    at: usize,
    depth: usize,
}

impl<'a> ExpressionParser<'a> {
    fn token(&self) -> Option<&'a Token> {
        self.tokens.get(self.at).or(self.tokens.last())
    }

    fn kind(&self) -> Kind {
        self.token().map_or(Kind::End, |token| token.kind)
    }

    fn is_next(&self, kinds: [Kind; 2]) -> bool {
        let next = self.tokens.get(self.at..).unwrap_or_default();
        next.iter().map(|token| token.kind).take(2).eq(kinds)
    }

    /// Passes over the next token, if it is of that kind.
    fn pass(&mut self, kind: Kind) -> bool {
        let is_next = self.kind() == kind;
        self.at += usize::from(is_next);
        is_next
    }

    /// Passes over the next token, which must be of that kind.
    fn need(&mut self, kind: Kind) -> Result<(), String> {
        if self.pass(kind) {
            return Ok(());
        }
        Err(self.unexpected(kind.name()))
    }

    fn error(&self, token: &Token, message: &str) -> String {
        let Token { kind, start, value } = token;
        let expression = self.expression;
        format!(
            "{message}: Parse error at column {start}, token \"{value}\" ({}), for expression:\n\"{expression}\"\n \
             {:start$}^",
            kind.name().to_ascii_uppercase(),
            ""
        )
    }

    fn incomplete(&self) -> String {
        let expression = self.expression;
        let length = expression.chars().count();
        format!(
            "Invalid jmespath expression: Incomplete expression:\n\"{expression}\"\n {:length$}^",
            ""
        )
    }

    /// The next token is none of those that were expected.
    fn unexpected(&self, expected: &str) -> String {
        match self.token() {
            Some(token) if token.kind != Kind::End => {
                let got = token.kind.name();
                self.error(token, &format!("Expecting: {expected}, got: {got}"))
            }
            _ => self.incomplete(),
        }
    }

    /// The next token can't be there.
    fn invalid(&self, message: &str) -> String {
        self.token()
            .map_or_else(|| self.incomplete(), |token| self.error(token, message))
    }

    /// What is next, as far as it binds more than `power`.
    fn expression(&mut self, power: u8) -> Result<Ast, String> {
        let before = self.depth;
        self.go_deeper()?;
        let mut left = self.start()?;
        while power < binding_power(self.kind()) {
            let steps = steps(&left);
            left = self.go_on(left)?;
            // One more step is no deeper.
            if self::steps(&left) <= steps {
                self.go_deeper()?;
            }
        }
        self.depth = before;
        Ok(left)
    }

    fn go_deeper(&mut self) -> Result<(), String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!(
                "Invalid jmespath expression: nested more than {DEEPEST} levels deep."
            ));
        }
        Ok(())
    }

    /// What an expression begins with.
    fn start(&mut self) -> Result<Ast, String> {
        let Some(token) = self.token() else {
            return Err(self.incomplete());
        };
        if token.kind == Kind::End {
            return Err(self.incomplete());
        }
        self.at += 1;
        match token.kind {
            Kind::Literal => Ok(Ast::Literal(token.value.clone())),
            Kind::Name => Ok(Ast::Field(token.text())),
            Kind::QuotedName => self.quoted_name(token),
            Kind::Current => Ok(Ast::Current),
            Kind::Star => Ok(values(Ast::Current, self.each(binding_power(Kind::Star))?)),
            Kind::Filter => self.filter(Ast::Current),
            Kind::Flatten => self.flatten(Ast::Current),
            Kind::OpenBrace => self.multi_hash(),
            Kind::OpenBracket => self.bracket(),
            Kind::OpenParen => {
                let inside = self.expression(0)?;
                self.need(Kind::CloseParen)?;
                Ok(inside)
            }
            Kind::Not => Ok(Ast::Not(self.expression(binding_power(Kind::Not))?.into())),
            Kind::Reference => Ok(Ast::Reference(self.expression(0)?.into())),
            _ => Err(self.error(token, "invalid token")),
        }
    }

    /// What the next token makes of what is on its left.
    fn go_on(&mut self, left: Ast) -> Result<Ast, String> {
        let kind = self.kind();
        let power = binding_power(kind);
        let token = self.token();
        self.at += 1;
        match kind {
            Kind::Dot if self.pass(Kind::Star) => Ok(values(left, self.each(power)?)),
            Kind::Dot => {
                let right = self.after_dot(power)?;
                Ok(Ast::Steps(match left {
                    Ast::Steps(mut steps) => {
                        steps.push(right);
                        steps
                    }
                    left => vec![left, right],
                }))
            }
            Kind::Pipe => Ok(Ast::Steps(vec![left, self.expression(power)?])),
            Kind::Or => Ok(Ast::Or([left, self.expression(power)?].into())),
            Kind::And => Ok(Ast::And([left, self.expression(power)?].into())),
            Kind::OpenParen => self.function(left),
            Kind::Filter => self.filter(left),
            Kind::Flatten => self.flatten(left),
            Kind::OpenBracket => self.bracket_after(left),
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

    fn quoted_name(&self, token: &Token) -> Result<Ast, String> {
        match self.token() {
            Some(next) if next.kind == Kind::OpenParen => {
                let next = Token {
                    start: 0,
                    kind: next.kind,
                    value: next.value.clone(),
                };
                Err(self.error(&next, "Quoted identifier not allowed for function names."))
            }
            _ => Ok(Ast::Field(token.text())),
        }
    }

    /// What an expression that begins with `[` is.
    fn bracket(&mut self) -> Result<Ast, String> {
        if matches!(self.kind(), Kind::Number | Kind::Colon) {
            let index = self.index()?;
            return self.project_slice(Ast::Current, index);
        }
        if self.is_next([Kind::Star, Kind::CloseBracket]) {
            self.at += 2;
            let each = self.each(binding_power(Kind::Star))?;
            return Ok(Ast::Projection([Ast::Current, each].into()));
        }
        self.multi_list()
    }

    /// What a `[` makes of what is on its left.
    fn bracket_after(&mut self, left: Ast) -> Result<Ast, String> {
        if matches!(self.kind(), Kind::Number | Kind::Colon) {
            let index = self.index()?;
            return match left {
                Ast::Indexes(mut steps) => {
                    steps.push(index);
                    Ok(Ast::Indexes(steps))
                }
                left => self.project_slice(left, index),
            };
        }
        self.need(Kind::Star)?;
        self.need(Kind::CloseBracket)?;
        let each = self.each(binding_power(Kind::Star))?;
        Ok(Ast::Projection([left, each].into()))
    }

    fn index(&mut self) -> Result<Ast, String> {
        let next = self.tokens.get(self.at + 1).map(|token| token.kind);
        if self.kind() == Kind::Colon || next == Some(Kind::Colon) {
            return self.slice();
        }
        let index = self.token().map_or(0, Token::integer);
        self.at += 1;
        self.need(Kind::CloseBracket)?;
        Ok(Ast::Index(index))
    }

    fn slice(&mut self) -> Result<Ast, String> {
        let mut bounds = [None; 3];
        let mut colons = 0;
        while self.kind() != Kind::CloseBracket {
            let bound = self.token().map(Token::integer);
            match (self.kind(), bounds.get_mut(colons)) {
                (Kind::Colon, _) if colons < 2 => colons += 1,
                (Kind::Number, Some(place)) => *place = bound,
                _ => return Err(self.invalid("syntax error")),
            }
            self.at += 1;
        }
        self.at += 1;
        Ok(Ast::Slice(bounds))
    }

    fn project_slice(&mut self, left: Ast, index: Ast) -> Result<Ast, String> {
        let is_slice = matches!(index, Ast::Slice(_));
        let indexes = Ast::Indexes(vec![left, index]);
        if !is_slice {
            return Ok(indexes);
        }
        let each = self.each(binding_power(Kind::Star))?;
        Ok(Ast::Projection([indexes, each].into()))
    }

    fn flatten(&mut self, list: Ast) -> Result<Ast, String> {
        let flat = Ast::Flatten(list.into());
        let each = self.each(binding_power(Kind::Flatten))?;
        Ok(Ast::Projection([flat, each].into()))
    }

    fn filter(&mut self, list: Ast) -> Result<Ast, String> {
        let condition = self.expression(0)?;
        self.need(Kind::CloseBracket)?;
        let each = if self.kind() == Kind::Flatten {
            Ast::Current
        } else {
            self.each(binding_power(Kind::Filter))?
        };
        Ok(Ast::FilterProjection([list, each, condition].into()))
    }

    /// What a projection looks for in each element.
    fn each(&mut self, power: u8) -> Result<Ast, String> {
        match self.kind() {
            kind if binding_power(kind) < PROJECTION_END => Ok(Ast::Current),
            Kind::OpenBracket | Kind::Filter => self.expression(power),
            Kind::Dot => {
                self.at += 1;
                self.after_dot(power)
            }
            _ => Err(self.invalid("syntax error")),
        }
    }

    fn after_dot(&mut self, power: u8) -> Result<Ast, String> {
        match self.kind() {
            Kind::QuotedName | Kind::Name | Kind::Star => self.expression(power),
            Kind::OpenBracket => {
                self.at += 1;
                self.multi_list()
            }
            Kind::OpenBrace => {
                self.at += 1;
                self.multi_hash()
            }
            kind => Err(self.invalid(&format!(
                "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: {}",
                kind.name()
            ))),
        }
    }

    fn function(&mut self, name: Ast) -> Result<Ast, String> {
        let Ast::Field(name) = name else {
            let before = self.at.checked_sub(2).and_then(|at| self.tokens.get(at));
            return Err(before.map_or_else(
                || self.incomplete(),
                |token| self.error(token, &format!("Invalid function name '{}'", token.value)),
            ));
        };
        let mut arguments = Vec::new();
        while !self.pass(Kind::CloseParen) {
            arguments.push(self.expression(0)?);
            self.pass(Kind::Comma);
        }
        Ok(Ast::Function(name, arguments))
    }

    fn multi_list(&mut self) -> Result<Ast, String> {
        let mut elements = Vec::new();
        loop {
            elements.push(self.expression(0)?);
            if self.pass(Kind::CloseBracket) {
                return Ok(Ast::MultiList(elements));
            }
            self.need(Kind::Comma)?;
        }
    }

    fn multi_hash(&mut self) -> Result<Ast, String> {
        let mut pairs = Vec::new();
        loop {
            let Some(key) = self.token() else {
                return Err(self.incomplete());
            };
            if !matches!(key.kind, Kind::QuotedName | Kind::Name) {
                return Err(self.unexpected("['quoted_identifier', 'unquoted_identifier']"));
            }
            self.at += 1;
            self.need(Kind::Colon)?;
            pairs.push((key.text(), self.expression(0)?));
            if !self.pass(Kind::Comma) && self.pass(Kind::CloseBrace) {
                return Ok(Ast::MultiHash(pairs));
            }
        }
    }
}

fn values(object: Ast, each: Ast) -> Ast {
    Ast::ValueProjection([object, each].into())
}

/// How many steps an expression has that begins with others.
fn steps(ast: &Ast) -> usize {
    match ast {
        Ast::Steps(steps) | Ast::Indexes(steps) => steps.len(),
        _ => 0,
    }
}

fn comparator(kind: Kind) -> Option<Comparator> {
    Some(match kind {
        Kind::Equal => Comparator::Equal,
        Kind::NotEqual => Comparator::NotEqual,
        Kind::Less => Comparator::Less,
        Kind::LessOrEqual => Comparator::LessOrEqual,
        Kind::Greater => Comparator::Greater,
        Kind::GreaterOrEqual => Comparator::GreaterOrEqual,
        _ => return None,
    })
}

/// How much a token binds what is on its left; 0 for what ends an expression.
fn binding_power(kind: Kind) -> u8 {
    match kind {
        Kind::Pipe => 1,
        Kind::Or => 2,
        Kind::And => 3,
        kind if comparator(kind).is_some() => 5,
        Kind::Flatten => 9,
        Kind::Star => 20,
        Kind::Filter => 21,
        Kind::Dot => 40,
        Kind::Not => 45,
        Kind::OpenBrace => 50,
        Kind::OpenBracket => 55,
        Kind::OpenParen => 60,
        _ => 0,
    }
}
