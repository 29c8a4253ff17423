//! The options and the result of generation.

use crate::endpoint_rules::EndpointTest;
use crate::interface::Interface;

/// Options of generation.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Options {
    /// The name of the package, library and binary, such as `connectparticipant`, converted to a valid one. Default: from
    /// the service's `sdkId`, like the official crates.
    pub name: Option<String>,
    /// The operations to generate, by names and patterns: `*` stands for any characters, `?` for one, and a pattern
    /// after `!` leaves out what it matches; the last one that matches decides. Empty: all. Operations that the client calls
    /// itself, such as one that names endpoints, are always generated.
    pub operations: Vec<String>,
    /// The name of the protocol to use, one of those that the service has: `restJson1`. Default: the one that the AWS CLI
    /// prefers.
    pub protocol: Option<String>,
    /// The parent module if a module of another crate is generated, such as `api`; the empty path is that crate's root. The
    /// module has the name of the library, and neither a Cargo.toml nor a command line. `None` generates a crate.
    pub module: Option<String>,
    /// Where the crate finds the runtime.
    pub runtime: Runtime,
    /// Additional lines for `[package]` in the crate's Cargo.toml.
    pub package: Package,
    /// Whether the crate belongs to a workspace. Otherwise it is a workspace of its own.
    pub workspace: bool,
    /// Whether the crate has a command line.
    pub cli: bool,
    /// Whether the crate has the feature `default-chain`, if its service takes AWS credentials.
    pub default_chain: bool,
    /// Whether the crate keeps its interface in `interface.txt`, to which the one of a later model is compared.
    pub interface: bool,
    /// Whether the crate has a README.md of its own, unless `package` names another one.
    pub readme: bool,
    /// The command that regenerates the crate, for the header of each file.
    pub command: String,
}

impl Options {
    /// Whether a README.md is generated.
    pub(crate) fn has_readme(&self) -> bool {
        self.readme && self.module.is_none() && self.package.readme.is_none()
    }

    /// Whether there is a command line.
    pub(crate) fn has_command(&self) -> bool {
        self.cli && self.module.is_none()
    }
}

impl Default for Options {
    /// A complete crate in the runtime's workspace.
    fn default() -> Self {
        Self {
            name: None,
            operations: Vec::new(),
            protocol: None,
            module: None,
            runtime: "../runtime".into(),
            package: Package::default(),
            workspace: true,
            cli: true,
            default_chain: true,
            interface: false,
            readme: false,
            command: "cargo xtask codegen".into(),
        }
    }
}

/// Where a crate finds the runtime: `swage-client`, `swage-credentials` and `swage-cli`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// In the folder that has `client`, `credentials` and `cli`, as the crate's Cargo.toml names it: `../runtime`.
    Path(String),
    /// In the registry, by a version requirement: `0.1`.
    Version(String),
}

impl Runtime {
    /// The release that this version of codegen emits code for.
    pub const VERSION: &str = env!("CARGO_PKG_VERSION");
}

impl Default for Runtime {
    fn default() -> Self {
        Self::Version(Self::VERSION.to_owned())
    }
}

impl<T: Into<String>> From<T> for Runtime {
    /// A path.
    fn from(path: T) -> Self {
        Self::Path(path.into())
    }
}

/// Lines for `[package]` in a crate's Cargo.toml. Unset ones are left out, unless there is a default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// The version. Default: `0.1.0`.
    pub version: Option<String>,
    /// The description. Default: one with the service's title.
    pub description: Option<String>,
    /// The license, an SPDX expression.
    pub license: Option<String>,
    /// The file with the crate's description for the registry, relative to the crate.
    pub readme: Option<String>,
    /// The URL of the repository.
    pub repository: Option<String>,
    /// The URL of the home page.
    pub homepage: Option<String>,
    /// The URL of the documentation.
    pub documentation: Option<String>,
    /// Keywords for the registry's search.
    pub keywords: Vec<String>,
    /// The registry's categories.
    pub categories: Vec<String>,
    /// Whether Cargo is told that most of the crate is unused (`[hints] mostly-unused`). None: if the crate is meant for the
    /// registry, that is, finds the runtime there and belongs to no workspace. Cargo 1.95 ignores the hint, and warns about it
    /// in workspace members and path dependencies.
    pub mostly_unused: Option<bool>,
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
    /// The name of the protocol that the client uses: `restJson1`.
    pub protocol: String,
    /// The names in the crate, for writing code that uses it.
    pub names: Names,
    /// The lines below `[dependencies]` that the code needs.
    pub dependencies: String,
    /// Command line options whose name isn't the member's.
    pub renamed_options: Vec<RenamedOption>,
    /// What the crate promises its users.
    pub interface: Interface,
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
    /// The members of the input, each with the name of its option on the command line.
    pub options: Vec<(String, String)>,
    /// The input's event stream member, if any.
    pub sends: Option<String>,
    /// The output's event stream member, if any.
    pub receives: Option<String>,
}
