//! The example of an operation: a doc test that compiles.

use super::scope::{Scope, ident, tokens};
use super::text::text;
use super::ty::{literal, number};
use crate::plan::{Example, Literal, Member, Operation, Plan, Structure, Ty, TypeName};
use proc_macro2::{Literal as Lit, TokenStream};
use quote::{ToTokens, quote};
use std::cell::Cell;

/// Lines of Markdown.
pub(super) fn lines(plan: &Plan, of: &Operation) -> Vec<String> {
    let library = plan.library();
    let method = &of.module;
    let mut lines = vec![
        String::new(),
        "# Example".into(),
        String::new(),
        "```no_run".into(),
    ];
    if of.deprecated.is_some()
        || of.example.iter().any(|(index, _)| {
            of.input
                .members
                .get(*index)
                .is_some_and(|member| member.deprecated.is_some())
        })
    {
        lines.push("# #![allow(deprecated)]".into());
    }
    lines.push(format!(
        "# async fn example(client: {library}::Client) -> Result<(), {library}::Error> {{"
    ));
    let used = if of.output.members.is_empty() {
        "client"
    } else {
        "let output = client"
    };
    let received = events(&of.output);
    let used = if received.is_some() {
        "let mut output = client"
    } else {
        used
    };
    let sent = events(&of.input);
    if sent.is_some() {
        lines.push(format!(
            "use {library}::primitives::event_stream::EventStreamSender;"
        ));
        lines.push("// `writer.send(event).await` sends an event, at any time.".into());
        lines.push("let (writer, events) = EventStreamSender::channel(16);".into());
    }
    let paths = Paths::of(&library);
    let setters: Vec<String> = of
        .example
        .iter()
        .filter_map(|(index, value)| Some((of.input.members.get(*index)?, value)))
        .flat_map(|(member, value)| setter(&paths, member, value))
        .collect();
    if paths.types.get() {
        lines.push(format!("use {library}::types;"));
        lines.push(String::new());
    }
    lines.push(used.into());
    lines.push(format!("    .{method}()"));
    lines.extend(setters);
    if let Some(member) = sent {
        lines.push(format!("    .{}(events)", member.ident));
    }
    lines.extend(["    .send()".into(), "    .await?;".into()]);
    if let Some(member) = received {
        lines.extend([
            format!(
                "while let Some(event) = output.{}.recv().await? {{",
                member.ident
            ),
            "    println!(\"{event:?}\");".into(),
            "}".into(),
        ]);
    } else if !of.output.members.is_empty() {
        lines.push("println!(\"{output:?}\");".into());
    }
    lines.extend(["# Ok(())".into(), "# }".into(), "```".into()]);
    lines
}

/// The member that is a stream of events.
fn events(of: &Structure) -> Option<&Member> {
    let mut members = of.members.iter();
    members.find(|member| matches!(member.ty, Ty::EventSender(_) | Ty::EventReceiver(_)))
}

/// The call of a setter, as lines.
fn setter(paths: &Paths, member: &Member, value: &Example) -> Vec<String> {
    let argument = argument(paths, member, value);
    let last = argument.len().saturating_sub(1);
    let lines = argument.iter().enumerate().map(|(index, line)| {
        let start = if index == 0 {
            format!(".{}(", member.ident)
        } else {
            String::new()
        };
        let end = if index == last { ")" } else { "" };
        format!("    {start}{line}{end}")
    });
    lines.collect()
}

/// The lines of a setter's argument.
fn argument(paths: &Paths, member: &Member, value: &Example) -> Vec<String> {
    let tokens = match value {
        Example::Literal(Literal::Blob(bytes)) if member.ty == Ty::Stream => {
            let (primitives, bytes) = (&paths.primitives, Lit::byte_string(bytes));
            quote!(#primitives::ByteStream::from_static(#bytes))
        }
        value => paths.argument(value),
    };
    formed(&tokens)
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

/// Where the crate's types are: with their modules, so that none is mistaken for one of the prelude's.
struct Paths {
    primitives: TokenStream,
    /// Whether `types` is to be in scope.
    types: Cell<bool>,
}

impl Paths {
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
            Example::Structure(name, new, set) => self.structure(name, new, set),
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

    /// What a setter or `new` takes: they convert text.
    fn argument(&self, of: &Example) -> TokenStream {
        match of {
            Example::Literal(Literal::String(value)) => text(value).to_token_stream(),
            value => self.value(value),
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

    fn structure(
        &self,
        name: &TypeName,
        new: &[Example],
        set: &[(String, Example)],
    ) -> TokenStream {
        let (name, new) = (
            self.named(name),
            new.iter().map(|value| self.argument(value)),
        );
        let setters = set.iter().map(|(member, value)| {
            let (member, value) = (ident(member), self.argument(value));
            quote!(.#member(#value))
        });
        quote!(#name::new(#(#new),*) #(#setters)*)
    }

    fn literal(&self, of: &Literal) -> TokenStream {
        let primitives = &self.primitives;
        match of {
            Literal::String(value) | Literal::Enum(_, value) => {
                let value = text(value);
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
                let value = text(value);
                quote!(#primitives::Document::String(#value.into()))
            }
            Literal::Blank
            | Literal::Bool(_)
            | Literal::Integer(_)
            | Literal::Float(_)
            | Literal::DocumentArray
            | Literal::DocumentObject => literal(&Scope::new(&[]), of),
        }
    }
}
