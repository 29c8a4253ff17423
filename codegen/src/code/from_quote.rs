//! Adds what `quote!` made.

use super::{Code, Place, ToCode};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use std::borrow::Cow;

impl ToCode for TokenStream {
    fn to_code(&self, out: &mut Code) {
        out.append(self.clone());
    }
}

impl From<TokenStream> for Code {
    fn from(tokens: TokenStream) -> Self {
        let mut code = Self::default();
        code.append(tokens);
        code
    }
}

impl Code {
    /// Adds tokens.
    pub(crate) fn append(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(name) => self.word(&name.to_string()),
                TokenTree::Literal(literal) => self.literal(&literal.to_string()),
                TokenTree::Punct(punct) => {
                    let (character, spacing) = (punct.as_char(), punct.spacing());
                    let is_inner = character == '#'
                        && matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
                    if is_inner {
                        tokens.next();
                    }
                    let docs = match tokens.peek() {
                        Some(TokenTree::Group(group)) if character == '#' => documentation(group),
                        _ => None,
                    };
                    match docs {
                        Some(text) => {
                            tokens.next();
                            let place = if is_inner { Place::Inner } else { Place::Outer };
                            self.docs(place, |out| out.push_str(&text));
                        }
                        None if is_inner => self.source("#!"),
                        None => self.punct(character, spacing),
                    }
                }
                TokenTree::Group(group) => {
                    let (delimiter, inner) = (group.delimiter(), group.stream());
                    // Tokens are moved out of a stream that nothing else has, where others are copied.
                    drop(group);
                    if delimiter == Delimiter::None {
                        self.append(inner);
                    } else {
                        self.group(delimiter, |out| out.append(inner));
                    }
                }
            }
        }
    }
}

/// The text of `[doc = "text"]`.
fn documentation(group: &Group) -> Option<String> {
    if group.delimiter() != Delimiter::Bracket {
        return None;
    }
    let mut tokens = group.stream().into_iter();
    let is_doc = matches!(tokens.next()?, TokenTree::Ident(name) if name == "doc");
    let is_text = matches!(tokens.next()?, TokenTree::Punct(punct) if punct.as_char() == '=');
    match tokens.next()? {
        TokenTree::Literal(literal) if is_doc && is_text => {
            string_value(&literal.to_string()).map(Cow::into_owned)
        }
        _ => None,
    }
}

/// The value of a string literal.
fn string_value(literal: &str) -> Option<Cow<'_, str>> {
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
