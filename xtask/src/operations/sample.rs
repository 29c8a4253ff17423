//! Samples of inputs and outputs, and responses with them.

use super::server::Answer;
use serde_json::{Map, Value as Json};
use swage_client::operation::{Operation, OperationTrait, Service};
use swage_client::primitives::{ByteStream, DateTime};
use swage_client::protocol::{Body, rest_xml};
use swage_client::schema::{Kind, Location, Member, Schema, Trait};
use swage_client::{Any, Record};

/// A valid input, but for streams.
pub(super) fn input(schema: &'static Schema) -> Any {
    let mut sampler = Sampler {
        inside: Vec::new(),
        is_input: true,
    };
    let sample = sampler.structure(schema);
    Any::Structure(sample.unwrap_or_else(|| Record::new(schema)))
}

/// Whether the output goes to a file.
pub(super) fn goes_to_file(output: &Schema) -> bool {
    output.members().iter().any(|member| {
        member.location() == Location::Payload && member.target().kind() == Kind::Blob
    })
}

struct Sampler {
    /// The ids of the enclosing shapes, to end recursion.
    inside: Vec<&'static str>,
    is_input: bool,
}

impl Sampler {
    /// A sample; none if a required member would be the shape itself again.
    fn structure(&mut self, schema: &'static Schema) -> Option<Record> {
        let mut record = Record::new(schema);
        self.inside.push(schema.id());
        for (index, member) in schema.members().iter().enumerate() {
            if self.leaves_out(member) {
                continue;
            }
            match self.value(member) {
                Some(value) => {
                    record.set(index, value);
                    if schema.kind() == Kind::Union {
                        break;
                    }
                }
                None if member.is_required() => {
                    self.inside.pop();
                    return None;
                }
                None => {}
            }
        }
        self.inside.pop();
        Some(record)
    }

    /// Whether the value of a member can't be a sample: a stream of an input and its length, a checksum of an output.
    fn leaves_out(&self, member: &Member) -> bool {
        let header = match member.location() {
            Location::Header => member.wire().to_ascii_lowercase(),
            _ => String::new(),
        };
        if self.is_input {
            member.target().is_streaming() || header == "content-length"
        } else {
            header.starts_with("x-amz-checksum-")
        }
    }

    fn value(&mut self, member: &'static Member) -> Option<Any> {
        let target = member.target();
        Some(match target.kind() {
            Kind::Structure | Kind::Union if self.inside.contains(&target.id()) => return None,
            Kind::Structure | Kind::Union => Any::Structure(self.structure(target)?),
            Kind::List => {
                let element = target.members().first()?;
                let (least, _) = lengths(member);
                let values = (0..least.clamp(1, 100)).map_while(|_| self.value(element));
                let values: Vec<_> = values.collect();
                // No element is the shape itself again, and some lists can't be empty.
                if values.is_empty() && has_least_length(member) {
                    return None;
                }
                Any::List(values)
            }
            Kind::Map => {
                let [key, value] = target.members() else {
                    return None;
                };
                let Some(Any::String(key)) = self.value(key) else {
                    return None;
                };
                Any::Map(vec![(key, self.value(value)?)])
            }
            Kind::String if member.is_endpoint_url() => Any::String(super::ENDPOINT.to_owned()),
            Kind::String | Kind::Enum => Any::String(text(member)),
            Kind::Blob if target.is_streaming() => Any::Stream(ByteStream::from_static(b"bytes")),
            Kind::Blob => Any::Blob(b"bytes".to_vec()),
            Kind::Boolean => Any::Boolean(true),
            Kind::Timestamp => Any::Timestamp(DateTime::from_secs(1_700_000_000)),
            Kind::Document => Any::Map(vec![("key".to_owned(), Any::String("value".to_owned()))]),
            Kind::IntEnum => Any::Number(target.int_enum_values().first()?.to_string()),
            Kind::Byte | Kind::Short | Kind::Integer | Kind::Long | Kind::BigInteger => {
                Any::Number(format!("{:.0}", least(member).max(1.0)))
            }
            Kind::Float | Kind::Double | Kind::BigDecimal => {
                Any::Number(format!("{:.1}", least(member).max(1.0)))
            }
        })
    }
}

fn text(member: &Member) -> String {
    if let Some(first) = member.target().enum_values().first() {
        return (*first).to_owned();
    }
    let (least, most) = lengths(member);
    let name = match member.name() {
        "" => "text",
        name => name,
    };
    let whole = name.chars().cycle().take(least.max(name.len().min(most)));
    whole.take(most.min(1 << 20)).collect()
}

