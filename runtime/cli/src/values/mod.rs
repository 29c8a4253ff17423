//! Converts words to values of shapes, as the AWS CLI does.

pub(crate) mod cli_input_json;
pub(crate) mod fill;
pub(crate) mod path;
mod shorthand;

use crate::paramfile::{self, Loaded};
use crate::stop::{Stop, quoted};
use crate::{number, runtime};
use aws_smithy_types::byte_stream::ByteStream;
use shorthand::ShorthandError;
use swage_client::schema::{Kind, Member, Schema};
use swage_client::{Any, Record, json};

/// Members of the input by name.
pub(crate) type Members = Vec<(String, Any)>;

/// The words that were given for a member.
#[derive(Clone, Debug)]
pub(crate) enum Raw {
    /// An option without a value: true for `--x`, false for `--no-x`.
    Flag(bool),
    /// One word.
    Word(String),
    /// The words of a list.
    Words(Vec<String>),
    /// The words of a list, each the value of the only member of an element.
    PlainWords(Vec<String>),
}

/// Converts the words for a member. Constraints of the model aren't checked here.
pub(crate) fn convert(member: &'static Member, option: &str, raw: Raw) -> Result<Any, Stop> {
    let value = of_schema(member.target(), option, raw)?;
    match &value {
        Any::Blob(bytes) if member.is_zip_file() && !is_zip_file(bytes) => {
            Err(Stop::Error(format!(
                "{option} must be a zip file with the fileb:// prefix.\n\
                 Example usage:  {option} fileb://path/to/file.zip"
            )))
        }
        _ => Ok(value),
    }
}

/// Whether the bytes end like a ZIP archive: with the record at the end of its directory, which a comment of up to 64 KiB can
/// follow (APPNOTE.TXT, section 4.3.16).
fn is_zip_file(bytes: &[u8]) -> bool {
    let longest = 22 + usize::from(u16::MAX);
    let end = bytes.get(bytes.len().saturating_sub(longest)..);
    let mut windows = end.unwrap_or_default().windows(4);
    windows.any(|window| window == b"PK\x05\x06")
}

fn of_schema(schema: &'static Schema, option: &str, raw: Raw) -> Result<Any, Stop> {
    match raw {
        Raw::Flag(value) => Ok(flag(schema, value)),
        Raw::Word(word) if schema.is_streaming() && schema.kind() == Kind::Blob => {
            stream(option, &word)
        }
        Raw::Word(word) if is_number(schema.kind()) => scalar_of(schema, option, word),
        Raw::Word(word) => match paramfile::load(&word) {
            None => from_text(schema, option, word),
            Some(Ok(Loaded::Text(word))) => from_text(schema, option, word),
            Some(Ok(Loaded::Bytes(bytes))) => Ok(Any::Blob(bytes)),
            Some(Err(what)) => Err(Stop::parameter(option, what)),
        },
        Raw::PlainWords(words) => match words.first() {
            Some(first) if !looks_like_json(first) && paramfile::load(first).is_none() => {
                Ok(wrapped(schema, words))
            }
            _ => of_schema(schema, option, Raw::Words(words)),
        },
        Raw::Words(mut words) => {
            if let [word] = words.as_slice() {
                words = match paramfile::load(word) {
                    None => words,
                    Some(Ok(Loaded::Text(text))) => return list_text(schema, option, &text),
                    Some(Ok(Loaded::Bytes(bytes))) => return Ok(Any::Blob(bytes)),
                    Some(Err(what)) => return Err(Stop::parameter(option, what)),
                };
            }
            list(schema, option, words)
        }
    }
}

/// A list of structures whose only member has a word.
fn wrapped(schema: &Schema, words: Vec<String>) -> Any {
    let element = schema.members().first().map(Member::target);
    let name = element.and_then(|element| element.members().first());
    let name = name.map(Member::name).unwrap_or_default();
    let words = words.into_iter();
    let elements = words.map(|word| Any::Map(vec![(name.to_owned(), Any::String(word))]));
    Any::List(elements.collect())
}

