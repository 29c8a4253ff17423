//! `README.md`: what the registry shows of the crate.

use super::{example, package, transfer};
use crate::Options;
use crate::docs::escape;
use crate::plan::Plan;

/// The file, without its header.
pub(super) fn file(plan: &Plan, options: &Options) -> String {
    let mut sections = vec![
        format!("# {}", plan.package),
        line(&package::description(plan, options)),
        dependencies(plan, options),
    ];
    sections.extend(call(plan, "rust,no_run"));
    sections.push(format!(
        "Features, off by default unless they are marked:\n\n{}",
        features(plan, options)
    ));
    if options.has_command() {
        sections.push(command(&plan.program));
    }
    sections.join("\n\n") + "\n"
}

/// Text of the model on one line.
fn line(text: &str) -> String {
    let text = escape(text);
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ")
}

/// The lines of a program's Cargo.toml.
pub(super) fn dependencies(plan: &Plan, options: &Options) -> String {
    let version = options.package.version.as_deref();
    let version = version.unwrap_or(package::FIRST_VERSION);
    format!(
        "```toml
[dependencies]
{} = \"{version}\"
tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}
```",
        plan.package
    )
}

/// A program that calls the first operation that isn't deprecated, in a block of code with these attributes.
pub(super) fn call(plan: &Plan, attributes: &str) -> Option<String> {
    let mut operations = plan.operations.iter();
    let of = operations.find(|of| of.deprecated.is_none())?;
    let library = plan.library();
    let call = example::call(plan, of).join("\n    ");
    let place = if plan.service.endpoint_rules.is_empty() {
        ".endpoint_url(\"http://localhost:8080\")"
    } else {
        ".region(\"us-east-1\")"
    };
    Some(format!(
        "```{attributes}
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    let client = {library}::Client::builder()
        {place}
        .build()?;
    {call}
    Ok(())
}}
```

`Client` has a method for each operation. The errors of all operations convert into one `Error`, which has a
variant for each error of the service."
    ))
}

/// A list of the features that add something.
pub(super) fn features(plan: &Plan, options: &Options) -> String {
    let chain = "- `default-chain`: `Client::from_env().await` takes region, credentials and endpoints from the\n  \
                 environment, the AWS configuration files, containers and instances. It takes the place of the crate\n  \
                 `aws-config`.";
    let cli = "- `cli`: the command line.";
    let lines = [
        Some(
            "- `default-https-client` (on by default): https, and HTTP/2 where the service speaks it.",
        ),
        plan.has_default_chain(options).then_some(chain),
        Some("- `blocking`: calls without async."),
        Some("- `serde`: `Serialize` and `Deserialize` for inputs, outputs and types."),
        transfer::any(plan).then_some("- `transfer`: uploads and downloads of files."),
        Some("- `sigv4a`: signatures for several regions."),
        Some("- `test-util`: clients and servers that are controlled by tests, and recordings."),
        Some("- `smithy-sdk-error`: `SdkError` is that of aws-smithy-runtime-api."),
        Some("- `aws-runtime`: interceptors find and store the user agent of that crate."),
        options.has_command().then_some(cli),
    ];
    let lines: Vec<_> = lines.into_iter().flatten().collect();
    lines.join("\n")
}

fn command(name: &str) -> String {
    format!(
        "The command line is installed by:

```sh
cargo install {name} --features cli
{name} help
```"
    )
}
