//! What the caller chooses, and what it gets.

use crate::endpoint_rules::EndpointTest;

/// How a crate is generated.
#[derive(Clone, Debug)]
pub struct Options {
    /// The package, the library and the binary: `connectparticipant`. Brought to a form that Cargo takes. None: after
    /// the service's `sdkId`, as the official crates are called.
    pub name: Option<String>,
    /// The operations to generate, by name; empty: all.
    pub operations: Vec<String>,
    /// The protocol to speak, of those that the service lists, by its name: `restJson1`. None: the best that the runtime
    /// speaks.
    pub protocol: Option<String>,
    /// The folder of `client` and `cli`, as the crate's Cargo.toml says it: `../runtime`.
    pub runtime: String,
    /// Whether the crate belongs to a workspace; else it is one of its own.
    pub workspace: bool,
    /// Whether the crate has a command line.
    pub cli: bool,
    /// The command that generates it again, for the header of each file.
    pub command: String,
}

impl Default for Options {
    /// The crate of the workspace that has the runtime, whole.
    fn default() -> Self {
        Self {
            name: None,
            operations: Vec::new(),
            protocol: None,
            runtime: "../runtime".into(),
            workspace: true,
            cli: true,
            command: "cargo xtask codegen".into(),
        }
    }
}

/// What a model gives.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The crate.
    pub files: Vec<OutputFile>,
    /// The table of the endpoint rules; empty when the model has none.
    pub endpoint_rules: String,
    /// The model's own tests of them, for whoever can evaluate the table.
    pub endpoint_tests: Vec<EndpointTest>,
    /// What the crate calls things, for whoever writes code that uses it.
    pub names: Names,
    /// The options of commands that aren't called after their members.
    pub renamed_options: Vec<RenamedOption>,
}

/// An option of a command that can't be called after its member, because another option has that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamedOption {
    /// The operation in the model.
    pub operation: String,
    /// The member of its input.
    pub member: String,
    /// The name that it has instead: `--input.version`.
    pub option: String,
    /// Why: `--version` is a global option.
    pub reason: String,
}

/// What a crate calls things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The package.
    pub package: String,
    /// The crate in Rust.
    pub library: String,
    /// The operations.
    pub operations: Vec<OperationNames>,
    /// The variants of `Error` that the model has.
    pub errors: Vec<String>,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Below the output folder, with slashes.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// What a crate calls an operation and its streams of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// In the model.
    pub name: String,
    /// The client's method.
    pub method: String,
    /// The input's member for events to send, when it has one.
    pub sends: Option<String>,
    /// The output's member for events that come, when it has one.
    pub receives: Option<String>,
}
