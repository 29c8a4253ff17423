//! Formats most of what codegen emits without parsing it into syntax trees: structures, enums, statics, aliases of types,
//! modules, imports and simple methods, with the lines that prettyplease would give them. It gives up on everything else, and
//! prettyplease formats it.

use super::expression;
use super::layout::{INDENT, Layout};
use super::{ItemKind, one};
use crate::code::{Place, Tokens, Tree};
use proc_macro2::Delimiter;

/// Formats a file, below a header. None if it isn't clear where its items end.
pub(super) fn file(mut tokens: Tokens<'_>, header: &str) -> Option<String> {
    let mut layout = Layout::default();
    let mut out = header.to_owned();
    inner_attributes(&mut tokens, &mut layout, &mut out)?;
    let mut before = ItemKind::Start;
    let mut text = String::new();
    while !tokens.is_empty() {
        let item = Item::take(&mut tokens)?;
        text.clear();
        let kind = item.format(&mut layout, &mut text)?;
        let kind = kind.with_text(&text);
        if out.len() > header.len() && (kind == ItemKind::Other || kind != before) {
            out.push('\n');
        }
        before = kind;
        out.push_str(&text);
    }
    Some(out)
}

/// Formats the attributes of the file.
fn inner_attributes(tokens: &mut Tokens<'_>, layout: &mut Layout, out: &mut String) -> Option<()> {
    layout.open(0);
    loop {
        let mut after = tokens.clone();
        match after.next() {
            Some(Tree::Docs(text, Place::Inner)) => documentation(text, "//!", layout)?,
            Some(Tree::Punct('#', _)) if after.skip_punct('!') => {
                attribute(&mut after, layout, "#!")?;
            }
            _ => break,
        }
        *tokens = after;
    }
    layout.close();
    layout.print(out);
    Some(())
}

/// The tokens of an item.
struct Item<'c> {
    keyword: &'c str,
    tokens: Tokens<'c>,
}

impl<'c> Item<'c> {
    /// Takes the next item. None if it isn't clear where the item ends.
    fn take(tokens: &mut Tokens<'c>) -> Option<Self> {
        let before = tokens.clone();
        let mut keyword = None;
        while let Some(token) = tokens.next() {
            let is_end = match (token, keyword) {
                (Tree::Word(word), None) if word != "pub" => {
                    keyword = Some(word);
                    false
                }
                (Tree::Punct(';', _), _) => true,
                (Tree::Group(Delimiter::Brace, _), Some(keyword)) => {
                    !matches!(keyword, "use" | "static" | "type")
                }
                _ => false,
            };
            if is_end {
                return Some(Self {
                    keyword: keyword.filter(|keyword| *keyword != "const")?,
                    tokens: before.until(tokens),
                });
            }
        }
        None
    }

    fn format(self, layout: &mut Layout, out: &mut String) -> Option<ItemKind> {
        layout.open(0);
        let Some(kind) = self.lay_out(layout) else {
            layout.clear();
            return self.format_with_syn(out);
        };
        layout.close();
        layout.print(out);
        Some(kind)
    }

    /// Adds the item. None if it has parts that are not known here.
    fn lay_out(&self, layout: &mut Layout) -> Option<ItemKind> {
        let mut tokens = self.tokens.clone();
        attributes(&mut tokens, layout)?;
        layout.open(match self.keyword {
            "use" | "static" => 0,
            _ => INDENT,
        });
        visibility(&mut tokens, layout)?;
        if self.keyword == "impl" {
            layout.open_filled(-INDENT);
        }
        tokens.next_if(|token| token.is_word(self.keyword))?;
        layout.word(self.keyword);
        layout.word(" ");
        let kind = match self.keyword {
            "struct" => structure(&mut tokens, layout),
            "enum" => enumeration(&mut tokens, layout),
            "static" => variable(&mut tokens, layout),
            "mod" => module(&mut tokens, layout),
            "type" => alias(&mut tokens, layout),
            "use" => import(&mut tokens, layout),
            "impl" => implementation(&mut tokens, layout),
            "fn" => function(&mut tokens, layout),
            _ => None,
        }?;
        layout.line();
        tokens.is_empty().then_some(kind)
    }

