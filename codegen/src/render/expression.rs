//! Formats the expressions and types of tables and fields, with the lines that prettyplease would give them: paths, literals,
//! references, arrays, calls, chains of methods and structures. None: something else is in there.

use super::item::take_punct;
use super::layout::{INDENT, Layout};
use crate::code::{Tokens, Tree};
use proc_macro2::{Delimiter, Spacing};

/// The length of a short variable.
const SHORT: usize = 4;

/// A structure that is wider than this has a line for each field.
const WIDEST_STRUCTURE: isize = 34;

/// How an expression begins. Its words are written but not yet in the layout.
enum Start<'c> {
    /// A path, of this length.
    Path(usize),
    /// A literal, of this length.
    Literal(usize),
    /// `&`.
    Reference,
    /// `-`.
    Minus,
    /// `path { fields }`: the length of the path, and the fields.
    Structure(usize, Tokens<'c>),
    /// `[elements]`.
    Array(Tokens<'c>),
    /// `(elements)`.
    Tuple(Tokens<'c>),
}

impl Start<'_> {
    /// Whether it stays on the line of the call whose only argument it is.
    fn is_block(&self) -> bool {
        matches!(self, Self::Structure(..) | Self::Array(_) | Self::Tuple(_))
    }
}

/// Formats an expression.
pub(super) fn expression(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    let start = start(tokens, layout)?;
    rest(&start, tokens, layout)
}

fn start<'c>(tokens: &mut Tokens<'c>, layout: &mut Layout) -> Option<Start<'c>> {
    Some(match tokens.next()? {
        Tree::Literal(literal) => Start::Literal(layout.write(literal)),
        Tree::Punct('&', _) => Start::Reference,
        Tree::Punct('-', _) => Start::Minus,
        Tree::Group(Delimiter::Bracket, elements) => Start::Array(elements),
        Tree::Group(Delimiter::Parenthesis, elements) => Start::Tuple(elements),
        first @ (Tree::Word(_) | Tree::Punct(..)) => {
            let length = path(first, tokens, layout)?;
            match tokens.next_if(|token| token.is_group(Delimiter::Brace)) {
                Some(Tree::Group(_, fields)) => Start::Structure(length, fields),
                _ => Start::Path(length),
            }
        }
        Tree::Group(..) | Tree::Docs(..) => return None,
    })
}

fn rest(start: &Start<'_>, tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    match start {
        Start::Path(length) => return call(*length, tokens, layout),
        Start::Literal(length) => layout.written(*length),
        Start::Reference => {
            layout.word("&");
            return expression(tokens, layout);
        }
        Start::Minus => {
            layout.word("-");
            return match tokens.next()? {
                Tree::Literal(literal) => {
                    layout.word(literal);
                    is_over(tokens)
                }
                _ => None,
            };
        }
        Start::Structure(length, fields) => structure(*length, fields.clone(), layout)?,
        Start::Array(elements) => array(elements.clone(), layout)?,
        Start::Tuple(elements) => tuple(elements.clone(), layout)?,
    }
    is_over(tokens)
}

/// Whether an expression can't go on with the next token.
fn is_over(tokens: &mut Tokens<'_>) -> Option<()> {
    let goes_on = tokens
        .peek()
        .is_some_and(|token| !matches!(token, Tree::Punct(',' | ';', _)));
    (!goes_on).then_some(())
}

/// Writes `a::b`. Returns the length.
pub(super) fn path(first: Tree<'_>, tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<usize> {
    let mut length = 0;
    let mut next = first;
    loop {
        if next.is_punct(':') {
            take_punct(tokens, ':')?;
            length += layout.write("::");
            next = tokens.next()?;
        }
        let Tree::Word(name) = next else {
            return None;
        };
        if name == "mut" || name == "move" {
            return None;
        }
        length += layout.write(name);
        match tokens.next_if(is_path_separator) {
            Some(colon) => next = colon,
            None => return Some(length),
        }
    }
}

/// The first colon of `::`.
fn is_path_separator(token: &Tree<'_>) -> bool {
    matches!(token, Tree::Punct(':', Spacing::Joint))
}

/// `path`, `path(arguments)`, `path!("literal")`, and methods that are called on it.
fn call(path: usize, tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    let mark = layout.mark();
    layout.written(path);
    if tokens.skip_punct('!') {
        layout.word("!");
        return macro_argument(tokens, layout);
    }
    if let Some(arguments) = tokens.next_if(|token| token.is_group(Delimiter::Parenthesis)) {
        self::arguments(arguments, layout)?;
    }
    if tokens.peek().is_none_or(|token| !token.is_punct('.')) {
        return is_over(tokens);
    }
    layout.open_at(mark, INDENT);
    steps(tokens, layout)
}

/// `.field` and `.method(arguments)`, each with a place in front. Closes the group that they are in.
fn steps(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    while tokens.skip_punct('.') {
        layout.nothing();
        step(tokens, layout, 0)?;
    }
    layout.close();
    is_over(tokens)
}

