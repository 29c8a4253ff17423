//! The example in an operation's documentation: a doc test that compiles.

use super::scope::{ident, tokens};
use super::text::string_literal;
use super::ty::number;
use crate::plan::{Example, Literal, Member, Operation, Plan, Structure, Ty, TypeName};
use proc_macro2::{Literal as Lit, TokenStream};
use quote::{ToTokens, quote};
use std::cell::Cell;

/// The example as lines of Markdown.
pub(super) fn lines(plan: &Plan, of: &Operation) -> Vec<String> {
    let library = plan.library();
    let mut lines = vec![
        String::new(),
        "# Example".into(),
        String::new(),
        "```no_run".into(),
    ];
    let old = of.deprecated.is_some() || given(of).any(|(member, _)| member.deprecated.is_some());
    lines.extend(old.then(|| "# #![allow(deprecated)]".into()));
    lines.push(format!(
        "# async fn example(client: {library}::Client) -> Result<(), {library}::Error> {{"
    ));
    lines.extend(call(plan, of));
    lines.extend(["# Ok(()) }".into(), "```".into()]);
    lines
}

/// The call of the operation, with what it needs before and after.
pub(super) fn call(plan: &Plan, of: &Operation) -> Vec<String> {
    let library = plan.library();
    let paths = ExamplePaths::of(&library);
    let setters: Vec<String> = given(of)
        .flat_map(|(member, value)| setter(&paths, member, value))
        .collect();
    let mut lines = Vec::new();
    let sent = events(&of.input);
    lines.extend(sent.iter().flat_map(|_| opened(&library)));
    if paths.types.get() {
        lines.extend([format!("use {library}::types;"), String::new()]);
    }
    let (bound, used) = output(of);
    lines.extend([format!("{bound}client"), format!("    .{}()", of.module)]);
    lines.extend(setters);
    lines.extend(sent.map(|member| format!("    .{}(events)", member.ident)));
    lines.extend(["    .send()".into(), "    .await?;".into()]);
    lines.extend(used);
    lines
}

/// The members that the example sets.
fn given(of: &Operation) -> impl Iterator<Item = (&Member, &Example)> {
    let member = |index: usize| of.input.members.get(index);
    let values = of.example.iter();
    values.filter_map(move |(index, value)| Some((member(*index)?, value)))
}

/// Creates the stream of events to send.
fn opened(library: &str) -> [String; 3] {
    [
        format!("use {library}::primitives::event_stream::EventStreamSender;"),
        "// `writer.send(event).await` sends an event, at any time.".into(),
        "let (writer, events) = EventStreamSender::channel(16);".into(),
    ]
}

/// The `let` for the output, and the code that uses it.
fn output(of: &Operation) -> (&'static str, Vec<String>) {
    if let Some(member) = events(&of.output) {
        let received = format!(
            "while let Some(event) = output.{}.recv().await? {{",
            member.ident
        );
        let printed = "    println!(\"{event:?}\");".into();
        ("let mut output = ", vec![received, printed, "}".into()])
    } else if of.output.members.is_empty() {
        ("", Vec::new())
    } else {
        ("let output = ", vec!["println!(\"{output:?}\");".into()])
    }
}

/// The event stream member.
fn events(of: &Structure) -> Option<&Member> {
    let mut members = of.members.iter();
    members.find(|member| matches!(member.ty, Ty::EventSender(_) | Ty::EventReceiver(_)))
}

/// The calls of a setter, as lines: one for each element of a list or a map.
fn setter(paths: &ExamplePaths, member: &Member, value: &Example) -> Vec<String> {
    let calls = arguments(paths, member, value);
    calls
        .iter()
        .flat_map(|arguments| setter_call(&member.ident, &joined(arguments)))
        .collect()
}

fn setter_call(name: &str, arguments: &[String]) -> Vec<String> {
    let last = arguments.len().saturating_sub(1);
    let lines = arguments.iter().enumerate().map(|(index, line)| {
        let start = if index == 0 {
            format!(".{name}(")
        } else {
            String::new()
        };
        let end = if index == last { ")" } else { "" };
        format!("    {start}{line}{end}")
    });
    lines.collect()
}

/// Arguments as lines of code.
fn joined(arguments: &[TokenStream]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for argument in arguments {
        let mut next = formed(argument).into_iter();
        match (lines.last_mut(), next.next()) {
            (Some(last), Some(first)) => *last = format!("{last}, {first}"),
            (None, first) => lines.extend(first),
            (Some(_), None) => {}
        }
        lines.extend(next);
    }
    lines
}