/// The value of a flag: a boolean, or a structure of one.
fn flag(schema: &Schema, value: bool) -> Any {
    match schema.members() {
        [only] => Any::Map(vec![(only.name().to_owned(), Any::Boolean(value))]),
        _ => Any::Boolean(value),
    }
}

/// Whether values of this kind are checked while words are parsed, so that they can't be in a file.
fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Long | Kind::Float | Kind::Double)
}

/// Converts a text to a value of any kind but a list.
fn from_text(schema: &'static Schema, option: &str, text: String) -> Result<Any, Stop> {
    match schema.kind() {
        Kind::Structure | Kind::Union | Kind::Map => complex(schema, option, &text),
        Kind::List => list_text(schema, option, &text),
        Kind::Document => parse_json(option, &text),
        _ => scalar_of(schema, option, text),
    }
}

fn scalar_of(schema: &Schema, option: &str, text: String) -> Result<Any, Stop> {
    scalar(schema.kind(), text).map_err(|what| Stop::parameter(option, what))
}

/// Converts a text to a scalar.
fn scalar(kind: Kind, text: String) -> Result<Any, String> {
    let number = match kind {
        Kind::Byte
        | Kind::Short
        | Kind::Integer
        | Kind::IntEnum
        | Kind::Long
        | Kind::BigInteger => number::integer(&text),
        Kind::Float | Kind::Double | Kind::BigDecimal => number::float(&text),
        Kind::Boolean => {
            return Ok(match text.to_ascii_lowercase().as_str() {
                "true" => Any::Boolean(true),
                "false" => Any::Boolean(false),
                _ => Any::String(text),
            });
        }
        Kind::Blob => return Ok(Any::Blob(text.into_bytes())),
        _ => return Ok(Any::String(text)),
    };
    number
        .map(Any::Number)
        .ok_or_else(|| format!("invalid number {}", quoted(&text)))
}

fn parse_json(option: &str, text: &str) -> Result<Any, Stop> {
    json::parse(text).map_err(|error| {
        Stop::parameter(
            option,
            format_args!("Invalid JSON: {error}\nJSON received: {text}"),
        )
    })
}

/// Whether a text starts like a JSON object or array.
fn looks_like_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// Converts a text to a structure, union or map, from JSON or shorthand.
fn complex(schema: &'static Schema, option: &str, text: &str) -> Result<Any, Stop> {
    if text.trim_start().starts_with('{') || holds_documents(schema) {
        return parse_json(option, text);
    }
    if looks_like_json(text) {
        return Err(Stop::parameter(
            option,
            format_args!("Invalid JSON:\n{text}"),
        ));
    }
    if let [member] = schema.members()
        && schema.kind() == Kind::Structure
        && member.name() == "Value"
        && member.target().kind() == Kind::String
        && !text.contains('=')
    {
        return Ok(Any::Map(vec![(
            "Value".to_owned(),
            Any::String(text.to_owned()),
        )]));
    }
    from_shorthand(schema, option, text)
}

fn from_shorthand(schema: &'static Schema, option: &str, text: &str) -> Result<Any, Stop> {
    let value = shorthand::parse(text).map_err(|error| match error {
        ShorthandError::Syntax(what) => Stop::parameter(option, what),
        ShorthandError::File(what) => Stop::Error(what),
    })?;
    shorthand::fit(value, schema).map_err(|what| Stop::parameter(option, what))
}

/// Whether it is a map or list of documents, which shorthand can't express.
fn holds_documents(schema: &Schema) -> bool {
    let element = match schema.kind() {
        Kind::List => schema.members().first(),
        Kind::Map => schema.members().get(1),
        _ => None,
    };
    element.is_some_and(|member| {
        member.target().kind() == Kind::Document || holds_documents(member.target())
    })
}

/// Converts a text to a list: from JSON, shorthand for one element, or lines with a scalar each.
fn list_text(schema: &'static Schema, option: &str, text: &str) -> Result<Any, Stop> {
    if text.trim_start().starts_with('[') {
        return parse_json(option, text);
    }
    let lines = match schema
        .members()
        .first()
        .map(|member| member.target().kind())
    {
        Some(Kind::Structure | Kind::Union | Kind::Map | Kind::List) => vec![text.to_owned()],
        _ => text.lines().map(str::to_owned).collect(),
    };
    elements(schema, option, lines)
}

