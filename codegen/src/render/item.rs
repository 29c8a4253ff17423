//! Formats most of what codegen emits without parsing it into syntax trees: structures, enums, statics, aliases of types,
//! modules and imports, with the lines that prettyplease would give them. It gives up on everything else, and prettyplease
//! formats it.

use super::expression::{self, Tokens};
use super::layout::{INDENT, Layout};
use super::{ItemKind, documentation, one};
use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Formats a file. None if there is something in it that only prettyplease can format.
pub(super) fn file(tokens: TokenStream) -> Option<String> {
    let mut tokens = tokens.into_iter().peekable();
    let mut layout = Layout::default();
    let mut out = String::new();
    let mut first = inner_attributes(&mut tokens, &mut layout, &mut out)?;
    let mut before = ItemKind::Start;
    let mut text = String::new();
    while !first.is_empty() || tokens.peek().is_some() {
        let item = Item::take(&mut tokens, std::mem::take(&mut first))?;
        text.clear();
        let kind = item.format(&mut layout, &mut text)?;
        let kind = kind.with_text(&text);
        if !out.is_empty() && (kind == ItemKind::Other || kind != before) {
            out.push('\n');
        }
        before = kind;
        out.push_str(&text);
    }
    Some(out)
}

/// Formats the attributes of the file. Returns the `#` of the first item, if there is one.
fn inner_attributes(
    tokens: &mut Tokens,
    layout: &mut Layout,
    out: &mut String,
) -> Option<Vec<TokenTree>> {
    layout.open(0);
    let mut first = Vec::new();
    while let Some(hash) = tokens.next_if(|token| is_punct(token, '#')) {
        if tokens.next_if(|token| is_punct(token, '!')).is_none() {
            first.push(hash);
            break;
        }
        attribute(tokens, layout, "!")?;
    }
    layout.close();
    layout.print(out);
    Some(first)
}

/// The tokens of an item.
struct Item {
    keyword: String,
    tokens: Vec<TokenTree>,
}

impl Item {
    /// Takes the next item, whose first tokens were taken before. None if it isn't clear where the item ends.
    fn take(tokens: &mut Tokens, mut taken: Vec<TokenTree>) -> Option<Self> {
        let mut keyword = None;
        for token in tokens.by_ref() {
            if keyword.is_none()
                && let TokenTree::Ident(name) = &token
                && name != "pub"
            {
                keyword = Some(name.to_string());
            }
            let is_end = match (&token, keyword.as_deref()) {
                (TokenTree::Punct(punct), _) => punct.as_char() == ';',
                (TokenTree::Group(group), Some(keyword)) => {
                    group.delimiter() == Delimiter::Brace
                        && !matches!(keyword, "use" | "static" | "type")
                }
                _ => false,
            };
            taken.push(token);
            if is_end {
                let keyword = keyword.filter(|keyword| keyword != "const")?;
                return Some(Self {
                    keyword,
                    tokens: taken,
                });
            }
        }
        None
    }

    fn format(self, layout: &mut Layout, out: &mut String) -> Option<ItemKind> {
        if !self.is_known() {
            return self.format_with_syn(out);
        }
        layout.open(0);
        let kind = self.lay_out(layout)?;
        layout.close();
        layout.print(out);
        Some(kind)
    }

    /// Adds an item of a known kind.
    fn lay_out(self, layout: &mut Layout) -> Option<ItemKind> {
        let mut tokens = TokenStream::from_iter(self.tokens).into_iter().peekable();
        attributes(&mut tokens, layout)?;
        layout.open(match self.keyword.as_str() {
            "use" | "static" => 0,
            _ => INDENT,
        });
        visibility(&mut tokens, layout)?;
        tokens.next();
        layout.word(&self.keyword);
        layout.word(" ");
        let kind = match self.keyword.as_str() {
            "struct" => structure(&mut tokens, layout),
            "enum" => enumeration(&mut tokens, layout),
            "static" => variable(&mut tokens, layout),
            "mod" => module(&mut tokens, layout),
            "type" => alias(&mut tokens, layout),
            _ => import(&mut tokens, layout),
        }?;
        layout.line();
        tokens.next().is_none().then_some(kind)
    }

    /// Whether it is of a kind that is formatted here.
    fn is_known(&self) -> bool {
        let is_keyword =
            |token: &TokenTree| matches!(token, TokenTree::Ident(name) if *name == self.keyword);
        let mut after_name = self.tokens.iter().skip_while(|token| !is_keyword(token));
        let is_end = |token: &TokenTree| is_punct(token, ';');
        let is_body =
            |token: &TokenTree| is_end(token) || expression::is_group(token, Delimiter::Brace);
        match self.keyword.as_str() {
            "use" | "static" => true,
            "struct" | "enum" | "mod" => after_name.nth(2).is_some_and(is_body),
            "type" => after_name.nth(2).is_some_and(|token| is_punct(token, '=')),
            _ => false,
        }
    }

