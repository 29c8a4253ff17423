//! Runs a case through the command: the program runs itself as the service's command line in another process,
//! with the case's params as `--cli-input-json`, and reads the output.

use crate::body;
use crate::cases::{Case, Kind, Target};
use crate::params;
use crate::request;
use crate::run::{self, Checked, TOKEN, one};
use crate::server::Server;
use crate::table::Suite;
use crate::tree::Tree;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::{DateTime, base64};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Output, Stdio};
use swage_client::Record;
use swage_client::schema::{self, Location, Schema};
use swage_codegen::node::{Node, NodeValue};

/// The variable with the service whose command the program is.
const SERVICE: &str = "SWAGE_CONFORMANCE_SERVICE";

/// Runs the command if the program was started as one.
pub(crate) fn main(suite: &Suite) -> Option<ExitCode> {
    let id = std::env::var(SERVICE).ok()?;
    let mut services = suite.services.iter();
    let service = services.find(|service| service.cli.service.id == id)?;
    Some(swage_cli::main(service.cli))
}

/// Checks the request.
pub(crate) async fn check_request(case: &Case<'_>, target: Target, server: &Server) -> Checked {
    server.answer(http::Response::default());
    let empty = params::node(NodeValue::Object(Vec::new()));
    let given = case.node.get("params").unwrap_or(&empty);
    let ran = call(case, target, given, server).await.map_err(one)?;
    let mut received = server.received();
    let (Some(mut found), true) = (received.pop(), received.is_empty()) else {
        let count = received.len();
        return Err(one(format!("not one request, {count} more: {}", ran.said)));
    };
    if makes_token(target.operation.input, given) {
        found.query = String::from_utf8_lossy(&with_token(found.query.as_bytes())).into_owned();
        found.body = with_token(&found.body).into();
    }
    match request::problems(case.node, &found) {
        problems if problems.is_empty() => Ok(()),
        problems => Err(problems),
    }
}

/// Checks the output.
pub(crate) async fn check_response(case: &Case<'_>, target: Target, server: &Server) -> Checked {
    server.answer(run::response(case.node).map_err(one)?);
    let given = params::placeholders(target.operation.input);
    let ran = call(case, target, &given, server).await.map_err(one)?;
    let params = case.node.get("params");
    if case.kind == Kind::Error {
        return failed(case, params, &ran).map_err(one);
    }
    if ran.code != Some(0) {
        return Err(one(format!("exit code {:?}: {}", ran.code, ran.said)));
    }
    printed(target.operation.output, params, &ran).map_err(one)
}

/// Checks the error.
fn failed(case: &Case<'_>, params: Option<&Node>, ran: &Ran) -> Result<(), String> {
    let message = params.and_then(|params| params.get("message").or(params.get("Message")));
    let message = message.and_then(Node::as_str).unwrap_or_default();
    let code = case.code.unwrap_or_default();
    let begins = format!("\nAn error occurred ({code}) when calling the ");
    // Between them it may say how often it was tried.
    let ends = if message.is_empty() {
        "\n".to_owned()
    } else {
        format!(": {message}\n")
    };
    let told = ran.said.starts_with(&begins) && ran.said.ends_with(&ends);
    if told && ran.code == Some(255) {
        return Ok(());
    }
    Err(format!(
        "expected the error {code} ({message:?}) and exit code 255, found {:?} and {:?}",
        ran.said, ran.code
    ))
}

/// Checks the output against the params.
fn printed(output: &'static Schema, params: Option<&Node>, ran: &Ran) -> Result<(), String> {
    let mut expected = Record::new(output);
    if let Some(params) = params {
        params::fill(&mut expected, params).map_err(|error| error.to_string())?;
    }
    let Tree::Map(mut expected) = Tree::of(&expected).map_err(|error| error.to_string())? else {
        return Err("the params are not a structure".to_owned());
    };
    if let Some(saved) = &ran.saved {
        let payload = payload(output).and_then(|name| expected.remove(name));
        let payload = payload.unwrap_or(Tree::Blob(Vec::new()));
        if let Some(wrong) = payload.difference(&Tree::Blob(saved.clone())) {
            return Err(wrong);
        }
    }
    let expected = Tree::Map(expected);
    let found = match ran.printed.trim() {
        "" => Tree::Map(std::collections::BTreeMap::new()),
        text => body::json(&without_bare_words(text))?,
    };
    let found = like(&expected, found);
    expected.difference(&found).map_or(Ok(()), Err)
}

