//! `Cargo.toml` and `rustfmt.toml`.

use crate::Options;
use crate::docs::is_hostile;
use crate::plan::{OperationTrait, Plan};
use std::collections::BTreeSet;

/// `Cargo.toml`.
pub(super) fn manifest(plan: &Plan, options: &Options) -> String {
    let (name, library) = (&plan.package, plan.library());
    let features = features(plan).join("\", \"");
    let runtime = |part: &str| string(&format!("{}/{part}", options.runtime.trim_end_matches('/')));
    let workspace = if options.workspace {
        ""
    } else {
        "\n# A workspace of its own, wherever the crate is.\n[workspace]\n"
    };
    let cli = if options.cli {
        CommandLine::new(name, &runtime("cli"))
    } else {
        CommandLine::default()
    };
    let CommandLine {
        binary,
        feature,
        dependencies,
    } = cli;
    format!(
        "[package]
name = \"{name}\"
version = \"0.1.0\"
edition = \"2024\"
rust-version = \"1.95\"
description = {}
{workspace}
[lib]
name = \"{library}\"
test = false
{binary}
[features]
{feature}# Region and credentials from the environment, configuration files and instance metadata.
aws-config = [\"swage-client/aws-config\"]

[dependencies]
aws-smithy-types = \"1\"
{dependencies}swage-client = {{ path = {}, default-features = false, features = [\"{features}\"] }}
",
        string(&format!("Client for {}.", plan.service.title)),
        runtime("client"),
    )
}

/// The parts of the manifest that only crates with a command line have.
#[derive(Default)]
struct CommandLine {
    binary: String,
    feature: &'static str,
    dependencies: String,
}

impl CommandLine {
    fn new(name: &str, runtime: &str) -> Self {
        Self {
            binary: format!(
                "
[[bin]]
name = \"{name}\"
path = \"src/main.rs\"
doc = false
test = false
required-features = [\"cli\"]
"
            ),
            feature: "default = [\"cli\"]
# The command line.
cli = [\"dep:clap\", \"dep:swage-cli\"]
",
            dependencies: format!(
                "clap = {{ version = \"4\", default-features = false, optional = true }}
swage-cli = {{ path = {runtime}, optional = true }}
"
            ),
        }
    }
}

/// A string in TOML.
fn string(value: &str) -> String {
    let shown = value
        .chars()
        .filter(|c| !is_hostile(*c))
        .collect::<String>();
    format!("\"{}\"", shown.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Keeps rustfmt from reformatting prettyplease's output.
pub(super) fn rustfmt() -> String {
    "disable_all_formatting = true\n".to_owned()
}

/// The Cargo features of the runtime that this service needs.
fn features(plan: &Plan) -> Vec<&'static str> {
    let traits = || plan.operations.iter().flat_map(|of| &of.traits);
    let auth = plan
        .operations
        .iter()
        .filter_map(|of| of.auth.as_ref())
        .chain([&plan.service.auth]);
    let schemes: BTreeSet<_> = auth
        .flatten()
        .filter_map(|auth| auth.scheme.feature)
        .collect();
    let checksums = traits().any(|of| {
        matches!(
            of,
            OperationTrait::HttpChecksumRequired
                | OperationTrait::HttpChecksum { .. }
                | OperationTrait::Sha256TreeHash(_)
        )
    });
    let compresses = traits().any(|of| matches!(of, OperationTrait::RequestCompression(_)));
    let waits = plan.operations.iter().any(|of| !of.waiters.is_empty());
    let wanted = [
        ("event-stream", plan.has_events()),
        ("checksum", checksums),
        ("compression", compresses),
    ];
    let wanted = wanted.into_iter().filter(|(_, is_needed)| *is_needed);
    ["sdk-config", plan.service.protocol.feature]
        .into_iter()
        .chain(wanted.map(|(feature, _)| feature))
        .chain(schemes)
        .chain(waits.then_some("waiters"))
        .collect()
}