    fn format_with_syn(self, out: &mut String) -> Option<ItemKind> {
        let item = syn::parse2(documentation::divided(self.tokens.into_iter())).ok()?;
        let kind = ItemKind::of(&item);
        out.push_str(&one(item));
        Some(kind)
    }
}

/// `Name { fields }`, or `Name;`.
fn structure(tokens: &mut Tokens, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    if tokens.next_if(|token| is_punct(token, ';')).is_some() {
        layout.word(";");
        layout.close();
        return Some(ItemKind::Other);
    }
    members(tokens, layout, |tokens, layout| {
        visibility(tokens, layout)?;
        expression::name(tokens, layout)?;
        take_punct(tokens, ':')?;
        layout.word(": ");
        expression::ty(tokens, layout)
    })
}

/// `Name { variants }`.
fn enumeration(tokens: &mut Tokens, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    members(tokens, layout, |tokens, layout| {
        expression::name(tokens, layout)?;
        let Some(fields) = tokens.next_if(|token| matches!(token, TokenTree::Group(_))) else {
            return Some(());
        };
        let mut field = expression::group(fields, Delimiter::Parenthesis)?;
        layout.open(INDENT);
        layout.word("(");
        layout.nothing();
        expression::ty(&mut field, layout)?;
        layout.comma(true, 0);
        layout.dedent();
        layout.word(")");
        layout.close();
        field.next().is_none().then_some(())
    })
}

/// The members of a type, each with its attributes.
fn members(
    tokens: &mut Tokens,
    layout: &mut Layout,
    one: impl Fn(&mut Tokens, &mut Layout) -> Option<()>,
) -> Option<ItemKind> {
    let mut members = expression::group(tokens.next()?, Delimiter::Brace)?;
    layout.word(" {");
    if members.peek().is_some() {
        layout.line();
    }
    while members.peek().is_some() {
        attributes(&mut members, layout)?;
        one(&mut members, layout)?;
        layout.word(",");
        layout.line();
        if members.peek().is_some() {
            take_punct(&mut members, ',')?;
        }
    }
    layout.dedent();
    layout.close();
    layout.word("}");
    Some(ItemKind::Other)
}

/// `NAME: Type = value;`.
fn variable(tokens: &mut Tokens, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    take_punct(tokens, ':')?;
    layout.word(": ");
    expression::ty(tokens, layout)?;
    take_punct(tokens, '=')?;
    layout.word(" = ");
    layout.never();
    expression::expression(tokens, layout)?;
    take_punct(tokens, ';')?;
    layout.word(";");
    layout.close();
    Some(ItemKind::Static)
}

/// `Name = Type;`.
fn alias(tokens: &mut Tokens, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    take_punct(tokens, '=')?;
    layout.word(" = ");
    layout.never();
    layout.open_filled(-INDENT);
    expression::ty(tokens, layout)?;
    layout.close();
    take_punct(tokens, ';')?;
    layout.word(";");
    layout.close();
    Some(ItemKind::Other)
}

/// `name;`, or `name { items }`.
fn module(tokens: &mut Tokens, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    if tokens.next_if(|token| is_punct(token, ';')).is_some() {
        layout.word(";");
        layout.close();
        return Some(ItemKind::Module);
    }
    let mut items = expression::group(tokens.next()?, Delimiter::Brace)?;
    layout.word(" {");
    if items.peek().is_some() {
        layout.line();
    }
    while items.peek().is_some() {
        let item = Item::take(&mut items, Vec::new())?;
        item.is_known().then_some(())?;
        item.lay_out(layout)?;
    }
    layout.dedent();
    layout.close();
    layout.word("}");
    Some(ItemKind::Other)
}

/// `path::A;`, or `path::{A, B};`.
fn import(tokens: &mut Tokens, layout: &mut Layout) -> Option<ItemKind> {
    layout.close();
    while tokens.next_if(|token| is_punct(token, ';')).is_none() {
        if tokens.next_if(|token| is_punct(token, ':')).is_some() {
            take_punct(tokens, ':')?;
            layout.word("::");
        }
        match tokens.next()? {
            TokenTree::Ident(name) => layout.display(&name),
            names @ TokenTree::Group(_) => {
                names_in_braces(expression::group(names, Delimiter::Brace)?, layout)?;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => return None,
        }
        tokens
            .peek()
            .filter(|next| is_punct(next, ':') || is_punct(next, ';'))?;
    }
    layout.word(";");
    Some(ItemKind::Use)
}

/// `{A, b::B}`. The braces around a single name are left out.
fn names_in_braces(names: Tokens, layout: &mut Layout) -> Option<()> {
    let names: Vec<TokenTree> = names.collect();
    let is_single = !names.iter().any(|token| is_punct(token, ','));
    let mut names = TokenStream::from_iter(names).into_iter().peekable();
    let is_self = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "self");
    if is_single {
        return match names.peek() {
            Some(name) if is_self(name) => None,
            _ => imported(&mut names, layout),
        };
    }
    layout.open(INDENT);
    layout.word("{");
    layout.nothing();
    layout.open_filled(0);
    imported(&mut names, layout)?;
    while names.peek().is_some() {
        take_punct(&mut names, ',')?;
        layout.word(",");
        layout.space();
        imported(&mut names, layout)?;
    }
    layout.close();
    layout.comma(true, 0);
    layout.dedent();
    layout.word("}");
    layout.close();
    Some(())
}