/// What is printed, with blobs and timestamps where they are expected: the command prints a timestamp as it came.
fn like(expected: &Tree, found: Tree) -> Tree {
    match (expected, found) {
        (Tree::Map(expected), Tree::Map(found)) => {
            let member = |(name, value): (String, Tree)| match expected.get(&name) {
                Some(expected) => (name, like(expected, value)),
                None => (name, value),
            };
            Tree::Map(found.into_iter().map(member).collect())
        }
        (Tree::List(expected), Tree::List(found)) if expected.len() == found.len() => {
            let pairs = expected.iter().zip(found);
            Tree::List(
                pairs
                    .map(|(expected, found)| like(expected, found))
                    .collect(),
            )
        }
        (Tree::Blob(_), Tree::String(text)) => {
            base64::decode(&text).map_or(Tree::String(text), Tree::Blob)
        }
        (Tree::Timestamp(..), Tree::String(text)) => {
            let formats = [
                Format::DateTimeWithOffset,
                Format::HttpDate,
                Format::EpochSeconds,
            ];
            let mut read = formats.into_iter();
            match read.find_map(|format| DateTime::from_str(&text, format).ok()) {
                Some(time) => Tree::Timestamp(time.secs(), time.subsec_nanos()),
                None => Tree::String(text),
            }
        }
        (Tree::Timestamp(..), Tree::Number(text)) => {
            match plain(&text).and_then(|text| DateTime::from_str(&text, Format::EpochSeconds).ok())
            {
                Some(time) => Tree::Timestamp(time.secs(), time.subsec_nanos()),
                None => Tree::Number(text),
            }
        }
        (Tree::Number(expected), Tree::String(text)) if text == *expected => Tree::Number(text),
        (_, found) => found,
    }
}

/// A number of a [`Tree`] without an exponent.
fn plain(number: &str) -> Option<String> {
    let (digits, exponent) = number.split_once('e').unwrap_or((number, "0"));
    let exponent: i32 = exponent.parse().ok()?;
    let zeros = "0".repeat(usize::try_from(exponent).unwrap_or_default());
    let places = usize::try_from(-exponent).unwrap_or_default();
    let padded = format!("{digits}{zeros}");
    let (sign, digits) = padded
        .strip_prefix('-')
        .map_or(("", &*padded), |rest| ("-", rest));
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = digits.split_at_checked(digits.len() - places)?;
    Some(format!("{sign}{whole}.{fraction}0"))
}

/// `NaN` and infinities as strings: the command prints them as Python does.
fn without_bare_words(text: &str) -> String {
    let line = |line: &str| {
        let (line, comma) = line
            .strip_suffix(',')
            .map_or((line, ""), |line| (line, ","));
        for word in ["-Infinity", "Infinity", "NaN"] {
            if let Some(before) = line.strip_suffix(word)
                && (before.ends_with("\": ") || before.trim().is_empty())
            {
                let word = match word {
                    "-Infinity" => "-inf",
                    "Infinity" => "inf",
                    other => other,
                };
                return format!("{before}\"{word}\"{comma}\n");
            }
        }
        format!("{line}{comma}\n")
    };
    text.lines().map(line).collect()
}

/// The member that is written to a file.
fn payload(output: &Schema) -> Option<&'static str> {
    let mut members = output.members().iter();
    let member = members.find(|member| {
        member.location() == Location::Payload && member.target().kind() == schema::Kind::Blob
    });
    member.map(schema::Member::name)
}

/// The result of the process.
struct Ran {
    code: Option<i32>,
    printed: String,
    said: String,
    /// The content of the file with the payload.
    saved: Option<Vec<u8>>,
}

