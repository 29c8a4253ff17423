//! Smithy's protocol tests, run through generated clients and the real HTTP stack against a server on loopback.
//!
//! `cargo xtask conformance` generates the clients and a program that is only a table of their operations; [`main`]
//! does the rest. Each case is run four times: through the client's types, through records, through the command, and from the
//! service's side.
//!
//! | module | does |
//! | --- | --- |
//! | `cases` | finds the cases in the models |
//! | `borrowed` | the cases of restJson1 that simpleRestJson has too |
//! | `run` | calls the client for a case |
//! | `command` | runs the command for a case |
//! | `events` | the same for a case of events |
//! | `serde` | copies values through JSON and CBOR |
//! | `params` | a case's `params` as an input or as the output that is expected |
//! | `service` | reads the request of a case, and writes its response, as a service does |
//! | `server` | records requests, answers with the case's response |
//! | `request` | compares a request with the case |
//! | `body`, `tree` | compare bodies and values by their meaning |
//! | `endpoints` | the cases of the rules engine |
//! | `report` | prints the results |
//!
//! The traits are specified in Smithy 2.0's "HTTP protocol compliance tests".

mod body;
mod borrowed;
mod cases;
mod command;
mod endpoints;
mod events;
mod params;
mod report;
mod request;
mod run;
mod serde;
mod server;
mod service;
mod table;
mod tree;

pub use table::{
    Answer, Call, Conversation, Conversing, Failed, Service, Suite, Typed, TypedEvents, filled,
    sender, typed,
};

use report::Report;
use std::process::ExitCode;
use swage_codegen::{Source, load};

/// The program's options.
struct Options {
    /// Only run cases whose `protocol/id` contains this text.
    only: Option<String>,
    /// List the cases without running them.
    list: bool,
}

/// Runs the suite.
pub fn main(suite: &Suite) -> ExitCode {
    if let Some(code) = command::main(suite) {
        return code;
    }
    match run(suite) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(suite: &Suite) -> Result<ExitCode, String> {
    let options = options()?;
    let sources = sources(suite)?;
    let model = load::load(&sources)
        .into_model()
        .map_err(|problems| swage_codegen::render_diagnostics(&problems, &sources, false))?;
    let mut cases = cases::find(&model, suite);
    cases.retain(|case| options.chooses(&case.name()));
    let mut endpoints = endpoints::find(&model, suite)?;
    endpoints.retain(|case| options.chooses(&case.name()));
    if options.list {
        let names = cases.iter().map(cases::Case::name);
        for name in names.chain(endpoints.iter().map(endpoints::Case::name)) {
            println!("{name}");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut report = Report::default();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    runtime.block_on(run::run(&cases, &mut report))?;
    endpoints::run(&endpoints, &mut report);
    report.print();
    Ok(report.code())
}

impl Options {
    fn chooses(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only))
    }
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        only: None,
        list: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--list" => options.list = true,
            "--only" => options.only = words.next(),
            other => return Err(format!("unknown option {other}")),
        }
    }
    Ok(options)
}

fn sources(suite: &Suite) -> Result<Vec<Source>, String> {
    let read = |path: &&str| {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
        Ok(Source {
            name: (*path).to_owned(),
            text,
        })
    };
    suite.models.iter().map(read).collect()
}