    fn format_with_syn(self, out: &mut String) -> Option<ItemKind> {
        let item = syn::parse_str(&self.tokens.source()).ok()?;
        let kind = ItemKind::of(&item);
        out.push_str(&one(item));
        Some(kind)
    }
}

/// `Name { fields }`, or `Name;`.
fn structure(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    if tokens.skip_punct(';') {
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
fn enumeration(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    members(tokens, layout, |tokens, layout| {
        expression::name(tokens, layout)?;
        let Some(fields) = tokens.next_if(|token| matches!(token, Tree::Group(..))) else {
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
        field.is_empty().then_some(())
    })
}

/// The members of a type, each with its attributes.
fn members(
    tokens: &mut Tokens<'_>,
    layout: &mut Layout,
    one: impl Fn(&mut Tokens<'_>, &mut Layout) -> Option<()>,
) -> Option<ItemKind> {
    let mut members = expression::group(tokens.next()?, Delimiter::Brace)?;
    layout.word(" {");
    if !members.is_empty() {
        layout.line();
    }
    while !members.is_empty() {
        attributes(&mut members, layout)?;
        one(&mut members, layout)?;
        layout.word(",");
        layout.line();
        if !members.is_empty() {
            take_punct(&mut members, ',')?;
        }
    }
    layout.dedent();
    layout.close();
    layout.word("}");
    Some(ItemKind::Other)
}

/// `NAME: Type = value;`.
fn variable(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
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
fn alias(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
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
fn module(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    if tokens.skip_punct(';') {
        layout.word(";");
        layout.close();
        return Some(ItemKind::Module);
    }
    items(tokens, layout)
}

/// `{ items }`.
fn items(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
    let mut items = expression::group(tokens.next()?, Delimiter::Brace)?;
    layout.word(" {");
    if !items.is_empty() {
        layout.line();
    }
    while !items.is_empty() {
        Item::take(&mut items)?.lay_out(layout)?;
    }
    layout.dedent();
    layout.close();
    layout.word("}");
    Some(ItemKind::Other)
}

/// `Type { items }`, or `Trait for Type { items }`.
fn implementation(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
    expression::ty(tokens, layout)?;
    if tokens.next_if(|token| token.is_word("for")).is_some() {
        layout.space();
        layout.word("for ");
        expression::ty(tokens, layout)?;
    }
    layout.close();
    items(tokens, layout)
}

/// `name(&self) -> Type { expression }`.
fn function(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
    expression::name(tokens, layout)?;
    let mut receiver = expression::group(tokens.next()?, Delimiter::Parenthesis)?;
    layout.word("(");
    layout.never();
    layout.open(0);
    layout.nothing();
    layout.word(if receiver.skip_punct('&') { "&" } else { "" });
    receiver.next_if(|token| token.is_word("self"))?;
    layout.word("self");
    layout.comma(true, 0);
    layout.dedent();
    layout.close();
    layout.word(")");
    layout.open(-INDENT);
    if tokens.skip_punct('-') {
        take_punct(tokens, '>')?;
        layout.word(" -> ");
        expression::ty(tokens, layout)?;
    }
    layout.close();
    let mut body = expression::group(tokens.next()?, Delimiter::Brace)?;
    layout.word(" {");
    layout.line();
    expression::statement(&mut body, layout)?;
    layout.dedent();
    layout.close();
    layout.word("}");
    (receiver.is_empty() && body.is_empty()).then_some(ItemKind::Other)
}

/// `path::A;`, or `path::{A, B};`.
fn import(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<ItemKind> {
    layout.close();
    while !tokens.skip_punct(';') {
        if tokens.skip_punct(':') {
            take_punct(tokens, ':')?;
            layout.word("::");
        }
        match tokens.next()? {
            Tree::Word(name) => layout.word(name),
            Tree::Group(Delimiter::Brace, names) => names_in_braces(names, layout)?,
            _ => return None,
        }
        tokens
            .peek()
            .filter(|next| next.is_punct(':') || next.is_punct(';'))?;
    }
    layout.word(";");
    Some(ItemKind::Use)
}

/// `{A, b::B}`. The braces around a single name are left out.
fn names_in_braces(mut names: Tokens<'_>, layout: &mut Layout) -> Option<()> {
    let is_single = !names.clone().any(|token| token.is_punct(','));
    if is_single {
        return match names.peek() {
            Some(name) if name.is_word("self") => None,
            _ => imported(&mut names, layout),
        };
    }
    layout.open(INDENT);
    layout.word("{");
    layout.nothing();
    layout.open_filled(0);
    imported(&mut names, layout)?;
    while !names.is_empty() {
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
fn imported(names: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    let length = expression::path(names.next()?, names, layout)?;
    layout.written(length);
    names
        .peek()
        .is_none_or(|next| next.is_punct(','))
        .then_some(())
}

/// `pub `, `pub(crate) `, or nothing.
fn visibility(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    if tokens.next_if(|token| token.is_word("pub")).is_none() {
        return Some(());
    }
    layout.word("pub");
    if let Some(place) = tokens.next_if(|token| matches!(token, Tree::Group(..))) {
        let mut place = expression::group(place, Delimiter::Parenthesis)?;
        place.next_if(|token| token.is_word("crate"))?;
        layout.word("(crate)");
    }
    layout.word(" ");
    Some(())
}

/// Attributes and documentation.
fn attributes(tokens: &mut Tokens<'_>, layout: &mut Layout) -> Option<()> {
    loop {
        let mut after = tokens.clone();
        match after.next() {
            Some(Tree::Docs(text, Place::Outer)) => documentation(text, "///", layout)?,
            Some(Tree::Punct('#', _)) => attribute(&mut after, layout, "#")?,
            _ => return Some(()),
        }
        *tokens = after;
    }
}

/// The attribute after `#` or `#!`.
fn attribute(tokens: &mut Tokens<'_>, layout: &mut Layout, mark: &str) -> Option<()> {
    let mut tokens = expression::group(tokens.next()?, Delimiter::Bracket)?;
    let Tree::Word(name) = tokens.next()? else {
        return None;
    };
    layout.word(mark);
    layout.word("[");
    layout.word(name);
    match tokens.next() {
        None => {}
        Some(Tree::Group(Delimiter::Parenthesis, arguments)) => {
            attribute_arguments(arguments, layout)?;
        }
        // Documentation that isn't a plain text.
        Some(Tree::Punct('=', _)) if name != "doc" => {
            layout.word(" = ");
            expression::expression(&mut tokens, layout)?;
        }
        Some(_) => return None,
    }
    layout.word("]");
    layout.space();
    tokens.is_empty().then_some(())
}

/// `/// text`.
fn documentation(text: &str, mark: &str, layout: &mut Layout) -> Option<()> {
    for line in text.split('\n') {
        if line.starts_with('/') {
            return None;
        }
        layout.word(mark);
        layout.word(line.trim_end_matches(' '));
        layout.line();
    }
    Some(())
}

/// The arguments of an attribute: any tokens, with spaces where prettyplease has them.
fn attribute_arguments(mut tokens: Tokens<'_>, layout: &mut Layout) -> Option<()> {
    layout.word("(");
    layout.open(INDENT);
    layout.nothing();
    let mut is_after_word = false;
    let mut ends_with_comma = false;
    while let Some(token) = tokens.next() {
        let is_word = matches!(token, Tree::Word(_) | Tree::Literal(_));
        if is_word && is_after_word {
            layout.space();
        }
        match token {
            Tree::Word(text) | Tree::Literal(text) => layout.word(text),
            Tree::Punct(',', _) => {
                ends_with_comma = tokens.is_empty();
                layout.comma(ends_with_comma, 0);
            }
            Tree::Punct('=', _) => {
                layout.word(if is_after_word { " = " } else { "= " });
            }
            Tree::Punct(character, _) => layout.word(character.encode_utf8(&mut [0; 4])),
            Tree::Group(Delimiter::Parenthesis, arguments) => {
                attribute_arguments(arguments, layout)?;
            }
            Tree::Group(..) | Tree::Docs(..) => return None,
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

/// Takes this character.
pub(super) fn take_punct(tokens: &mut Tokens<'_>, character: char) -> Option<()> {
    tokens.skip_punct(character).then_some(())
}
