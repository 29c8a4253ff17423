//! Formats the expressions and types of tables and fields, with the lines that prettyplease would give them: paths, literals,
//! references, arrays, calls, chains of methods and structures. None: something else is in there.

use super::item::{is_punct, take_punct};
use super::layout::{INDENT, Layout};
use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use std::borrow::Cow;
use std::iter::Peekable;

pub(super) type Tokens = Peekable<IntoIter>;

/// A structure that is wider than this has a line for each field.
const WIDEST_STRUCTURE: isize = 34;

/// How an expression begins. Its words are written but not yet in the layout.
enum Start {
    /// A path, of this length.
    Path(usize),
    /// A literal, of this length.
    Literal(usize),
    /// `&`.
    Reference,
    /// `-`.
    Minus,
    /// `path { fields }`: the length of the path, and the fields.
    Structure(usize, TokenStream),
    /// `[elements]`.
    Array(TokenStream),
    /// `(elements)`.
    Tuple(TokenStream),
}

impl Start {
    /// Whether it stays on the line of the call whose only argument it is.
    fn is_block(&self) -> bool {
        matches!(self, Self::Structure(..) | Self::Array(_) | Self::Tuple(_))
    }
}

/// Formats an expression.
pub(super) fn expression(tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    let start = start(tokens, layout)?;
    rest(start, tokens, layout)
}

fn start(tokens: &mut Tokens, layout: &mut Layout) -> Option<Start> {
    Some(match tokens.next()? {
        TokenTree::Literal(literal) => Start::Literal(layout.write(&literal)),
        TokenTree::Punct(punct) if punct.as_char() == '&' => Start::Reference,
        TokenTree::Punct(punct) if punct.as_char() == '-' => Start::Minus,
        TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
            Start::Array(group.stream())
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
            Start::Tuple(group.stream())
        }
        first @ (TokenTree::Ident(_) | TokenTree::Punct(_)) => {
            let length = path(first, tokens, layout)?;
            match tokens.next_if(|token| is_group(token, Delimiter::Brace)) {
                Some(TokenTree::Group(group)) => Start::Structure(length, group.stream()),
                _ => Start::Path(length),
            }
        }
        TokenTree::Group(_) => return None,
    })
}

fn rest(start: Start, tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    match start {
        Start::Path(length) => return call(length, tokens, layout),
        Start::Literal(length) => layout.written(length),
        Start::Reference => {
            layout.word("&");
            return expression(tokens, layout);
        }
        Start::Minus => {
            layout.word("-");
            return match tokens.next()? {
                TokenTree::Literal(literal) => {
                    layout.display(&literal);
                    is_over(tokens)
                }
                _ => None,
            };
        }
        Start::Structure(length, fields) => structure(length, fields, layout)?,
        Start::Array(elements) => array(elements, layout)?,
        Start::Tuple(elements) => tuple(elements, layout)?,
    }
    is_over(tokens)
}

/// Whether an expression can't go on with the next token.
fn is_over(tokens: &mut Tokens) -> Option<()> {
    let goes_on = tokens.peek().is_some_and(
        |token| !matches!(token, TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';')),
    );
    (!goes_on).then_some(())
}

/// Writes `a::b`. Returns the length.
pub(super) fn path(first: TokenTree, tokens: &mut Tokens, layout: &mut Layout) -> Option<usize> {
    let mut length = 0;
    let mut next = first;
    loop {
        if is_punct(&next, ':') {
            take_punct(tokens, ':')?;
            length += layout.write(&"::");
            next = tokens.next()?;
        }
        let TokenTree::Ident(name) = next else {
            return None;
        };
        if name == "mut" || name == "move" {
            return None;
        }
        length += layout.write(&name);
        match tokens.next_if(is_path_separator) {
            Some(colon) => next = colon,
            None => return Some(length),
        }
    }
}

