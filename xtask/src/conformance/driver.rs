//! The program that runs the tests: a table of all operations of the generated crates, in a workspace with them.

use std::fmt::Write as _;
use swage_codegen::{Names, OperationNames, OutputFile};

/// The files of the workspace and the program. `models` are the files with the tests, `library` is the folder of
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

/// Writes a line for each.
fn each<T>(of: &[T], write: impl Fn(&mut String, &T) -> std::fmt::Result) -> String {
    let mut text = String::new();
    for one in of {
        // Writing into a string can't fail.
        let _ = write(&mut text, one);
    }
    text
}

/// It has the profile of our own workspace, so that dependencies are compiled once.
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
        writeln!(
            text,
            "{package} = {{ path = \"../{package}\", features = [\"cli\"] }}"
        )
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

use swage_conformance::{{
    Answer, Conversation, Failed, Service, Suite, Typed, TypedEvents, filled, sender, typed,
}};

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

/// The entry of a service in the table.
fn module(names: &Names) -> String {
    let library = &names.library;
    let errors = each(&names.errors, |text, error| {
        writeln!(
            text,
            "            Error::{error}(error) => Failed::Modelled(Answer::new(error)),"
        )
    });
    let (events, plain): (Vec<_>, Vec<_>) =
        (names.operations.iter()).partition(|of| of.sends.is_some() || of.receives.is_some());
    let operations = each(&plain, |text, of| operation(text, of));
    let events = each(&events, |text, of| conversation(text, of));
    format!(
        "
mod {library} {{
    use super::*;
    use ::{library}::{{Client, Error}};

    fn failed(error: impl Into<Error>) -> Failed {{
        match error.into() {{
{errors}            error => Failed::Other(error.to_string()),
        }}
    }}

    pub(super) const SERVICE: Service = Service {{
        cli: &::{library}::cli::CLI,
        operations: &[
{operations}        ],
        events: &[
{events}        ],
    }};
}}
"
    )
}

fn operation(text: &mut String, of: &OperationNames) -> std::fmt::Result {
    let (name, method) = (&of.name, &of.method);
    writeln!(
        text,
        "            Typed {{
                name: {name:?},
                call: |client, params| typed(params, |input| {{
                    let call = Client::from(client).{method}().with_input(input).send();
                    async {{ call.await.map_err(failed) }}
                }}),
            }},"
    )
}

/// The entry of an operation with event streams.
fn conversation(text: &mut String, of: &OperationNames) -> std::fmt::Result {
    let (name, method) = (&of.name, &of.method);
    let sends = of.sends.as_ref();
    let sent = sends.map(|member| format!(".{member}(sender(events)?)"));
    let receives = of.receives.as_ref();
    let take_events = receives.map_or_else(
        || "Ok(Conversation::without_events(output))".to_owned(),
        |member| {
            format!(
                "let events = std::mem::take(&mut output.{member});
                        Ok(Conversation::new(output, events, failed).await)"
            )
        },
    );
    writeln!(
        text,
        "            TypedEvents {{
                name: {name:?},
                call: |client, params, {events}| {{
                    let call = Client::from(client).{method}().with_input(filled(params)?){sent};
                    Ok(Box::pin(async move {{
                        let {output} = call.send().await.map_err(failed)?;
                        {take_events}
                    }}))
                }},
            }},",
        events = sent.as_ref().map_or("_", |_| "events"),
        sent = sent.as_deref().unwrap_or_default(),
        output = receives.map_or("output", |_| "mut output"),
    )
}
