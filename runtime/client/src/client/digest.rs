//! Digests in outputs, by `swage.api#md5Digests`.

use super::Metadata;
use super::body_traits::hexadecimal;
use crate::error::{DecodeError, Failure, ResponseError};
use crate::operation::{Digest, Operation, OperationTrait};
use crate::shape::Shape;
use aws_smithy_types::base64;
use md5::Digest as _;
use md5::Md5;
use swage_jmespath::{Entry, Value};

/// Verifies the digests of an output.
pub(super) fn verify(
    operation: &Operation,
    input: &dyn Shape,
    output: &dyn Shape,
    metadata: &Metadata,
) -> Result<(), Failure> {
    let digests = || {
        operation.traits.iter().filter_map(|of| match of {
            OperationTrait::Digest(digest) => Some(digest),
            _ => None,
        })
    };
    if digests().next().is_none() {
        return Ok(());
    }
    let (input, output) = (Value::from(input), Value::from(output));
    let mut wrong = digests().filter_map(|digest| wrong(digest, &input, &output));
    match wrong.next() {
        None => Ok(()),
        Some(error) => Err(Failure::Response(ResponseError {
            error,
            status: metadata.status,
            request_id: metadata.request_id.clone(),
            body_start: String::new(),
            response: Box::default(),
        })),
    }
}

/// The error of the first digest that differs.
fn wrong(of: &Digest, input: &Value, output: &Value) -> Option<DecodeError> {
    let holders = match of.list {
        "" => std::slice::from_ref(output),
        list => elements(output, list),
    };
    holders.iter().enumerate().find_map(|(index, holder)| {
        let digest = text(holder, of.digest)?;
        let covered = match (of.in_input, of.input_list) {
            (false, _) => holder,
            (true, "") => input,
            (true, list) => elements(input, list)
                .iter()
                .find(|element| text(element, of.key) == text(holder, of.key))?,
        };
        let computed = md5(field(covered, of.of)?)?;
        let place = match of.list {
            "" => of.digest.to_owned(),
            list => format!("{list}[{index}].{}", of.digest),
        };
        let what = format!(
            "this isn't the MD5 of {}, which was changed on the way",
            of.of
        );
        (!digest.eq_ignore_ascii_case(&computed)).then(|| DecodeError::new(what).within(&place))
    })
}

fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let Value::Map(entries) = value else {
        return None;
    };
    let mut entries = entries.iter();
    entries.find_map(|(key, value)| (&**key == name).then_some(value))
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    match field(value, name)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn elements<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    match field(value, name) {
        Some(Value::List(elements)) => elements,
        _ => &[],
    }
}

/// The MD5 of a string, or of attributes.
fn md5(value: &Value) -> Option<String> {
    let mut hash = Md5::new();
    match value {
        Value::String(text) => hash.update(text.as_bytes()),
        Value::Map(attributes) => {
            let mut sorted: Vec<&Entry> = attributes.iter().collect();
            sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
            for (name, value) in sorted {
                attribute(&mut hash, name, value)?;
            }
        }
        _ => return None,
    }
    Some(hexadecimal(&hash.finalize()))
}

/// Name, type and value of a message's attribute; each with its length in front, and before the value whether it is text or
/// bytes (Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes").
fn attribute(hash: &mut Md5, name: &str, value: &Value) -> Option<()> {
    let mut part = |bytes: &[u8]| {
        hash.update(u32::try_from(bytes.len()).ok()?.to_be_bytes());
        hash.update(bytes);
        Some(())
    };
    part(name.as_bytes())?;
    part(text(value, "DataType")?.as_bytes())?;
    let bytes = match (text(value, "StringValue"), text(value, "BinaryValue")) {
        (Some(text), _) => {
            hash.update([1]);
            text.as_bytes().to_vec()
        }
        (None, Some(encoded)) => {
            hash.update([2]);
            base64::decode(encoded).ok()?
        }
        (None, None) => return None,
    };
    hash.update(u32::try_from(bytes.len()).ok()?.to_be_bytes());
    hash.update(bytes);
    Some(())
}
