//! Writes code: `code!`, and what it interpolates.

use super::{Code, Text, Token};
use proc_macro2::Spacing;

/// Adds tokens to code. As in `format!`, `{value}` interpolates, and `{{ }}` stand for braces:
/// `code!(out; static {name}: Table = Table {{ id: {id} }};)`.
macro_rules! code {
    ($out:expr; $($token:tt)*) => {{
        let out: &mut $crate::code::Code = $out;
        $($crate::code::token!(out, $token);)*
    }};
}

/// One token of `code!`.
macro_rules! token {
    ($out:ident, ($($token:tt)*)) => {
        $out.group(::proc_macro2::Delimiter::Parenthesis, |_out| {
            $($crate::code::token!(_out, $token);)*
        })
    };
    ($out:ident, [$($token:tt)*]) => {
        $out.group(::proc_macro2::Delimiter::Bracket, |_out| {
            $($crate::code::token!(_out, $token);)*
        })
    };
    ($out:ident, {{ $($token:tt)* }}) => {
        $out.group(::proc_macro2::Delimiter::Brace, |_out| {
            $($crate::code::token!(_out, $token);)*
        })
    };
    ($out:ident, {$value:expr}) => {
        ($value).to_code($out)
    };
    ($out:ident, $token:tt) => {
        $out.source(stringify!($token))
    };
}

pub(crate) use {code, token};

/// What can be interpolated.
pub(crate) trait ToCode {
    /// Adds its tokens.
    fn to_code(&self, out: &mut Code);
}

impl ToCode for &dyn ToCode {
    fn to_code(&self, out: &mut Code) {
        (*self).to_code(out);
    }
}

impl<T: ToCode> ToCode for Option<T> {
    fn to_code(&self, out: &mut Code) {
        if let Some(code) = self {
            code.to_code(out);
        }
    }
}

impl<F: Fn(&mut Code)> ToCode for F {
    fn to_code(&self, out: &mut Code) {
        self(out);
    }
}

impl ToCode for Code {
    fn to_code(&self, out: &mut Code) {
        let before = out.text.len();
        let moved = |text: &Text| Text {
            start: text.start + before,
            end: text.end + before,
        };
        out.text.push_str(&self.text);
        out.tokens
            .extend(self.tokens.iter().map(|token| match token {
                Token::Word(text) => Token::Word(moved(text)),
                Token::Literal(text) => Token::Literal(moved(text)),
                Token::Docs(text, place) => Token::Docs(moved(text), *place),
                other => *other,
            }));
    }
}

/// A name, raw or not, or a keyword.
#[derive(Clone, Copy)]
pub(crate) struct Word<'a>(pub(crate) &'a str);

impl ToCode for Word<'_> {
    fn to_code(&self, out: &mut Code) {
        out.word(self.0);
    }
}

/// One after the other.
pub(crate) fn all<I>(items: I) -> impl ToCode
where
    I: IntoIterator<IntoIter: Clone, Item: ToCode>,
{
    let items = items.into_iter();
    move |out: &mut Code| items.clone().for_each(|item| item.to_code(out))
}

/// With commas between them.
pub(crate) fn list<I>(items: I) -> impl ToCode
where
    I: IntoIterator<IntoIter: Clone, Item: ToCode>,
{
    let items = items.into_iter();
    move |out: &mut Code| {
        for (index, item) in items.clone().enumerate() {
            if index > 0 {
                out.punct(',', Spacing::Alone);
            }
            item.to_code(out);
        }
    }
}

impl Code {
    /// Adds a token of `code!` that is no group.
    #[inline]
    pub(crate) fn source(&mut self, token: &'static str) {
        match token.as_bytes() {
            [b'"' | b'0'..=b'9', ..] => self.literal(token),
            [first, ..] if first.is_ascii_alphabetic() || *first == b'_' => self.word(token),
            [b'\'', ..] => {
                self.punct('\'', Spacing::Joint);
                self.word(&token[1..]);
            }
            _ => self.puncts(token),
        }
    }

    fn puncts(&mut self, characters: &str) {
        let mut characters = characters.chars().peekable();
        while let Some(character) = characters.next() {
            let is_last = characters.peek().is_none();
            let spacing = if is_last {
                Spacing::Alone
            } else {
                Spacing::Joint
            };
            self.punct(character, spacing);
        }
    }

    /// Adds a path, such as `a::B`, that this project wrote.
    pub(crate) fn path(&mut self, path: &str) {
        let path = if let Some(path) = path.strip_prefix("::") {
            self.puncts("::");
            path
        } else {
            path
        };
        // Between two parts there is the empty one between two colons.
        for part in path.split(':') {
            if part.is_empty() {
                self.puncts("::");
            } else {
                self.word(part);
            }
        }
    }
}
