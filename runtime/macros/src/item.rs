//! The input of a derive macro: a structure or an enum, as codegen writes it.

use proc_macro::{Delimiter, Ident, Span, TokenStream, TokenTree};
use std::iter::Peekable;

type Tokens = Peekable<proc_macro::token_stream::IntoIter>;

/// A structure or an enum.
pub(crate) struct Item {
    pub(crate) name: Ident,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) kind: Kind,
}

pub(crate) enum Kind {
    Structure(Vec<Member>),
    Enum(Vec<Member>),
}

/// A field, or a variant.
pub(crate) struct Member {
    pub(crate) name: Ident,
    pub(crate) attributes: Vec<Attribute>,
    /// The type of a field, or the content of a variant's parentheses.
    pub(crate) ty: TokenStream,
}

/// `#[name …]`.
pub(crate) struct Attribute {
    pub(crate) name: String,
    /// The tokens in its parentheses.
    pub(crate) argument: TokenStream,
    /// The whole attribute, including the `#`.
    pub(crate) tokens: TokenStream,
}

impl Attribute {
    /// The argument, split at commas.
    pub(crate) fn parts(&self) -> Vec<String> {
        let parts = split_at_commas(self.argument.clone()).into_iter();
        parts.map(|part| part.to_string()).collect()
    }
}

impl Item {
    /// The arguments of `#[shape(TABLE, …)]`: the table, and the rest.
    pub(crate) fn table(&self) -> Result<(String, Vec<String>), Problem> {
        let parts = self.attribute("shape").map(Attribute::parts);
        let mut parts = parts.unwrap_or_default().into_iter();
        match parts.next() {
            Some(table) => Ok((table, parts.collect())),
            None => Err(Problem::new(self.name.span(), "expected `#[shape(TABLE)]`")),
        }
    }
}

/// Why there is no code.
pub(crate) struct Problem {
    at: Span,
    message: &'static str,
}

impl Problem {
    pub(crate) fn new(at: Span, message: &'static str) -> Self {
        Self { at, message }
    }
}

impl From<Problem> for TokenStream {
    fn from(of: Problem) -> Self {
        let message = format!("::core::compile_error!({:?});", of.message);
        let tokens: Self = message.parse().unwrap_or_default();
        let at = |mut token: TokenTree| {
            token.set_span(of.at);
            token
        };
        tokens.into_iter().map(at).collect()
    }
}

/// Attributes of an item or a member.
pub(crate) trait Attributes {
    fn attributes(&self) -> &[Attribute];

    fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes().iter().find(|of| of.name == name)
    }

    fn has(&self, name: &str) -> bool {
        self.attribute(name).is_some()
    }
}

impl Attributes for Item {
    fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }
}

impl Attributes for Member {
    fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }
}

/// Reads the input of a derive macro.
pub(crate) fn read(input: TokenStream) -> Result<Item, Problem> {
    let mut tokens = input.into_iter().peekable();
    let attributes = attributes(&mut tokens);
    visibility(&mut tokens);
    let keyword = ident(&mut tokens)?;
    let name = ident(&mut tokens)?;
    // A structure without fields ends with a semicolon.
    let body = if punctuation(&mut tokens, ';') {
        TokenStream::new()
    } else {
        let body = group(&mut tokens, Delimiter::Brace);
        body.ok_or_else(|| Problem::new(name.span(), "expected members in braces"))?
    };
    let kind = match keyword.to_string().as_str() {
        "struct" => Kind::Structure(members(body, field)?),
        "enum" => Kind::Enum(members(body, variant)?),
        _ => return Err(Problem::new(keyword.span(), "expected a struct or an enum")),
    };
    Ok(Item {
        name,
        attributes,
        kind,
    })
}

fn members(
    body: TokenStream,
    one: fn(&mut Tokens) -> Result<Member, Problem>,
) -> Result<Vec<Member>, Problem> {
    let mut tokens = body.into_iter().peekable();
    let mut members = Vec::new();
    while tokens.peek().is_some() {
        members.push(one(&mut tokens)?);
    }
    Ok(members)
}

fn field(tokens: &mut Tokens) -> Result<Member, Problem> {
    let attributes = attributes(tokens);
    visibility(tokens);
    let name = ident(tokens)?;
    if !punctuation(tokens, ':') {
        return Err(Problem::new(name.span(), "expected a type"));
    }
    Ok(Member {
        name,
        attributes,
        ty: until_comma(tokens),
    })
}

