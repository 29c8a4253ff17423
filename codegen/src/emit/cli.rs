//! The command line: `main.rs`, `cli.rs`, `manual.txt`.

use super::runtime::{CLI, CLI_COMMAND, CLI_FLAG, CLI_MAIN, CLI_OPERATION, CLI_OPTION};
use super::scope::ident;
use super::text::text;
use super::{Emitted, module_file, plain, rust};
use crate::docs::{manual, summary};
use crate::names::CommandOption;
use crate::plan::{Member, Operation, Plan, Structure, Ty, TypeKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// More rows than this, and each operation's command gets a file of its own.
const ONE_FILE: usize = 80;

/// A longer chain of calls would be too deep a tree for the stack of a thread that forms code.
const LONGEST_CHAIN: usize = 500;

/// All files of the command line.
pub(super) fn files(plan: &Plan) -> Vec<Emitted<'_>> {
    let rows: usize = callable(plan).map(|of| of.input.members.len() + 3).sum();
    let mut files = vec![
        rust("main", || main(plan)),
        plain("src/manual.txt", || manual_text(plan)),
    ];
    if rows <= ONE_FILE {
        files.push(rust("cli", || {
            let commands = callable(plan).map(command);
            cli(plan, &quote!(#(#commands)*), callable(plan).map(entry))
        }));
    } else {
        files.push(rust("cli", || {
            let modules = callable(plan).map(|of| ident(&of.module));
            let names = callable(plan).map(|of| {
                let (module, name) = (ident(&of.module), constant(of));
                quote!(#module::#name)
            });
            cli(plan, &quote!(#(mod #modules;)*), names)
        }));
        files.extend(callable(plan).map(|of| {
            rust(&format!("cli/{}", module_file(&of.module)), || {
                in_a_file(of)
            })
        }));
    }
    files
}

/// The operations that are commands. Streams of events come and go while a command runs, for which a command line has no
/// form; the AWS CLI leaves these operations out, too.
fn callable(plan: &Plan) -> impl Iterator<Item = &Operation> {
    plan.operations.iter().filter(|of| !of.has_events())
}

fn main(plan: &Plan) -> TokenStream {
    let library = ident(&plan.library());
    quote! {
        #![doc = " The command line."]
        #![forbid(unsafe_code)]
        fn main() -> std::process::ExitCode { #CLI_MAIN(&#library::cli::CLI) }
    }
}

fn cli(
    plan: &Plan,
    commands: &TokenStream,
    names: impl Iterator<Item = TokenStream>,
) -> TokenStream {
    let name = text(&plan.package);
    quote! {
        #![doc = " The command line as data: `swage_cli` does the rest."]
        #[doc = " The program."]
        pub static CLI: ::#CLI = ::#CLI {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            service: &crate::service::SERVICE,
            manual: include_str!("manual.txt"),
            operations: &[#(#names),*],
        };
        #commands
    }
}

fn constant(of: &Operation) -> proc_macro2::Ident {
    format_ident!("{}", module_file(&of.module).to_uppercase())
}

/// A file of `cli/`: an operation's entry and command.
fn in_a_file(of: &Operation) -> TokenStream {
    let (constant, entry, command) = (constant(of), entry(of), command(of));
    quote! {
        pub(super) const #constant: #CLI_OPERATION = #entry;
        #command
    }
}

/// An operation in the list of the program's.
fn entry(of: &Operation) -> TokenStream {
    let (module, name) = (ident(&of.module), text(&of.command));
    quote! {
        #CLI_OPERATION {
            name: #name,
            operation: &crate::operation::#module::OPERATION,
            command: #module,
        }
    }
}

/// An operation's options. A deprecated operation is a command that help doesn't list.
fn command(of: &Operation) -> TokenStream {
    let (module, name) = (ident(&of.module), text(&of.command));
    let about = text(&summary(&of.docs));
    let hidden = of.deprecated.is_some().then(|| quote!(.hide(true)));
    let arguments = of
        .input
        .members
        .iter()
        .zip(&of.options)
        .map(|(member, option)| argument(member, option))
        .collect::<Vec<_>>();
    let arguments = if arguments.len() > LONGEST_CHAIN {
        quote!(.args([#(#arguments),*]))
    } else {
        quote!(#(.arg(#arguments))*)
    };
    quote! {
        fn #module() -> clap::Command {
            #CLI_COMMAND(#name, #about) #hidden #arguments
        }
    }
}

/// An option. What it is for stands in the manual, what is said here is why its name isn't that of its member.
fn argument(member: &Member, option: &CommandOption) -> TokenStream {
    let name = text(&option.name);
    let kind = if member.ty == Ty::Bool {
        CLI_FLAG
    } else {
        CLI_OPTION
    };
    let required = (member.required && member.ty != Ty::Bool && !member.token)
        .then(|| quote!(.required(true)));
    let reason = option.reason.as_ref().map(|reason| {
        let reason = format!("This option sets `{}`, because {reason}.", member.name);
        let reason = text(&reason);
        quote!(.help(#reason))
    });
    quote!(#kind(#name) #required #reason)
}

/// The documentation that help pages are made of.
fn manual_text(plan: &Plan) -> String {
    let mut out = String::new();
    manual(&plan.service.id, &plan.service.docs, &mut out);
    for of in callable(plan) {
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
