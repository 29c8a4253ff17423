//! The options and the result of generation.

use crate::endpoint_rules::EndpointTest;

/// Options of generation.
#[derive(Clone, Debug)]
pub struct Options {
    /// The name of the package, library and binary, such as `connectparticipant`, converted to a valid one. Default: from
    /// the service's `sdkId`, like the official crates.
    pub name: Option<String>,
    /// The names of the operations to generate; all if empty.
    pub operations: Vec<String>,
    /// The name of the protocol to use, one of those that the service has: `restJson1`. Default: the one that the AWS CLI
    /// prefers.
    pub protocol: Option<String>,
    /// The folder with `client` and `cli` as written in the crate's Cargo.toml: `../runtime`.
    pub runtime: String,
    /// Whether the crate belongs to a workspace. Otherwise it is a workspace of its own.
    pub workspace: bool,
    /// Whether the crate has a command line.
    pub cli: bool,
    /// The command that regenerates the crate, for the header of each file.
    pub command: String,
}

impl Default for Options {
    /// A complete crate in the runtime's workspace.
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

/// The result of generation.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The files of the crate.
    pub files: Vec<OutputFile>,
    /// The table of the endpoint rules; empty if the model has none.
    pub endpoint_rules: String,
    /// The model's tests of its endpoint rules, for callers that can evaluate the table.
    pub endpoint_tests: Vec<EndpointTest>,
    /// The names in the crate, for writing code that uses it.
    pub names: Names,
    /// Command line options whose name isn't the member's.
    pub renamed_options: Vec<RenamedOption>,
}

/// A command line option that can't have its member's name, because another option has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenamedOption {
    /// The operation's name in the model.
    pub operation: String,
    /// The member's name in the model.
    pub member: String,
    /// The option: `--input.version`.
    pub option: String,
    /// The reason: `--version` is a global option.
    pub reason: String,
}

/// The names in a crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// The package's name.
    pub package: String,
    /// The library's name in Rust.
    pub library: String,
    /// The operations.
    pub operations: Vec<OperationNames>,
    /// The variants of `Error` for modelled errors.
    pub errors: Vec<String>,
}

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// The path below the output folder, with slashes.
    pub path: String,
    /// The content.
    pub text: String,
}

/// The names of an operation and its event streams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperationNames {
    /// The name in the model.
    pub name: String,
    /// The client's method.
    pub method: String,
    /// The input's event stream member, if any.
    pub sends: Option<String>,
    /// The output's event stream member, if any.
    pub receives: Option<String>,
}