fn variant(tokens: &mut Tokens) -> Result<Member, Problem> {
    let attributes = attributes(tokens);
    let name = ident(tokens)?;
    let ty = group(tokens, Delimiter::Parenthesis).unwrap_or_default();
    let ty: TokenStream = flat(ty).into_iter().collect();
    // A type on a line of its own has a comma behind it.
    let ty = until_comma(&mut ty.into_iter().peekable());
    punctuation(tokens, ',');
    Ok(Member {
        name,
        attributes,
        ty,
    })
}

fn attributes(tokens: &mut Tokens) -> Vec<Attribute> {
    let mut attributes = Vec::new();
    while tokens.peek().is_some_and(|token| is(token, '#')) {
        let all: TokenStream = tokens.by_ref().take(2).collect();
        let inner = all.clone().into_iter().nth(1);
        attributes.extend(inner.and_then(|inner| attribute(all, &inner)));
    }
    attributes
}

fn attribute(tokens: TokenStream, brackets: &TokenTree) -> Option<Attribute> {
    let TokenTree::Group(brackets) = brackets else {
        return None;
    };
    let mut inner = brackets.stream().into_iter().peekable();
    if let Some(meta) = group(&mut inner, Delimiter::None) {
        inner = meta.into_iter().peekable();
    }
    Some(Attribute {
        name: inner.next()?.to_string(),
        argument: group(&mut inner, Delimiter::Parenthesis).unwrap_or_default(),
        tokens,
    })
}

fn visibility(tokens: &mut Tokens) {
    // The `$vis` of a macro.
    if group(tokens, Delimiter::None).is_some() {
        return;
    }
    if tokens
        .next_if(|token| matches!(token, TokenTree::Ident(of) if of.to_string() == "pub"))
        .is_some()
    {
        group(tokens, Delimiter::Parenthesis);
    }
}

/// Tokens in the pieces between commas that stand in no angle brackets.
pub(crate) fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut tokens = tokens.into_iter().peekable();
    let mut parts = Vec::new();
    while tokens.peek().is_some() {
        parts.push(until_comma(&mut tokens));
    }
    parts
}

/// The tokens up to a comma that stands in no angle brackets.
fn until_comma(tokens: &mut Tokens) -> TokenStream {
    let mut depth = 0_usize;
    let mut taken = Vec::new();
    for token in tokens.by_ref() {
        match &token {
            TokenTree::Punct(of) if of.as_char() == ',' && depth == 0 => break,
            TokenTree::Punct(of) if of.as_char() == '<' => depth += 1,
            TokenTree::Punct(of) if of.as_char() == '>' => depth = depth.saturating_sub(1),
            TokenTree::Group(of) if of.delimiter() == Delimiter::None => {
                taken.extend(flat(of.stream()));
                continue;
            }
            TokenTree::Punct(_)
            | TokenTree::Group(_)
            | TokenTree::Ident(_)
            | TokenTree::Literal(_) => {}
        }
        taken.push(token);
    }
    taken.into_iter().collect()
}

/// The tokens without groups that have no delimiters. What a macro inserts, such as a `$ty`, arrives in one.
fn flat(tokens: TokenStream) -> Vec<TokenTree> {
    let mut flattened = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(of) if of.delimiter() == Delimiter::None => {
                flattened.extend(flat(of.stream()));
            }
            token => flattened.push(token),
        }
    }
    flattened
}

pub(crate) fn ident(tokens: &mut Tokens) -> Result<Ident, Problem> {
    match tokens.next() {
        Some(TokenTree::Ident(name)) => Ok(name),
        other => {
            let at = other.map_or_else(Span::call_site, |token| token.span());
            Err(Problem::new(at, "expected a name"))
        }
    }
}

fn group(tokens: &mut Tokens, delimiter: Delimiter) -> Option<TokenStream> {
    let is_group =
        |token: &TokenTree| matches!(token, TokenTree::Group(of) if of.delimiter() == delimiter);
    match tokens.next_if(is_group) {
        Some(TokenTree::Group(of)) => Some(of.stream()),
        _ => None,
    }
}

pub(crate) fn punctuation(tokens: &mut Tokens, c: char) -> bool {
    tokens.next_if(|token| is(token, c)).is_some()
}

fn is(token: &TokenTree, c: char) -> bool {
    matches!(token, TokenTree::Punct(of) if of.as_char() == c)
}