/// Why a case isn't run this way; `None` if it is.
pub(crate) fn skipped(case: &Case<'_>) -> Option<&'static str> {
    if case.is_about("error-correction") {
        // Smithy 2.0, "Client error correction".
        return Some(
            "clients may fill in what a service failed to send; a command tells what came",
        );
    }
    let is_dual = |s3: &Node| s3.get("use_dualstack_endpoint").is_some();
    case.settings()
        .any(|settings| settings.get("s3").is_some_and(is_dual))
        .then_some("a command whose endpoint is set has no other for dual stack")
}

/// Runs the command.
async fn call(
    case: &Case<'_>,
    target: Target,
    given: &Node,
    server: &Server,
) -> Result<Ran, String> {
    let folder = std::env::temp_dir().join(format!("swage-conformance-{}", std::process::id()));
    let file = payload(target.operation.output).map(|_| folder.join("saved"));
    let ran = prepare(case, target, given, server, &folder).map(|mut command| {
        command.args(&file);
        tokio::task::spawn_blocking(move || command.output())
    });
    let ran = match ran {
        Ok(running) => running.await.map_err(|error| error.to_string())?,
        Err(error) => Err(error),
    };
    let saved = file.and_then(|file| fs::read(file).ok());
    // What can't be removed lies in a folder for such things.
    let _ = fs::remove_dir_all(&folder);
    let Output {
        status,
        stdout,
        stderr,
    } = ran.map_err(|error| error.to_string())?;
    Ok(Ran {
        code: status.code(),
        printed: String::from_utf8(stdout).map_err(|error| error.to_string())?,
        said: String::from_utf8_lossy(&stderr).into_owned(),
        saved,
    })
}

/// The process, with an empty environment.
fn prepare(
    case: &Case<'_>,
    target: Target,
    given: &Node,
    server: &Server,
    folder: &Path,
) -> std::io::Result<Command> {
    fs::create_dir_all(folder)?;
    let config = folder.join("config");
    fs::write(&config, settings(case))?;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .env_clear()
        .env(SERVICE, target.service.id)
        .env("HOME", folder)
        .env("AWS_CONFIG_FILE", config)
        .env("AWS_ACCESS_KEY_ID", "ANOTREAL")
        .env("AWS_SECRET_ACCESS_KEY", "notrealrnrELgWzOk3IfjzDKtFBhDby")
        .env("AWS_MAX_ATTEMPTS", "1")
        .stdin(Stdio::null())
        .arg(target.command)
        .args([
            "--cli-input-json",
            &json(given, Some(target.operation.input)),
        ]);
    match case.text("host") {
        Some(host) => command
            .args(["--endpoint-url", &format!("http://{host}")])
            .env("HTTP_PROXY", &server.url),
        None => command.args(["--endpoint-url", &server.url]),
    };
    Ok(command)
}

/// The configuration for the case.
fn settings(case: &Case<'_>) -> String {
    let validates = match case.kind {
        Kind::Request => "true",
        // Their inputs are not part of the case.
        Kind::Response | Kind::Error | Kind::Events | Kind::Malformed => "false",
    };
    let mut region = "us-east-1";
    // As it is without the URL, which is given for the sake of the server.
    let mut s3 = "  addressing_style = virtual\n".to_owned();
    for settings in case.settings() {
        region = settings
            .get("region")
            .and_then(Node::as_str)
            .unwrap_or(region);
        let entries = settings
            .get("s3")
            .and_then(Node::entries)
            .unwrap_or_default();
        s3.extend(entries.iter().map(|entry| {
            format!(
                "  {} = {}\n",
                entry.key,
                json(&entry.value, None).trim_matches('"')
            )
        }));
    }
    format!("[default]\nregion = {region}\nparameter_validation = {validates}\ns3 =\n{s3}")
}

/// Params as JSON text; a floating-point number that is none is a bare word, as Python reads and writes it.
fn json(node: &Node, schema: Option<&'static Schema>) -> String {
    let members = schema.map(Schema::members).unwrap_or_default();
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Boolean(value) => value.to_string(),
        NodeValue::Number(text) => text.clone(),
        NodeValue::String(text)
            if schema.is_some_and(|schema| {
                matches!(schema.kind(), schema::Kind::Float | schema::Kind::Double)
            }) =>
        {
            text.clone()
        }
        NodeValue::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        NodeValue::Array(nodes) => {
            let element = members.first().map(schema::Member::target);
            let elements: Vec<_> = nodes.iter().map(|node| json(node, element)).collect();
            format!("[{}]", elements.join(","))
        }
        NodeValue::Object(entries) => {
            let is_map = schema.is_some_and(|schema| schema.kind() == schema::Kind::Map);
            let kept = entries.iter();
            // A member that isn't set has no value on the command line, not even null.
            let kept = kept.filter(|entry| is_map || members.is_empty() || !entry.value.is_null());
            let entries = kept.map(|entry| {
                let target = match schema.map(Schema::kind) {
                    Some(schema::Kind::Map) => members.get(1).map(schema::Member::target),
                    _ => schema.and_then(|schema| Some(schema.member(&entry.key)?.1.target())),
                };
                let key = serde_json::Value::from(&*entry.key);
                format!("{key}:{}", json(&entry.value, target))
            });
            let entries: Vec<_> = entries.collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

/// Whether the command generates a token.
fn makes_token(input: &Schema, given: &Node) -> bool {
    let mut members = input.members().iter();
    members.any(|member| member.is_idempotency_token() && given.get(member.name()).is_none())
}

/// With the specification's token in place of one that was made up: nobody can tell the command which one to take.
fn with_token(text: &[u8]) -> Vec<u8> {
    let like = |window: &[u8]| {
        window
            .iter()
            .zip(TOKEN.bytes())
            .all(|(found, expected)| match expected {
                b'-' => *found == b'-',
                _ => found.is_ascii_hexdigit(),
            })
    };
    match text.windows(TOKEN.len()).position(like) {
        Some(at) => [&text[..at], TOKEN.as_bytes(), &text[at + TOKEN.len()..]].concat(),
        None => text.to_vec(),
    }
}
