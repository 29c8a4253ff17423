//! `Cargo.toml` and `rustfmt.toml`.

use super::transfer;
use crate::docs::is_hostile;
use crate::plan::{OperationTrait, Plan, ServiceTrait, Trait};
use crate::{Options, Runtime};
use std::collections::BTreeSet;

/// The version where none is given.
pub(super) const FIRST_VERSION: &str = "0.1.0";

/// The file that the registry shows.
pub(super) const README: &str = "README.md";

/// `Cargo.toml`.
pub(super) fn manifest(plan: &Plan, options: &Options) -> String {
    let workspace = workspace(options);
    let readme = options.has_readme().then(|| README.to_owned());
    let readme = options.package.readme.clone().or(readme);
    format!(
        "[package]
name = \"{}\"
{}{workspace}
[lib]
name = \"{}\"
test = false
{}{}
[features]
{OFFICIAL_FEATURES}{}{}# Calls without async in the caller's code.
blocking = [\"swage-client/blocking\"]
# Serde's traits for inputs, outputs and types.
serde = [\"swage-client/serde\"]
{}
[dependencies]
{}",
        plan.package,
        metadata(&description(plan, options), readme.as_ref(), options),
        plan.library(),
        if options.cli {
            binary(&plan.program)
        } else {
            String::new()
        },
        if is_mostly_unused(options) { HINTS } else { "" },
        if options.cli { CLI_FEATURE } else { "" },
        if plan.has_default_chain(options) {
            DEFAULT_CHAIN_FEATURE
        } else {
            ""
        },
        if transfer::any(plan) {
            TRANSFER_FEATURE
        } else {
            ""
        },
        dependency_lines(plan, options, &features(plan)),
    )
}

/// The dependencies of a crate whose build script generates. It has no features, so that it names what is on by default.
pub(crate) fn dependencies(plan: &Plan, options: &Options) -> String {
    let mut features = features(plan);
    features.push("tls");
    dependency_lines(plan, options, &features)
}

/// The lines below `[dependencies]`.
fn dependency_lines(plan: &Plan, options: &Options, features: &[&str]) -> String {
    let optional = |is_used: bool, part: &str| {
        let line = || {
            format!(
                "swage-{part} = {{ {}, optional = true }}\n",
                runtime(&options.runtime, part)
            )
        };
        is_used.then(line).unwrap_or_default()
    };
    format!(
        "aws-smithy-types = \"1\"
{}swage-client = {{ {}, default-features = false, features = {} }}
{}",
        optional(options.has_command(), "cli"),
        runtime(&options.runtime, "client"),
        strings(features),
        optional(plan.has_default_chain(options), "credentials"),
    )
}

/// Whether the crate has the hint for Cargo.
fn is_mostly_unused(options: &Options) -> bool {
    let is_published = matches!(options.runtime, Runtime::Version(_)) && !options.workspace;
    options.package.mostly_unused.unwrap_or(is_published)
}

const HINTS: &str = "
# A program calls few of the operations: Cargo may compile only what it uses.
[hints]
mostly-unused = true
";

/// What the crate is, in a sentence.
pub(super) fn description(plan: &Plan, options: &Options) -> String {
    let given = options.package.description.clone();
    given.unwrap_or_else(|| format!("Client for {}.", plan.service.title))
}

/// The rest of `[package]`.
pub(super) fn metadata(description: &str, readme: Option<&String>, options: &Options) -> String {
    let package = &options.package;
    let version = package.version.as_deref().unwrap_or(FIRST_VERSION);
    let text = |value: &Option<String>| value.as_deref().map(string);
    let list = |values: &[String]| (!values.is_empty()).then(|| strings(values));
    let lines = [
        ("version", Some(string(version))),
        ("edition", Some(string("2024"))),
        ("rust-version", Some(string("1.95"))),
        ("description", Some(string(description))),
        ("license", text(&package.license)),
        ("readme", readme.map(|path| string(path))),
        ("repository", text(&package.repository)),
        ("homepage", text(&package.homepage)),
        ("documentation", text(&package.documentation)),
        ("keywords", list(&package.keywords)),
        ("categories", list(&package.categories)),
    ];
    let lines = lines.into_iter();
    lines
        .filter_map(|(key, value)| Some(format!("{key} = {}\n", value?)))
        .collect()
}

/// What makes the crate a workspace of its own, if it belongs to none.
pub(super) fn workspace(options: &Options) -> &'static str {
    if options.workspace {
        ""
    } else {
        "\n# A workspace of its own, wherever the crate is.\n[workspace]\n"
    }
}

/// The program.
fn binary(name: &str) -> String {
    format!(
        "
[[bin]]
name = \"{name}\"
path = \"src/main.rs\"
doc = false
test = false
required-features = [\"cli\"]
"
    )
}

/// Programs written for an official crate may ask for its features.
const OFFICIAL_FEATURES: &str =
    "# The features of the official crates. Those that are empty are always on.
default = [\"default-https-client\", \"rt-tokio\"]
behavior-version-latest = []
default-https-client = [\"swage-client/tls\"]
gated-tests = []
http-02x = []
http-1x = []
legacy-https-client = [\"default-https-client\"]
legacy-test-util = [\"test-util\"]
rt-tokio = [\"swage-client/rt-tokio\"]
rustls = [\"default-https-client\"]
sigv4a = [\"swage-client/sigv4a\"]
test-util = [\"swage-client/test-util\"]
# `SdkError` is that of aws-smithy-runtime-api, for programs that name it there. Its text says less.
smithy-sdk-error = [\"swage-client/smithy-sdk-error\"]
# Interceptors find and store what the official crates have of aws-runtime, such as the user agent.
aws-runtime = [\"swage-client/aws-runtime\"]
";

const CLI_FEATURE: &str = "# The command line: `cargo install --path . --features cli` installs it.
cli = [\"dep:swage-cli\"]
";

const DEFAULT_CHAIN_FEATURE: &str =
    "# Region and credentials from the environment, configuration files and instance metadata.
default-chain = [\"dep:swage-credentials\"]
";

const TRANSFER_FEATURE: &str = "# Files that are sent and received by presigned URLs.
transfer = [\"swage-client/transfer\"]
";

/// Where a crate of the runtime is. A path has a version beside it, so that the crate can be published.
pub(super) fn runtime(from: &Runtime, part: &str) -> String {
    match from {
        Runtime::Path(folder) => {
            let path = string(&format!("{}/{part}", folder.trim_end_matches('/')));
            format!("path = {path}, version = {}", string(Runtime::VERSION))
        }
        Runtime::Version(version) => format!("version = {}", string(version)),
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

/// An array of strings in TOML.
fn strings(values: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let values: Vec<_> = values
        .into_iter()
        .map(|value| string(value.as_ref()))
        .collect();
    format!("[{}]", values.join(", "))
}

/// Keeps rustfmt from reformatting prettyplease's output.
pub(super) fn rustfmt() -> String {
    "disable_all_formatting = true\n".to_owned()
}

/// The Cargo features of the runtime that this service needs.
fn features(plan: &Plan) -> Vec<&'static str> {
    let traits = || plan.operations.iter().flat_map(|of| &of.traits);
    let schemes: BTreeSet<_> = plan.auth().filter_map(|auth| auth.scheme.feature).collect();
    let checksums = traits().any(|of| {
        matches!(
            of,
            OperationTrait::HttpChecksumRequired
                | OperationTrait::HttpChecksum { .. }
                | OperationTrait::Sha256TreeHash(_)
        )
    });
    let mut of_service = plan.service.traits.iter();
    let verifies = of_service.any(|of| matches!(of, ServiceTrait::Crc32Header(_)));
    let compresses = traits().any(|of| matches!(of, OperationTrait::RequestCompression(_)));
    let digests = traits().any(|of| matches!(of, OperationTrait::Digest { .. }));
    let mut members = plan.operations.iter().flat_map(|of| &of.input.members);
    let is_key = |of: &Trait| matches!(of, Trait::CustomerKey(_));
    let keys = members.any(|member| member.table.marks.traits.iter().any(is_key));
    let waits = plan.operations.iter().any(|of| !of.waiters.is_empty());
    let wanted = [
        ("event-stream", plan.has_events()),
        ("checksum", checksums || verifies || digests || keys),
        ("compression", compresses),
    ];
    let wanted = wanted.into_iter().filter(|(_, is_needed)| *is_needed);
    ["client", plan.service.protocol.feature]
        .into_iter()
        .chain(wanted.map(|(feature, _)| feature))
        .chain(schemes)
        .chain((waits || digests).then_some("waiters"))
        .collect()
}
