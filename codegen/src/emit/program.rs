//! The crate of a program for the services of a pack: `Cargo.toml`, `rustfmt.toml` and `main.rs`.

use super::package;
use super::{Emitted, plain, rust};
use crate::Options;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The file with the pack, below the crate's folder.
pub(crate) const PACK: &str = "services.pack";

/// All files but the pack.
pub(crate) fn emit<'a>(name: &'a str, options: &'a Options) -> Vec<Emitted<'a>> {
    vec![
        plain("Cargo.toml", || manifest(name, options)),
        plain("rustfmt.toml", package::rustfmt),
        rust("main", || main(name)),
    ]
}

fn manifest(name: &str, options: &Options) -> String {
    let given = options.package.description.as_deref();
    let description = given.unwrap_or("Calls the operations of services.");
    let (metadata, workspace) = (
        package::metadata(description, options.package.readme.as_ref(), options),
        package::workspace(options),
    );
    format!(
        "[package]
name = \"{name}\"
{metadata}{workspace}
[[bin]]
name = \"{name}\"
path = \"src/main.rs\"
doc = false
test = false

[dependencies]
swage-cli = {{ {}, features = [\"pack\"] }}
{}",
        package::runtime(&options.runtime, "cli"),
        if options.workspace { "" } else { PROFILE },
    )
}

/// A program that nobody unwinds or debugs: a sixth of its code is for that.
const PROFILE: &str = "
[profile.release]
panic = \"abort\"
strip = true
";

fn main(name: &str) -> TokenStream {
    let (name, pack) = (Literal::string(name), format!("../{PACK}"));
    quote! {
        #![doc = " The command line of the services in `services.pack`."]
        #![forbid(unsafe_code)]
        use swage_cli::services::{self, Program};
        static PROGRAM: Program = Program {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            pack: include_bytes!(#pack),
        };
        fn main() -> std::process::ExitCode { services::main(&PROGRAM) }
    }
}
