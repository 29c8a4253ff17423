//! The command line: `main.rs`, `cli.rs`, `manual.txt`.

mod parts;

use super::runtime::{CLI, CLI_COMMAND, CLI_MAIN, CLI_OPTION, CLI_PAGES};
use super::scope::{Scope, array, ident};
use super::text::string_literal;
use super::ty::number;
use super::{Emitted, plain, rust};
use crate::docs::{manual, summary};
use crate::names::{CommandOption, OptionForm};
use crate::plan::{CommandPages, DEFAULT_ATTEMPTS, Member, Operation, Plan, Structure, TypeKind};
use proc_macro2::TokenStream;
use quote::quote;

/// All files of the command line.
pub(super) fn files(plan: &Plan) -> Vec<Emitted<'_>> {
    vec![
        rust("main", || main(plan)),
        rust("cli", || cli(plan)),
        plain("src/manual.txt", || manual_text(plan)),
    ]
}

fn main(plan: &Plan) -> TokenStream {
    let library = ident(&plan.library());
    quote! {
        #![doc = " The command line."]
        #![forbid(unsafe_code)]
        fn main() -> std::process::ExitCode { #CLI_MAIN(&#library::cli::CLI) }
    }
}

fn cli(plan: &Plan) -> TokenStream {
    let scope = Scope::new(&[]);
    let (program, name) = (scope.runtime(CLI), string_literal(&plan.program));
    let commands = array(plan.commands().map(|of| command(&scope, of)));
    let uses = scope.uses();
    quote! {
        #![doc = " The command line as data: `swage_cli` does the rest."]
        #uses
        #[doc = " The program."]
        pub static CLI: #program = #program {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            service: &crate::service::SERVICE,
            manual: include_str!("manual.txt"),
            commands: &#commands,
        };
    }
}

/// A command: its options follow from the operation's input, so only what differs is emitted.
fn command(scope: &Scope, of: &Operation) -> TokenStream {
    let (module, name, summary) = (
        ident(&of.module),
        string_literal(&of.command),
        string_literal(&summary(&of.docs)),
    );
    let hidden = of.is_hidden().then(|| quote!(.hidden()));
    let aliases = aliases(&of.aliases);
    let members = of.input.members.iter().zip(&of.options);
    let options: Vec<_> = members
        .filter_map(|(member, named)| option(scope, member, named))
        .collect();
    let options = (!options.is_empty()).then(|| quote!(.options(&[#(#options),*])));
    let shortcuts = parts::shortcuts(scope, &of.shortcuts);
    let moves = of.moves.as_ref().map(|of| parts::moves(scope, of));
    let outfiles = parts::outfiles(scope, &of.outfiles);
    let encoding = of.percent_encoding.as_ref().map(parts::percent_encoding);
    let size = of.page_size.as_ref().map(parts::page_size);
    let pages = of.command_pages.as_ref().map(|of| pages(scope, of));
    let attempts = max_attempts(of);
    let command = scope.runtime(CLI_COMMAND);
    quote! {
        #command::new(#name, &crate::operation::#module::OPERATION, #summary)
            #aliases #hidden #options #shortcuts #moves #outfiles #encoding #pages #size #attempts
    }
}

/// Names that help doesn't show.
fn aliases(names: &[String]) -> Option<TokenStream> {
    let literals = names.iter().map(|name| string_literal(name));
    (!names.is_empty()).then(|| quote!(.aliases(&[#(#literals),*])))
}

/// An option that differs from what its member says.
fn option(scope: &Scope, member: &Member, named: &CommandOption) -> Option<TokenStream> {
    let aliases = aliases(&named.aliases);
    let off = (!named.has_usual_off())
        .then_some(named.off.as_ref())
        .flatten();
    let off = off
        .map(|off| string_literal(off))
        .map(|off| quote!(.off(#off)));
    let hidden = named.hidden.then(|| quote!(.hidden()));
    let base64 = named.base64.then(|| quote!(.base64()));
    let plain = named.plain.then(|| quote!(.plain_values()));
    let flag = (named.form == OptionForm::FlagOrValue).then(|| quote!(.flag()));
    if !named.differs_from(&member.name) {
        return None;
    }
    let (of, name) = (string_literal(&member.name), string_literal(&named.name));
    let note = named.note(&member.name).map(|note| {
        let note = string_literal(&note);
        quote!(.note(#note))
    });
    let option = scope.runtime(CLI_OPTION);
    Some(quote!(#option::new(#of, #name) #aliases #flag #off #hidden #base64 #plain #note))
}

fn pages(scope: &Scope, of: &CommandPages) -> TokenStream {
    let texts = |all: &[String]| {
        let all = all.iter().map(|one| string_literal(one));
        quote!(&[#(#all),*])
    };
    let (inputs, outputs) = (texts(&of.input_tokens), texts(&of.output_tokens));
    let (results, others) = (texts(&of.results), texts(&of.non_aggregate));
    let (more, size) = (
        string_literal(&of.more_results),
        string_literal(&of.page_size),
    );
    let pages = scope.runtime(CLI_PAGES);
    quote! {
        .pages(#pages {
            input_tokens: #inputs,
            output_tokens: #outputs,
            more_results: #more,
            results: #results,
            non_aggregate: #others,
            page_size: #size,
        })
    }
}

/// The number of attempts of waiters, where it isn't the default.
fn max_attempts(of: &Operation) -> Option<TokenStream> {
    let waiters = of.waiters.iter();
    let unusual = waiters.filter(|of| of.max_attempts != DEFAULT_ATTEMPTS);
    let pairs: Vec<_> = unusual
        .map(|of| {
            let (name, attempts) = (
                string_literal(&of.name),
                number(&of.max_attempts.to_string()),
            );
            quote!((#name, #attempts))
        })
        .collect();
    (!pairs.is_empty()).then(|| quote!(.max_attempts(&[#(#pairs),*])))
}

/// The documentation that help pages are made of.
fn manual_text(plan: &Plan) -> String {
    let mut out = String::new();
    manual(&plan.service.id, &plan.service.docs, &mut out);
    for of in plan.commands() {
        manual(&of.id, &of.docs, &mut out);
        for waiter in &of.waiters {
            manual(
                &format!("{}${}", of.id, waiter.name),
                &waiter.docs,
                &mut out,
            );
        }
        members(&of.input, &mut out);
        members(&of.output, &mut out);
    }
    for of in &plan.types {
        match &of.kind {
            TypeKind::Structure(structure) => {
                manual(
                    structure.id.as_deref().unwrap_or_default(),
                    &of.docs,
                    &mut out,
                );
                members(structure, &mut out);
            }
            TypeKind::Union(union) => {
                manual(&union.id, &of.docs, &mut out);
                for variant in &union.variants {
                    manual(
                        &format!("{}${}", union.id, variant.member.name),
                        &variant.member.docs,
                        &mut out,
                    );
                }
            }
            TypeKind::Enum(values) | TypeKind::IntEnum(values) => {
                manual(&values.id, &of.docs, &mut out);
            }
        }
    }
    out
}

fn members(of: &Structure, out: &mut String) {
    let id = of.id.as_deref().unwrap_or_default();
    for member in &of.members {
        manual(&format!("{id}${}", member.name), &member.docs, out);
    }
}
