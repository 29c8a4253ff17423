//! The program that runs the tests: a table of the generated crates' operations, in a workspace with them.

use std::fmt::Write as _;
use swage_codegen::{Names, OutputFile};

/// The workspace's and the program's files. `models` are the files that the tests stand in, `library` is the folder of
/// `swage-conformance`.
pub(super) fn files(crates: &[Names], models: &[String], library: &str) -> Vec<OutputFile> {
    let file = |path: &str, text| OutputFile {
        path: path.into(),
        text,
    };
    vec![
        file("Cargo.toml", workspace(crates)),
        file("driver/Cargo.toml", manifest(crates, library)),
        file("driver/src/main.rs", program(crates, models)),
    ]
}

/// A line for each, by `write`.
fn each<T>(of: &[T], write: impl Fn(&mut String, &T) -> std::fmt::Result) -> String {
    let mut text = String::new();
    for one in of {
        // Writing into a string can't fail.
        let _ = write(&mut text, one);
    }
    text
}

/// It has the profile of our own workspace, so that what both need is compiled once.
fn workspace(crates: &[Names]) -> String {
    let members = each(crates, |text, names| write!(text, "{:?}, ", names.package));
    format!(
        "[workspace]
resolver = \"3\"
members = [{members}\"driver\"]

[profile.dev]
debug = \"line-tables-only\"
"
    )
}

fn manifest(crates: &[Names], library: &str) -> String {
    let crates = each(crates, |text, Names { package, .. }| {
        writeln!(text, "{package} = {{ path = \"../{package}\" }}")
    });
    format!(
        "[package]
name = \"driver\"
edition = \"2024\"

[dependencies]
swage-conformance = {{ path = {library:?} }}
{crates}"
    )
}

fn program(crates: &[Names], models: &[String]) -> String {
    let models = each(models, |text, path| writeln!(text, "        {path:?},"));
    let services = each(crates, |text, names| {
        writeln!(text, "        {}::SERVICE,", names.library)
    });
    let modules: String = crates.iter().map(module).collect();
    format!(
        "//! The clients that are tested.

use swage_conformance::{{Answer, Failed, Service, Suite, Typed, typed}};

static SUITE: Suite = Suite {{
    models: &[
{models}    ],
    services: &[
{services}    ],
}};

fn main() -> std::process::ExitCode {{
    swage_conformance::main(&SUITE)
}}
{modules}"
    )
}

/// A service's part of the table.
fn module(names: &Names) -> String {
    let library = &names.library;
    let errors = each(&names.errors, |text, error| {
        writeln!(
            text,
            "            Error::{error}(error) => Failed::Modelled(Answer::new(error)),"
        )
    });
    let operations = each(&names.operations, |text, (name, method)| {
        writeln!(
            text,
            "            Typed {{
                name: {name:?},
                call: |client, params| typed(params, |input| {{
                    let call = Client::from(client).{method}().input(input).send();
                    async {{ call.await.map_err(failed) }}
                }}),
            }},"
        )
    });
    format!(
        "
mod {library} {{
    use super::*;
    use ::{library}::{{Client, Error}};

    fn failed(error: Error) -> Failed {{
        match error {{
{errors}            error => Failed::Other(error.to_string()),
        }}
    }}

    pub(super) const SERVICE: Service = Service {{
        cli: &::{library}::cli::CLI,
        operations: &[
{operations}        ],
    }};
}}
"
    )
}