/// The arguments of a setter's calls.
fn arguments(paths: &ExamplePaths, member: &Member, value: &Example) -> Vec<Vec<TokenStream>> {
    match value {
        Example::Literal(Literal::Blob(bytes)) if member.ty == Ty::Stream => {
            let (primitives, bytes) = (&paths.primitives, Lit::byte_string(bytes));
            vec![vec![quote!(#primitives::ByteStream::from_static(#bytes))]]
        }
        _ => paths.calls(value),
    }
}

/// An expression as lines of code.
fn formed(tokens: &TokenStream) -> Vec<String> {
    let Ok(file) = syn::parse2(quote!(fn example() { #tokens })) else {
        return vec![tokens.to_string()];
    };
    let text = prettyplease::unparse(&file);
    let body = text.lines().skip(1).take_while(|line| *line != "}");
    body.map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned())
        .collect()
}

/// Paths of the crate's types, with modules, so that none is mistaken for one of the prelude's.
struct ExamplePaths {
    primitives: TokenStream,
    /// Whether the example needs `types` in scope.
    types: Cell<bool>,
}

impl ExamplePaths {
    fn of(library: &str) -> Self {
        Self {
            primitives: tokens(&format!("{library}::primitives")),
            types: Cell::new(false),
        }
    }

    fn named(&self, name: &TypeName) -> TokenStream {
        self.types.set(true);
        let name = ident(&name.name);
        quote!(types::#name)
    }

    fn value(&self, of: &Example) -> TokenStream {
        let primitives = &self.primitives;
        match of {
            Example::Literal(value) => self.literal(value),
            Example::Time(seconds, 0) => {
                let seconds = number(&seconds.to_string());
                quote!(#primitives::DateTime::from_secs(#seconds))
            }
            Example::Time(seconds, nanos) => {
                let (seconds, nanos) = (number(&seconds.to_string()), number(&nanos.to_string()));
                quote!(#primitives::DateTime::from_secs_and_nanos(#seconds, #nanos))
            }
            Example::DocumentNull => quote!(#primitives::Document::Null),
            Example::DocumentNumber(Literal::Integer(digits)) => {
                let value = number(&format!("{digits}i64"));
                quote!(#primitives::Document::from(#value))
            }
            Example::DocumentNumber(value) => {
                let value = self.literal(value);
                quote!(#primitives::Document::from(#value))
            }
            Example::DocumentArray(all) => {
                let all = self.values(all);
                quote!(#primitives::Document::Array(Vec::from([#(#all),*])))
            }
            Example::DocumentObject(entries) => {
                let map = self.map(entries);
                quote!(#primitives::Document::Object(#map))
            }
            Example::Structure(name, set, may_fail) => self.structure(name, set, *may_fail),
            Example::Variant(name, variant, boxed, value) => {
                let (name, variant) = (self.named(name), ident(variant));
                let value = self.value(value);
                let value = if *boxed {
                    quote!(Box::new(#value))
                } else {
                    value
                };
                quote!(#name::#variant(#value))
            }
            Example::List(all) => {
                let all = self.values(all);
                quote!(Vec::from([#(#all),*]))
            }
            Example::Map(entries) => self.map(entries),
            Example::Sparse(None) => quote!(None),
            Example::Sparse(Some(value)) => {
                let value = self.value(value);
                quote!(Some(#value))
            }
        }
    }

    /// An argument of a setter, which converts strings.
    fn argument(&self, of: &Example) -> TokenStream {
        if let Example::Literal(Literal::String(value)) = of {
            string_literal(value).to_token_stream()
        } else {
            self.value(of)
        }
    }

    fn values(&self, all: &[Example]) -> Vec<TokenStream> {
        all.iter().map(|value| self.value(value)).collect()
    }

    fn map(&self, entries: &[(Example, Example)]) -> TokenStream {
        if entries.is_empty() {
            return quote!(Default::default());
        }
        let entries = entries.iter().map(|(key, value)| {
            let (key, value) = (self.value(key), self.value(value));
            quote!((#key, #value))
        });
        quote!([#(#entries),*].into())
    }

    fn structure(&self, name: &TypeName, set: &[(String, Example)], may_fail: bool) -> TokenStream {
        let name = self.named(name);
        let setters = set.iter().flat_map(|(member, value)| {
            let (member, calls) = (ident(member), self.calls(value).into_iter());
            calls.map(move |arguments| quote!(.#member(#(#arguments),*)))
        });
        let unwrap = may_fail.then(|| quote!(?));
        quote!(#name::builder() #(#setters)* .build() #unwrap)
    }

    /// The arguments of a setter's calls: one for each element of a list or a map.
    fn calls(&self, of: &Example) -> Vec<Vec<TokenStream>> {
        let call = |value| vec![self.argument(value)];
        match of {
            Example::List(all) => all.iter().map(call).collect(),
            Example::Map(entries) => {
                let entries = entries.iter();
                entries
                    .map(|(key, value)| vec![self.argument(key), self.argument(value)])
                    .collect()
            }
            _ => vec![call(of)],
        }
    }

    fn literal(&self, of: &Literal) -> TokenStream {
        let primitives = &self.primitives;
        match of {
            Literal::String(value) | Literal::Enum(_, value) => {
                let value = string_literal(value);
                quote!(#value.into())
            }
            Literal::IntEnum(_, digits) => {
                let digits = number(digits);
                quote!(i32::into(#digits))
            }
            Literal::Blob(bytes) => {
                let bytes = Lit::byte_string(bytes);
                quote!(#primitives::Blob::new(#bytes))
            }
            Literal::EpochSeconds(_) => quote!(),
            Literal::DocumentBool(value) => quote!(#primitives::Document::Bool(#value)),
            Literal::DocumentString(value) => {
                let value = string_literal(value);
                quote!(#primitives::Document::String(#value.into()))
            }
            Literal::Blank => quote!(Default::default()),
            Literal::Bool(value) => quote!(#value),
            Literal::Integer(digits) | Literal::Float(digits) => number(digits).to_token_stream(),
            Literal::DocumentArray => quote!(Document::Array(Vec::new())),
            Literal::DocumentObject => quote!(Document::Object(Default::default())),
        }
    }
}