/// Whether the model says how long a value is at least.
fn has_least_length(member: &Member) -> bool {
    let mut traits = member.traits();
    traits.any(|of| matches!(of, Trait::Length(Some(least), _) if *least > 0))
}

/// The least and the largest length that is valid, but at least one.
fn lengths(member: &Member) -> (usize, usize) {
    let length = member.traits().find_map(|of| match of {
        Trait::Length(least, most) => Some((*least, *most)),
        _ => None,
    });
    let (least, most) = length.unwrap_or_default();
    let count = |number: Option<u64>, other: usize| {
        number.map_or(other, |number| usize::try_from(number).unwrap_or(other))
    };
    (count(least, 1).max(1), count(most, usize::MAX))
}

fn least(member: &Member) -> f64 {
    let least = member.traits().find_map(|of| match of {
        Trait::Range(least, _) => *least,
        _ => None,
    });
    least.unwrap_or(1.0)
}

/// A value for `--cli-input-json`.
pub(super) fn json(value: &Any) -> Json {
    match value {
        Any::Null | Any::Stream(_) => Json::Null,
        Any::Boolean(on) => Json::Bool(*on),
        Any::Number(text) => serde_json::from_str(text).unwrap_or_default(),
        Any::String(text) => Json::String(text.clone()),
        Any::Blob(bytes) => Json::String(String::from_utf8_lossy(bytes).into_owned()),
        Any::Timestamp(_) => Json::String("2023-11-14T22:13:20Z".to_owned()),
        Any::List(values) => Json::Array(values.iter().map(json).collect()),
        Any::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| (key.clone(), json(value)));
            Json::Object(entries.collect())
        }
        Any::Structure(record) => {
            let members = record.schema().members().iter().enumerate();
            let set = members.filter_map(|(index, member)| {
                Some((member.name().to_owned(), json(record.get(index)?)))
            });
            Json::Object(set.collect::<Map<_, _>>())
        }
    }
}

/// The response with a sample of the output. A protocol writes requests, so the output stands in for an input.
pub(super) fn encode(operation: &'static Operation) -> Result<Answer, String> {
    let mut sampler = Sampler {
        inside: Vec::new(),
        is_input: false,
    };
    let sample = sampler.structure(operation.output);
    let mut record = sample.unwrap_or_else(|| Record::new(operation.output));
    let service: &'static Service = operation.service;
    let id = service.protocol.id();
    let is_query = id.ends_with("#awsQuery") || id.ends_with("#ec2Query");
    let protocol = if is_query {
        rest_xml::REST_XML
    } else {
        service.protocol
    };
    let like = Operation {
        output: operation.input,
        uri: "/",
        method: "POST",
        ..Operation::new(operation.name, service, operation.output, operation.input)
    };
    let like = Operation {
        traits: operation.traits,
        ..like
    };
    let request = protocol.request(&like, &mut record);
    let request = request.map_err(|error| error.to_string())?;
    let mut headers: Vec<_> = request
        .headers
        .iter()
        .filter(|(name, _)| *name != "content-length" && *name != "x-amz-target")
        .map(|(name, value)| {
            (
                name.to_string(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect();
    headers.sort();
    let body = match request.body {
        Body::Bytes(bytes) => bytes.to_vec(),
        Body::Stream(_) => b"bytes".to_vec(),
    };
    let is_unwrapped = operation
        .traits
        .iter()
        .any(|of| matches!(of, OperationTrait::UnwrappedXmlOutput));
    let body = if is_query {
        wrapped(operation, &body, id)
    } else if is_unwrapped {
        members(&body).into_bytes()
    } else {
        body
    };
    Ok(Answer { headers, body })
}

/// The elements inside the root of an XML document.
fn members(document: &[u8]) -> String {
    let text = String::from_utf8_lossy(document);
    let inner = text.split_once("?>").map_or(&*text, |(_, rest)| rest);
    let start = inner.find('>').map_or(0, |at| at + 1);
    let end = inner.rfind("</").unwrap_or(start).max(start);
    inner.get(start..end).unwrap_or_default().to_owned()
}

/// The members of a document of restXml, as query protocols wrap them.
fn wrapped(operation: &Operation, body: &[u8], id: &str) -> Vec<u8> {
    let members = members(body);
    let name = operation.name;
    let text = if id.ends_with("#ec2Query") {
        format!("<{name}Response>{members}</{name}Response>")
    } else {
        format!("<{name}Response><{name}Result>{members}</{name}Result></{name}Response>")
    };
    text.into_bytes()
}
