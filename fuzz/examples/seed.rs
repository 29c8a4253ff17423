//! Fills `corpus/` with seeds: values of every kind, the project's own models, and, if it is next to the workspace (or in
//! `SWAGE_SHARED`), the specification's test corpus.

#[allow(dead_code, reason = "the client's tests use all of it")]
#[path = "../../runtime/client/tests/suite/kinds/mod.rs"]
mod kinds;

use aws_smithy_types::{Blob, DateTime, Document, base64};
use kinds::{Choice, KINDS, Kinds, Level, Suit, operation};
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use swage_client::operation::Protocol;
use swage_client::protocol::rest_xml::REST_XML;
use swage_client::protocol::{Body, aws_json, rest_json, rpc_v2, simple_rest_json};
use swage_codegen::Options;
use swage_codegen::diagnostic::Source;
use swage_codegen::load::load;
use swage_codegen::node::{Node, NodeValue};

/// Larger files would make each run of a target slow.
const MOST_BYTES: u64 = 40_000;

type Done = Result<(), Box<dyn Error>>;

const TARGETS: [(&str, &str, Protocol); 9] = [
    (
        "rest_json",
        "aws.protocols#restJson1",
        rest_json::REST_JSON_1,
    ),
    (
        "simple_rest_json",
        "alloy#simpleRestJson",
        simple_rest_json::SIMPLE_REST_JSON,
    ),
    (
        "aws_json_1_0",
        "aws.protocols#awsJson1_0",
        aws_json::AWS_JSON_1_0,
    ),
    (
        "aws_json_1_1",
        "aws.protocols#awsJson1_1",
        aws_json::AWS_JSON_1_1,
    ),
    (
        "rpc_v2_json",
        "smithy.protocols#rpcv2Json",
        rpc_v2::RPC_V2_JSON,
    ),
    (
        "rpc_v2_cbor",
        "smithy.protocols#rpcv2Cbor",
        rpc_v2::RPC_V2_CBOR,
    ),
    ("aws_query", "aws.protocols#awsQuery", REST_XML),
    ("ec2_query", "aws.protocols#ec2Query", REST_XML),
    ("rest_xml", "aws.protocols#restXml", REST_XML),
];

fn main() -> Done {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut corpus = Corpus {
        folder: fuzz.join("corpus"),
        seeds: 0,
    };
    for (target, _, protocol) in TARGETS {
        corpus.kinds(target, protocol)?;
    }
    for seed in swage_fuzz::events::seeds() {
        corpus.add("event_stream", seed[0], &seed[1..])?;
    }
    corpus.packs(&fuzz.join("../tests/golden"))?;
    corpus.files(&fuzz.join("seeds/model_idl"), "smithy", "model_idl")?;
    corpus.files(&fuzz.join("seeds/model_aws_json"), "json", "model_aws_json")?;
    corpus.files(&fuzz.join("../tests"), "json", "model_ast")?;
    let named = std::env::var_os("SWAGE_SHARED").map(PathBuf::from);
    let shared = named.unwrap_or_else(|| fuzz.join("../../shared"));
    if shared.is_dir() {
        let tests = shared.join("smithy-tests");
        corpus.files(&tests, "smithy", "model_idl")?;
        corpus.files(&tests, "json", "model_ast")?;
        for protocols in ["aws", "smithy"] {
            corpus.responses(&tests.join("protocol-tests").join(protocols))?;
        }
    } else {
        println!("no test corpus at {}", shared.display());
    }
    println!("{} seeds in {}", corpus.seeds, corpus.folder.display());
    Ok(())
}

struct Corpus {
    folder: PathBuf,
    seeds: usize,
}

impl Corpus {
    fn add(&mut self, target: &str, choice: u8, seed: &[u8]) -> Done {
        let folder = self.folder.join(target);
        fs::create_dir_all(&folder)?;
        let path = folder.join(format!("seed-{:05}", self.seeds));
        fs::write(path, [&[choice][..], seed].concat())?;
        self.seeds += 1;
        Ok(())
    }

    /// A response with a value of every kind, and an error.
    fn kinds(&mut self, target: &str, protocol: Protocol) -> Done {
        let mut input = every_kind();
        // XML can't hold one.
        input.document = input.document.filter(|_| protocol.id() != REST_XML.id());
        let request = protocol.request(&operation("POST", "/", &KINDS), &mut input)?;
        let Body::Bytes(body) = request.body else {
            return Err("a stream".into());
        };
        let mut seed = match request.headers.get("smithy-protocol") {
            Some(name) => [b"smithy-protocol: ", name.as_bytes(), b"\n\n"].concat(),
            None => b"x-amzn-requestid: 1\n\n".to_vec(),
        };
        let wrapped: [&[u8]; 2] = match target {
            "aws_query" => [b"<DoResponse><DoResult>", b"</DoResult></DoResponse>"],
            "ec2_query" => [b"<DoResponse>", b"</DoResponse>"],
            _ => [b"", b""],
        };
        seed.extend([wrapped[0], &body, wrapped[1]].concat());
        self.add(target, 0, &seed)?;
        self.add(target, 1, &seed)
    }