/// `b::B`.
fn imported(names: &mut Tokens, layout: &mut Layout) -> Option<()> {
    let length = expression::path(names.next()?, names, layout)?;
    layout.written(length);
    names
        .peek()
        .is_none_or(|next| is_punct(next, ','))
        .then_some(())
}

/// `pub `, `pub(crate) `, or nothing.
fn visibility(tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    let is_pub = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "pub");
    if tokens.next_if(is_pub).is_none() {
        return Some(());
    }
    layout.word("pub");
    if let Some(place) = tokens.next_if(|token| matches!(token, TokenTree::Group(_))) {
        let mut place = expression::group(place, Delimiter::Parenthesis)?;
        let is_crate =
            |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "crate");
        place.next_if(is_crate)?;
        layout.word("(crate)");
    }
    layout.word(" ");
    Some(())
}

fn attributes(tokens: &mut Tokens, layout: &mut Layout) -> Option<()> {
    while tokens.next_if(|token| is_punct(token, '#')).is_some() {
        attribute(tokens, layout, "")?;
    }
    Some(())
}

/// The attribute after `#` or `#!`.
fn attribute(tokens: &mut Tokens, layout: &mut Layout, inner: &str) -> Option<()> {
    let mut tokens = expression::group(tokens.next()?, Delimiter::Bracket)?;
    let TokenTree::Ident(name) = tokens.next()? else {
        return None;
    };
    if name == "doc" && tokens.next_if(|token| is_punct(token, '=')).is_some() {
        return documentation(&tokens.next()?, layout, inner);
    }
    layout.word("#");
    layout.word(inner);
    layout.word("[");
    layout.display(&name);
    match tokens.next() {
        None => {}
        Some(arguments @ TokenTree::Group(_)) => {
            attribute_arguments(
                expression::group(arguments, Delimiter::Parenthesis)?,
                layout,
            )?;
        }
        Some(token) if is_punct(&token, '=') => {
            layout.word(" = ");
            expression::expression(&mut tokens, layout)?;
        }
        Some(_) => return None,
    }
    layout.word("]");
    layout.space();
    tokens.next().is_none().then_some(())
}

/// `/// text`.
fn documentation(literal: &TokenTree, layout: &mut Layout, inner: &str) -> Option<()> {
    let TokenTree::Literal(literal) = literal else {
        return None;
    };
    let literal = literal.to_string();
    let text = expression::string_value(&literal)?;
    for line in text.split('\n') {
        if line.starts_with('/') {
            return None;
        }
        layout.word(if inner.is_empty() { "///" } else { "//!" });
        layout.word(line.trim_end_matches(' '));
        layout.line();
    }
    Some(())
}

/// The arguments of an attribute: any tokens, with spaces where prettyplease has them.
fn attribute_arguments(mut tokens: Tokens, layout: &mut Layout) -> Option<()> {
    layout.word("(");
    layout.open(INDENT);
    layout.nothing();
    let mut is_after_word = false;
    let mut ends_with_comma = false;
    while let Some(token) = tokens.next() {
        let is_word = matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_));
        if is_word && is_after_word {
            layout.space();
        }
        match token {
            TokenTree::Ident(name) => layout.display(&name),
            TokenTree::Literal(literal) => layout.display(&literal),
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                ends_with_comma = tokens.peek().is_none();
                layout.comma(ends_with_comma, 0);
            }
            TokenTree::Punct(punct) if punct.as_char() == '=' => {
                layout.word(if is_after_word { " = " } else { "= " });
            }
            TokenTree::Punct(punct) => layout.display(&punct.as_char()),
            TokenTree::Group(_) => {
                attribute_arguments(expression::group(token, Delimiter::Parenthesis)?, layout)?;
            }
        }
        is_after_word = is_word;
    }
    if !ends_with_comma {
        layout.nothing();
    }
    layout.dedent();
    layout.close();
    layout.word(")");
    Some(())
}

/// Whether a token is this character.
pub(super) fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Takes this character.
pub(super) fn take_punct(tokens: &mut Tokens, character: char) -> Option<Spacing> {
    match tokens.next()? {
        TokenTree::Punct(punct) if punct.as_char() == character => Some(punct.spacing()),
        _ => None,
    }
}