/// A field, or a method whose arguments are indented like this.
fn step(tokens: &mut Tokens<'_>, layout: &mut Layout, indent: isize) -> Option<()> {
    layout.word(".");
    match tokens.next()? {
        Tree::Word(name) => layout.word(name),
        Tree::Literal(index) if index.bytes().all(|c| c.is_ascii_digit()) => {
            layout.word(index);
            return Some(());
        }
        _ => return None,
    }
    if let Some(arguments) = tokens.next_if(|token| token.is_group(Delimiter::Parenthesis)) {
        layout.open(indent);
        self::arguments(arguments, layout)?;
        layout.close();
    }
    Some(())
}

/// Formats the last expression of a block. A short variable stays on the line of the field or method that follows.
pub(super) fn statement(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    layout.open_filled(0);
    let mut after = tokens.clone();
    match after.next()? {
        Tree::Word(variable) if variable.len() <= SHORT && after.skip_punct('.') => {
            *tokens = after;
            layout.open(INDENT);
            layout.word(variable);
            let is_only = !tokens.clone().any(|token| token.is_punct('.'));
            step(tokens, layout, if is_only { -INDENT } else { 0 })?;
            steps(tokens, layout)?;
        }
        _ => expression(tokens, layout)?,
    }
    layout.close();
    layout.line();
    Some(())
}

/// `("literal")`.
fn macro_argument(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    let mut arguments = group(tokens.next()?, Delimiter::Parenthesis)?;
    let Tree::Literal(literal) = arguments.next()? else {
        return None;
    };
    layout.word("(");
    layout.open(INDENT);
    layout.nothing();
    layout.word(literal);
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
fn arguments(arguments: Tree<'_>, layout: &mut Layout) -> Option<()> {
    let mut arguments = group(arguments, Delimiter::Parenthesis)?;
    layout.word("(");
    if !arguments.is_empty() {
        let first = start(&mut arguments, layout)?;
        if first.is_block() && arguments.is_empty() {
            rest(&first, &mut arguments, layout)?;
        } else {
            list(&first, &mut arguments, layout)?;
        }
    }
    layout.word(")");
    Some(())
}

/// `[a, b]`.
fn array(mut elements: Tokens<'_>, layout: &mut Layout) -> Option<()> {
    layout.word("[");
    if !elements.is_empty() {
        let first = start(&mut elements, layout)?;
        if is_simple(&first, layout) {
            return None;
        }
        list(&first, &mut elements, layout)?;
    }
    layout.word("]");
    Some(())
}

/// `(a, b)`, with two elements or more, or `()`.
fn tuple(mut elements: Tokens<'_>, layout: &mut Layout) -> Option<()> {
    layout.word("(");
    if elements.is_empty() {
        layout.word(")");
        return Some(());
    }
    let first = start(&mut elements, layout)?;
    let count = list(&first, &mut elements, layout)?;
    layout.word(")");
    (count > 1).then_some(())
}

/// Whether it is a literal that prettyplease puts beside others on a line.
fn is_simple(start: &Start<'_>, layout: &Layout) -> bool {
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
fn list(first: &Start<'_>, tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<usize> {
    let mut count = 1;
    layout.open(INDENT);
    layout.nothing();
    rest(first, tokens, layout)?;
    while !tokens.is_empty() {
        take_punct(tokens, ',')?;
        if tokens.is_empty() {
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
fn structure(path: usize, mut fields: Tokens<'_>, layout: &mut Layout) -> Option<()> {
    layout.open(INDENT);
    layout.written(path);
    layout.word(" {");
    fields.peek()?;
    layout.space();
    while !fields.is_empty() {
        name(&mut fields, layout)?;
        if fields.skip_punct(':') {
            layout.word(": ");
            layout.open_filled(0);
            expression(&mut fields, layout)?;
            layout.close();
        }
        if !fields.is_empty() {
            take_punct(&mut fields, ',')?;
        }
        layout.comma(fields.is_empty(), 1);
    }
    layout.dedent();
    layout.break_if_wider(WIDEST_STRUCTURE);
    layout.close();
    layout.word("}");
    Some(())
}

/// Formats a type: a path with types as arguments, or a reference to one.
pub(super) fn ty(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    let first = tokens.next()?;
    if let Tree::Group(Delimiter::Parenthesis, inner) = first {
        layout.word("()");
        return inner.is_empty().then_some(());
    }
    if first.is_punct('&') {
        layout.word("&");
        return ty(tokens, layout);
    }
    let length = path(first, tokens, layout)?;
    layout.written(length);
    if !tokens.skip_punct('<') {
        return Some(());
    }
    layout.word("<");
    layout.open(INDENT);
    layout.nothing();
    loop {
        ty(tokens, layout)?;
        let is_last = match tokens.next()? {
            Tree::Punct(',', _) => false,
            Tree::Punct('>', _) => true,
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
    let is_path = tokens.peek().is_some_and(|next| is_path_separator(&next));
    (!is_path).then_some(())
}

/// Formats a name.
pub(super) fn name(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    let Tree::Word(name) = tokens.next()? else {
        return None;
    };
    layout.word(name);
    Some(())
}

/// The tokens in a group with these delimiters.
pub(super) fn group(token: Tree<'_>, delimiter: Delimiter) -> Option<Tokens<'_>> {
    match token {
        Tree::Group(found, tokens) if found == delimiter => Some(tokens),
        _ => None,
    }
}