/// The first colon of `::`.
fn is_path_separator(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

/// `path`, `path(arguments)`, `path!("literal")`, and methods that are called on it.
fn call(path: usize, tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    let mark = layout.mark();
    layout.written(path);
    if tokens.next_if(|token| is_punct(token, '!')).is_some() {
        layout.word("!");
        return macro_argument(tokens, layout);
    }
    if let Some(arguments) = tokens.next_if(|token| is_group(token, Delimiter::Parenthesis)) {
        self::arguments(arguments, layout)?;
    }
    if tokens.peek().is_none_or(|token| !is_punct(token, '.')) {
        return is_over(tokens);
    }
    layout.open_at(mark, INDENT);
    while tokens.next_if(|token| is_punct(token, '.')).is_some() {
        layout.nothing();
        layout.word(".");
        name(tokens, layout)?;
        layout.open(0);
        arguments(tokens.next()?, layout)?;
        layout.close();
    }
    layout.close();
    is_over(tokens)
}

/// `("literal")`.
fn macro_argument(tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    let mut arguments = group(tokens.next()?, Delimiter::Parenthesis)?;
    let TokenTree::Literal(literal) = arguments.next()? else {
        return None;
    };
    layout.word("(");
    layout.open(INDENT);
    layout.nothing();
    layout.display(&literal);
    layout.nothing();
    layout.dedent();
    layout.close();
    layout.word(")");
    if arguments.next().is_some() {
        return None;
    }
    is_over(tokens)
}

/// `(a, b)`.
fn arguments(arguments: TokenTree, layout: &mut Layout) -> Option<()> {
    let mut arguments = group(arguments, Delimiter::Parenthesis)?;
    layout.word("(");
    if arguments.peek().is_some() {
        let first = start(&mut arguments, layout)?;
        if first.is_block() && arguments.peek().is_none() {
            rest(first, &mut arguments, layout)?;
        } else {
            list(first, &mut arguments, layout)?;
        }
    }
    layout.word(")");
    Some(())
}

/// `[a, b]`.
fn array(elements: TokenStream, layout: &mut Layout) -> Option<()> {
    let mut elements = elements.into_iter().peekable();
    layout.word("[");
    if elements.peek().is_some() {
        let first = start(&mut elements, layout)?;
        if is_simple(&first, layout) {
            return None;
        }
        list(first, &mut elements, layout)?;
    }
    layout.word("]");
    Some(())
}

/// `(a, b)`, with two elements or more.
fn tuple(elements: TokenStream, layout: &mut Layout) -> Option<()> {
    let mut elements = elements.into_iter().peekable();
    layout.word("(");
    let first = start(&mut elements, layout)?;
    let count = list(first, &mut elements, layout)?;
    layout.word(")");
    (count > 1).then_some(())
}

/// Whether it is a literal that prettyplease puts beside others on a line.
fn is_simple(start: &Start, layout: &Layout) -> bool {
    match start {
        Start::Literal(length) => !layout.last_bytes(*length).starts_with('"'),
        Start::Path(length) => matches!(layout.last_bytes(*length), "true" | "false"),
        Start::Reference
        | Start::Minus
        | Start::Structure(..)
        | Start::Array(_)
        | Start::Tuple(_) => false,
    }
}

/// Expressions with commas between them. Returns how many.
fn list(first: Start, tokens: &mut Tokens, layout: &mut Layout) -> Option<usize> {
    let mut count = 1;
    layout.open(INDENT);
    layout.nothing();
    rest(first, tokens, layout)?;
    while tokens.peek().is_some() {
        take_punct(tokens, ',')?;
        if tokens.peek().is_none() {
            break;
        }
        layout.comma(false, 0);
        expression(tokens, layout)?;
        count += 1;
    }
    layout.comma(true, 0);
    layout.dedent();
    layout.close();
    Some(count)
}

/// `path { a: b, c }`, with one field or more.
fn structure(path: usize, fields: TokenStream, layout: &mut Layout) -> Option<()> {
    let mut fields = fields.into_iter().peekable();
    layout.open(INDENT);
    layout.written(path);
    layout.word(" {");
    fields.peek()?;
    layout.space();
    while fields.peek().is_some() {
        name(&mut fields, layout)?;
        if fields.next_if(|token| is_punct(token, ':')).is_some() {
            layout.word(": ");
            layout.open_filled(0);
            expression(&mut fields, layout)?;
            layout.close();
        }
        if fields.peek().is_some() {
            take_punct(&mut fields, ',')?;
        }
        layout.comma(fields.peek().is_none(), 1);
    }
    layout.dedent();
    layout.break_if_wider(WIDEST_STRUCTURE);
    layout.close();
    layout.word("}");
    Some(())
}

/// Formats a type: a path with types as arguments, or a reference to one.
pub(super) fn ty(tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    let first = tokens.next()?;
    if is_group(&first, Delimiter::Parenthesis) {
        layout.word("()");
        return group(first, Delimiter::Parenthesis)?
            .next()
            .is_none()
            .then_some(());
    }
    if is_punct(&first, '&') {
        layout.word("&");
        return ty(tokens, layout);
    }
    let length = path(first, tokens, layout)?;
    layout.written(length);
    if tokens.next_if(|token| is_punct(token, '<')).is_none() {
        return Some(());
    }
    layout.word("<");
    layout.open(INDENT);
    layout.nothing();
    loop {
        ty(tokens, layout)?;
        let is_last = match tokens.next()? {
            TokenTree::Punct(punct) if punct.as_char() == ',' => false,
            TokenTree::Punct(punct) if punct.as_char() == '>' => true,
            _ => return None,
        };
        layout.comma(is_last, 0);
        if is_last {
            break;
        }
    }
    layout.dedent();
    layout.close();
    layout.word(">");
    let is_path = tokens.peek().is_some_and(is_path_separator);
    (!is_path).then_some(())
}

/// Formats a name.
pub(super) fn name(tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    let TokenTree::Ident(name) = tokens.next()? else {
        return None;
    };
    layout.display(&name);
    Some(())
}

/// The tokens in a group with these delimiters.
pub(super) fn group(token: TokenTree, delimiter: Delimiter) -> Option<Tokens> {
    let TokenTree::Group(group) = token else {
        return None;
    };
    let tokens = (group.delimiter() == delimiter).then(|| group.stream());
    // Takes the tokens out of the group, so that they needn't be cloned.
    drop(group);
    Some(tokens?.into_iter().peekable())
}

pub(super) fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// The value of a string literal.
pub(super) fn string_value(literal: &str) -> Option<Cow<'_, str>> {
    let mut rest = literal.strip_prefix('"')?.strip_suffix('"')?;
    if !rest.contains('\\') {
        return Some(Cow::Borrowed(rest));
    }
    let mut value = String::with_capacity(rest.len());
    while let Some((before, escape)) = rest.split_once('\\') {
        value.push_str(before);
        let mut characters = escape.chars();
        match characters.next()? {
            'n' => value.push('\n'),
            'r' => value.push('\r'),
            't' => value.push('\t'),
            '0' => value.push('\0'),
            same @ ('"' | '\'' | '\\') => value.push(same),
            'u' => {
                let (digits, after) = characters.as_str().strip_prefix('{')?.split_once('}')?;
                value.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
                characters = after.chars();
            }
            _ => return None,
        }
        rest = characters.as_str();
    }
    value.push_str(rest);
    Some(Cow::Owned(value))
}