    /// The packs of models.
    fn packs(&mut self, folder: &Path) -> Done {
        for path in files(folder, "json")? {
            let source = Source {
                name: path.display().to_string(),
                text: fs::read_to_string(&path)?,
            };
            // A model that needs others has errors alone.
            let Ok(service) = swage_codegen::packed(&load(&[source]), &Options::default()) else {
                continue;
            };
            let pack = swage_codegen::pack::file(vec![service])?;
            // The target takes the bytes as they are: the first one is the magic's.
            if let [first, rest @ ..] = &pack[..] {
                self.add("pack", *first, rest)?;
            }
        }
        Ok(())
    }

    /// Models as they are, those that aren't large.
    fn files(&mut self, folder: &Path, extension: &str, target: &str) -> Done {
        for path in files(folder, extension)? {
            if fs::metadata(&path)?.len() <= MOST_BYTES {
                let choice = u8::from(self.seeds % 2 == 0);
                self.add(target, choice, &fs::read(path)?)?;
            }
        }
        Ok(())
    }

    /// The responses of the protocol tests.
    fn responses(&mut self, folder: &Path) -> Done {
        let sources = files(folder, "smithy")?.into_iter().map(|path| {
            Ok(Source {
                name: path.display().to_string(),
                text: fs::read_to_string(path)?,
            })
        });
        let sources: Vec<_> = sources.collect::<Result<_, std::io::Error>>()?;
        let model = load(&sources).into_model();
        let model = model.map_err(|problems| format!("{problems:?}"))?;
        for shape in model.shapes.values() {
            let tests = shape.traits.get("smithy.test#httpResponseTests");
            for test in tests.and_then(Node::elements).unwrap_or_default() {
                self.response(test)?;
            }
        }
        Ok(())
    }

    fn response(&mut self, test: &Node) -> Done {
        let text = |key| test.get(key).and_then(Node::as_str).unwrap_or_default();
        let target = TARGETS.iter().find(|(_, id, _)| *id == text("protocol"));
        let Some((target, ..)) = target else {
            return Ok(());
        };
        let headers = test.get("headers").and_then(Node::entries);
        let mut seed = Vec::new();
        for header in headers.unwrap_or_default() {
            let value = header.value.as_str().unwrap_or_default();
            seed.extend(format!("{}: {value}\n", header.key).into_bytes());
        }
        if seed.is_empty() {
            seed.push(b'\n');
        }
        seed.push(b'\n');
        match base64::decode(text("body")) {
            Ok(body) if text("bodyMediaType") == "application/cbor" => seed.extend(body),
            _ => seed.extend(text("body").as_bytes()),
        }
        let is_error = matches!(test.get("code").map(|code| &code.value),
            Some(NodeValue::Number(code)) if !code.starts_with('2'));
        self.add(target, u8::from(is_error), &seed)
    }
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, std::io::Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|of| of == extension) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn every_kind() -> Kinds {
    let document = BTreeMap::from([("a", Document::Array(vec![Document::Null]))]);
    let document = document
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value));
    Kinds {
        boolean: Some(true),
        byte: Some(-1),
        long: Some(1 << 40),
        float: Some(0.5),
        double: Some(f64::NAN),
        big_integer: "123456789012345678901234567890".parse().ok(),
        big_decimal: "-1.50".parse().ok(),
        string: Some("é".to_owned()),
        suit: Some(Suit::Club),
        level: Some(Level::Low),
        blob: Some(Blob::new("hello")),
        time: Some(DateTime::from_secs_and_nanos(1, 500_000_000)),
        date_time: Some(DateTime::from_secs(1)),
        http_date: Some(DateTime::from_secs(2)),
        document: Some(Document::Object(document.collect())),
        list: Some(vec!["a".to_owned(), String::new()]),
        sparse: Some(vec![Some(1), None]),
        map: Some([("k".to_owned(), "v".to_owned())].into()),
        sparse_map: Some([(Suit::Club, None)].into()),
        choice: Some(Choice::Number(7)),
        nested: Some(Box::new(Kinds {
            byte: Some(1),
            ..Kinds::default()
        })),
        secret: Some("s".to_owned()),
        secrets: Some(vec!["t".to_owned()]),
        vault: Some([("u".to_owned(), 1)].into()),
        ..Kinds::default()
    }
}
