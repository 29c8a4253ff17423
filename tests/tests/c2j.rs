//! The AWS JSON format beside the Smithy models of the same services.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use swage_codegen::check::check;
use swage_codegen::diagnostic::{Source, render};
use swage_codegen::load::load;
use swage_codegen::model::Model;
use swage_tests::{describe, shared};

/// All files of a folder, or one file.
fn sources(path: &Path) -> Vec<Source> {
    let paths = if path.is_dir() {
        let mut paths: Vec<_> = fs::read_dir(path)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        paths
    } else {
        vec![path.to_owned()]
    };
    let source = |path: &std::path::PathBuf| Source {
        name: path.display().to_string(),
        text: fs::read_to_string(path).unwrap(),
    };
    paths.iter().map(source).collect()
}

fn model(path: &Path) -> Model {
    let sources = sources(path);
    let model = load(&sources);
    let model = model.unwrap_or_else(|problems| panic!("{}", render(&problems, &sources, false)));
    let problems = check(&model);
    assert!(
        problems.is_empty(),
        "{}",
        render(&problems, &sources, false)
    );
    model
}

#[test]
fn real_services_load() {
    let Some(shared) = shared() else { return };
    for service in ["connectparticipant", "ec2", "iam", "sqs"] {
        let model = model(&shared.join("models/c2j").join(service));
        println!("{service}: {} shapes", model.shapes.len());
    }
}

/// Traits that the AWS JSON format has no word for, or that differ with every release.
const UNSAID: [&str; 8] = [
    "smithy.api#addedDefault",
    "smithy.api#clientOptional",
    "smithy.api#default",
    "smithy.api#documentation",
    "smithy.api#suppress",
    "smithy.rules#endpointRuleSet",
    "smithy.rules#endpointTests",
    "aws.api#service",
];

/// What a service that speaks JSON says for the query protocol that it once spoke: its newer file leaves it out.
const OF_QUERY: [&str; 4] = [
    "aws.protocols#awsQueryError",
    "smithy.api#httpError",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
];

/// Shapes that differ because the AWS JSON file is of a newer release. (Shapes that only it has are new, too.)
const NEWER: [(&str, &[&str]); 2] = [
    (
        "connectparticipant",
        &[
            "ClientToken",                         // no minimum any more
            "ConnectionType",                      // WebRTC
            "CreateParticipantConnectionResponse", // WebRTC
            "GetTranscript",                       // its paginator is gone
            "MessageMetadata",                     // processing status
            "SendMessageResponse",                 // processing status
        ],
    ),
    ("sqs", &[]),
];

/// A description without what can't be compared.
fn comparable(text: &str, unsaid: &[&str]) -> Vec<String> {
    let unsaid = |line: &str| {
        unsaid
            .iter()
            .any(|id| line.trim_start().starts_with(&format!("@{id} ")))
    };
    let mut lines: Vec<String> = text
        .lines()
        .filter(|line| !unsaid(line))
        .map(str::to_owned)
        .collect();
    if let Some(first) = lines
        .first_mut()
        .filter(|line| line.starts_with("operation"))
    {
        let mut words: Vec<&str> = first.split(' ').collect();
        words.sort_unstable();
        *first = words.join(" ");
    }
    lines
}

#[test]
fn both_formats_mean_the_same() {
    let Some(shared) = shared() else { return };
    for (service, newer) in NEWER {
        let mut ast = model(&shared.join(format!("models/ast/{service}.json")));
        ast.metadata.clear();
        let c2j = model(&shared.join("models/c2j").join(service));
        let unsaid: Vec<&str> = match service {
            "sqs" => UNSAID.iter().chain(&OF_QUERY).copied().collect(),
            _ => UNSAID.to_vec(),
        };
        let (ast, c2j) = (by_name(&ast), by_name(&c2j));
        let differs = |(name, text): (&String, &String)| {
            let ours = c2j.get(name).map(|text| comparable(text, &unsaid));
            (ours != Some(comparable(text, &unsaid))).then(|| name.clone())
        };
        let differences: Vec<String> = ast.iter().filter_map(differs).collect();
        assert_eq!(differences, newer, "{service}");
    }
}

/// Descriptions by name; the service's is `service`, because the AWS JSON format does not know it.
fn by_name(model: &Model) -> BTreeMap<String, String> {
    let name = |id: &str, text: &str| {
        let name = id.rsplit('#').next().unwrap_or_default();
        if text.starts_with("Service") {
            "service".to_owned()
        } else {
            name.to_owned()
        }
    };
    describe(model)
        .iter()
        .map(|(id, text)| (name(id, text), text.clone()))
        .collect()
}
