//! Compares the AWS JSON format with Smithy models of the same services.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use swage_codegen::check::check;
use swage_codegen::diagnostic::{Source, render};
use swage_codegen::load::load;
use swage_codegen::model::{Model, ShapeKind, Traits};
use swage_codegen::{Options, generate_from};
use swage_tests::{describe, shared};

/// The files of a folder, or one file.
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
    let loaded = load(&sources);
    if let Err(problems) = check(&loaded) {
        panic!("{}", render(&problems, &sources, false));
    }
    loaded.into_model().unwrap()
}

#[test]
fn real_services_load() {
    let Some(shared) = shared() else { return };
    for service in ["connectparticipant", "ec2", "iam", "sqs"] {
        let model = model(&shared.join("models/c2j").join(service));
        println!("{service}: {} shapes", model.shapes.len());
    }
}

/// Traits that the AWS JSON format doesn't have, or that differ with every release.
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

/// Traits for the query protocol on a service that now uses JSON, which its newer file doesn't have.
const OF_QUERY: [&str; 4] = [
    "aws.protocols#awsQueryError",
    "smithy.api#httpError",
    "smithy.api#xmlFlattened",
    "smithy.api#xmlName",
];

/// Shapes that differ because the AWS JSON file is from a newer release.
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

/// A description without the parts that can't be compared.
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

/// Files that differ because the AWS JSON file is from a newer release.
const NEWER_FILES: [(&str, &[&str]); 2] = [
    (
        "connectparticipant",
        &[
            "src/lib.rs", // the paginator of GetTranscript is gone
            "src/operation/create_participant_connection.rs", // WebRTC
            "src/operation/get_transcript.rs", // its paginator
            "src/operation/send_message.rs", // processing status
            "src/schema.rs", // ClientToken: no minimum any more
            "src/service.rs", // the format has no name for the service
            "src/types.rs", // what follows, but for changed ones
            "src/types/attendee.rs", // WebRTC, and so on
            "src/types/audio_features.rs",
            "src/types/connection_type.rs",
            "src/types/meeting_feature_status.rs",
            "src/types/meeting_features_configuration.rs",
            "src/types/message_metadata.rs",
            "src/types/message_processing_metadata.rs",
            "src/types/message_processing_status.rs",
            "src/types/web_rtc_connection.rs",
            "src/types/web_rtc_media_placement.rs",
            "src/types/web_rtc_meeting.rs",
        ],
    ),
    ("sqs", &[]),
];

/// A model without the parts that can't be compared.
fn without(mut model: Model, unsaid: &[&str]) -> Model {
    let drop = |traits: &mut Traits| traits.0.retain(|id, _| !unsaid.contains(&&**id));
    for shape in model.shapes.values_mut() {
        drop(&mut shape.traits);
        match &mut shape.kind {
            ShapeKind::Enum(members)
            | ShapeKind::IntEnum(members)
            | ShapeKind::Structure(members)
            | ShapeKind::Union(members) => {
                for member in members {
                    drop(&mut member.traits);
                }
            }
            ShapeKind::List(member) => drop(&mut member.traits),
            ShapeKind::Map(key, value) => {
                drop(&mut key.traits);
                drop(&mut value.traits);
            }
            ShapeKind::Simple(_)
            | ShapeKind::Operation(_)
            | ShapeKind::Resource(_)
            | ShapeKind::Service(_) => {}
        }
    }
    model
}

/// The generated files, by path.
fn files(model: &Model, service: &str) -> BTreeMap<String, String> {
    let options = Options {
        name: Some(service.to_owned()),
        ..Options::default()
    };
    let generated = generate_from(model.clone().into(), &[service], &options)
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    let files = generated.files.into_iter();
    files.map(|file| (file.path, file.text)).collect()
}

#[test]
fn both_formats_give_the_same_crate() {
    let Some(shared) = shared() else { return };
    for (service, newer) in NEWER_FILES {
        let [ast, c2j] = [format!("ast/{service}.json"), format!("c2j/{service}")].map(|path| {
            let model = without(model(&shared.join("models").join(path)), &unsaid(service));
            files(&model, service)
        });
        let paths: BTreeSet<&String> = ast.keys().chain(c2j.keys()).collect();
        let differ = paths
            .into_iter()
            .filter(|path| ast.get(*path) != c2j.get(*path));
        let differences: Vec<&String> = differ.collect();
        assert_eq!(differences, newer, "{service}");
        println!("{service}: {} files are the same", ast.len() - newer.len());
    }
}

/// What can't be compared for a service.
fn unsaid(service: &str) -> Vec<&'static str> {
    match service {
        "sqs" => UNSAID.iter().chain(&OF_QUERY).copied().collect(),
        _ => UNSAID.to_vec(),
    }
}

#[test]
fn both_formats_mean_the_same() {
    let Some(shared) = shared() else { return };
    for (service, newer) in NEWER {
        let mut ast = model(&shared.join(format!("models/ast/{service}.json")));
        ast.metadata.clear();
        let c2j = model(&shared.join("models/c2j").join(service));
        let unsaid = unsaid(service);
        let (ast, c2j) = (by_name(&ast), by_name(&c2j));
        let differs = |(name, text): (&String, &String)| {
            let ours = c2j.get(name).map(|text| comparable(text, &unsaid));
            (ours != Some(comparable(text, &unsaid))).then(|| name.clone())
        };
        let differences: Vec<String> = ast.iter().filter_map(differs).collect();
        assert_eq!(differences, newer, "{service}");
    }
}

/// Descriptions by name. The service's is `service`, since the AWS JSON format has no name for it.
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