/// Converts words to a list: from JSON if it is one word that starts like an array, else an element for each word.
fn list(schema: &'static Schema, option: &str, words: Vec<String>) -> Result<Any, Stop> {
    match words.as_slice() {
        [word] if word.trim().starts_with('[') => parse_json(option, word),
        _ => elements(schema, option, words),
    }
}

fn elements(schema: &'static Schema, option: &str, words: Vec<String>) -> Result<Any, Stop> {
    let Some(member) = schema.members().first() else {
        return Ok(Any::Null);
    };
    let element = |word: String| match member.target().kind() {
        Kind::List if !looks_like_json(&word) && !holds_documents(member.target()) => {
            from_shorthand(member.target(), option, &word)
        }
        _ => from_text(member.target(), option, word),
    };
    words
        .into_iter()
        .map(element)
        .collect::<Result<_, _>>()
        .map(Any::List)
}

/// Opens a streaming input: a file, or standard input for `-`.
fn stream(option: &str, word: &str) -> Result<Any, Stop> {
    use std::io::Read as _;
    if word == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Stop::parameter(option, error))?;
        return Ok(Any::Stream(ByteStream::from(bytes)));
    }
    let name = word
        .strip_prefix("fileb://")
        .or_else(|| word.strip_prefix("file://"))
        .unwrap_or(word);
    let path = paramfile::expand(name);
    if !path.is_file() {
        return Err(Stop::parameter(
            option,
            "Blob values must be a path to a file.",
        ));
    }
    // The file is read while it is sent, so it can be larger than memory.
    let opened = runtime::build().and_then(|runtime| {
        runtime
            .block_on(ByteStream::from_path(&path))
            .map_err(|error| error.to_string())
    });
    opened
        .map(Any::Stream)
        .map_err(|what| Stop::parameter(option, what))
}

/// A value as JSON on one line.
pub(crate) fn to_json(value: &Any) -> String {
    let joined = |parts: Vec<String>| parts.join(", ");
    match value {
        Any::Null | Any::Stream(_) => "null".to_owned(),
        Any::Boolean(on) => on.to_string(),
        Any::Number(text) => text.clone(),
        Any::String(text) => {
            let mut out = String::new();
            swage_client::jmespath::quoted(&mut out, text);
            out
        }
        Any::Blob(bytes) => to_json(&Any::String(aws_smithy_types::base64::encode(bytes))),
        Any::Timestamp(time) => time.as_secs_f64().to_string(),
        Any::List(values) => format!("[{}]", joined(values.iter().map(to_json).collect())),
        Any::Map(entries) => {
            let entry = |(key, value): &(String, Any)| {
                format!("{}: {}", to_json(&Any::String(key.clone())), to_json(value))
            };
            format!("{{{}}}", joined(entries.iter().map(entry).collect()))
        }
        Any::Structure(record) => to_json(&copy_record(record)),
    }
}

/// A copy of a value. Streams become null.
pub(crate) fn copy(value: &Any) -> Any {
    match value {
        Any::Null | Any::Stream(_) => Any::Null,
        Any::Boolean(on) => Any::Boolean(*on),
        Any::Number(text) => Any::Number(text.clone()),
        Any::String(text) => Any::String(text.clone()),
        Any::Blob(bytes) => Any::Blob(bytes.clone()),
        Any::Timestamp(time) => Any::Timestamp(*time),
        Any::List(values) => Any::List(values.iter().map(copy).collect()),
        Any::Map(entries) => Any::Map(
            entries
                .iter()
                .map(|(key, value)| (key.clone(), copy(value)))
                .collect(),
        ),
        Any::Structure(record) => copy_record(record),
    }
}

/// A copy of a record as an object, with the members that are set.
pub(crate) fn copy_record(record: &Record) -> Any {
    let members = record.schema().members().iter().enumerate();
    let set = members
        .filter_map(|(index, member)| Some((member.name().to_owned(), copy(record.get(index)?))));
    Any::Map(set.collect())
}
