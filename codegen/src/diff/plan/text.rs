//! Values of the plan as text.

use crate::interface::SEPARATOR;
use crate::plan::{
    Acceptor, Auth, AuthValue, Binding, Comparator, Literal, Matcher, Member, Presence, Ty,
    WaiterState,
};
use std::collections::BTreeSet;

/// A scheme with the values of its fields: `sigv4 name=execute-api`.
pub(super) fn auth(of: &Auth) -> String {
    let field = |(name, value): &(&str, AuthValue)| match value {
        AuthValue::Text(value) if value.is_empty() => String::new(),
        AuthValue::Text(value) => format!(" {name}={value}"),
        AuthValue::Boolean(value) => format!(" {name}={value}"),
    };
    let fields: String = of.fields.iter().map(field).collect();
    format!("{}{fields}", name_of(of.scheme.id))
}

pub(super) fn presence(of: &Presence, ty: &Ty) -> String {
    match of {
        Presence::Optional => "optional".to_owned(),
        Presence::Required => "required".to_owned(),
        Presence::Default(Literal::Blank) => format!("default {}", blank(ty)),
        Presence::Default(value) => format!("default {}", literal(value)),
    }
}

/// The value that `Default` gives.
pub(super) fn blank(ty: &Ty) -> &'static str {
    match ty {
        Ty::Bool => "false",
        Ty::String | Ty::Blob | Ty::Enum(_) => "\"\"",
        Ty::List(_) | Ty::SparseList(_) => "[]",
        Ty::Map(..) | Ty::SparseMap(..) => "{}",
        Ty::Stream | Ty::EventSender(_) | Ty::EventReceiver(_) => "empty",
        Ty::Unit | Ty::Structure(_) | Ty::Document => "null",
        Ty::I8
        | Ty::I16
        | Ty::I32
        | Ty::I64
        | Ty::F32
        | Ty::F64
        | Ty::BigInteger
        | Ty::BigDecimal
        | Ty::IntEnum(_)
        | Ty::DateTime => "0",
    }
}

/// A default as a model writes it.
pub(super) fn literal(of: &Literal) -> String {
    match of {
        Literal::Blank => String::new(),
        Literal::Bool(value) | Literal::DocumentBool(value) => value.to_string(),
        Literal::Integer(digits)
        | Literal::Float(digits)
        | Literal::IntEnum(_, digits)
        | Literal::EpochSeconds(digits) => digits.clone(),
        Literal::String(text) | Literal::Enum(_, text) | Literal::DocumentString(text) => {
            format!("{text:?}")
        }
        Literal::Blob(bytes) => format!("{bytes:02x?}"),
        Literal::DocumentArray => "[]".to_owned(),
        Literal::DocumentObject => "{}".to_owned(),
    }
}

pub(super) fn bounds(min: Option<String>, max: Option<String>) -> String {
    let text = |bound: Option<String>| {
        let bound = bound.unwrap_or_default();
        bound.strip_suffix(".0").unwrap_or(&bound).to_owned()
    };
    if min.is_none() && max.is_none() {
        return String::new();
    }
    format!("{}..{}", text(min), text(max))
}

pub(super) fn location(binding: &Binding) -> String {
    match binding {
        Binding::Body => String::new(),
        Binding::JsonName(name) => format!("key {name}"),
        Binding::Label => "label".to_owned(),
        Binding::Query(name) => format!("query {name}"),
        Binding::QueryParams => "query parameters".to_owned(),
        Binding::Header(name) => format!("header {name}"),
        Binding::PrefixHeaders(prefix) => format!("headers {prefix}*"),
        Binding::Payload => "payload".to_owned(),
        Binding::ResponseCode => "status code".to_owned(),
        Binding::EventHeader => "event header".to_owned(),
        Binding::EventPayload => "event payload".to_owned(),
    }
}

/// The type of a member, without the `Option` of one that may be absent.
pub(super) fn member_type(of: &Member) -> String {
    let mut ty = rust_type(&of.ty);
    if of.boxed {
        ty = format!("Box<{ty}>");
    }
    if of.nullable {
        ty = format!("Option<{ty}>");
    }
    ty
}

/// A type as emitted code names it.
pub(super) fn rust_type(of: &Ty) -> String {
    match of {
        Ty::Bool => "bool".to_owned(),
        Ty::I8 => "i8".to_owned(),
        Ty::I16 => "i16".to_owned(),
        Ty::I32 => "i32".to_owned(),
        Ty::I64 => "i64".to_owned(),
        Ty::F32 => "f32".to_owned(),
        Ty::F64 => "f64".to_owned(),
        Ty::BigInteger => "BigInteger".to_owned(),
        Ty::BigDecimal => "BigDecimal".to_owned(),
        Ty::String => "String".to_owned(),
        Ty::Blob => "Blob".to_owned(),
        Ty::DateTime => "DateTime".to_owned(),
        Ty::Document => "Document".to_owned(),
        Ty::Stream => "ByteStream".to_owned(),
        Ty::EventSender(name) => format!("EventStreamSender<{}>", name.name),
        Ty::EventReceiver(name) => format!("EventReceiver<{}>", name.name),
        Ty::Unit => "Unit".to_owned(),
        Ty::Enum(name) | Ty::IntEnum(name) | Ty::Structure(name) => name.name.clone(),
        Ty::List(element) => format!("Vec<{}>", rust_type(element)),
        Ty::SparseList(element) => format!("Vec<Option<{}>>", rust_type(element)),
        Ty::Map(key, value) => format!("HashMap<{}, {}>", rust_type(key), rust_type(value)),
        Ty::SparseMap(key, value) => {
            format!("HashMap<{}, Option<{}>>", rust_type(key), rust_type(value))
        }
    }
}

/// What an acceptor does and when: `success if state stringEquals "done"`.
pub(super) fn acceptor(of: &Acceptor) -> String {
    let state = match of.state {
        WaiterState::Success => "success",
        WaiterState::Failure => "failure",
        WaiterState::Retry => "retry",
    };
    let condition = match &of.matcher {
        Matcher::Success(true) => "the call succeeds".to_owned(),
        Matcher::Success(false) => "the call fails".to_owned(),
        Matcher::ErrorType(code) => format!("the error is {code}"),
        Matcher::Output(path, expected, comparator)
        | Matcher::InputOutput(path, expected, comparator) => {
            format!("{path} {} {expected:?}", comparator_name(*comparator))
        }
    };
    let message = match of.message.as_str() {
        "" => String::new(),
        path => format!(" with message {path}"),
    };
    format!("{state} if {condition}{message}").replace(SEPARATOR, ",")
}

fn comparator_name(of: Comparator) -> &'static str {
    match of {
        Comparator::StringEquals => "stringEquals",
        Comparator::BooleanEquals => "booleanEquals",
        Comparator::AllStringEquals => "allStringEquals",
        Comparator::AnyStringEquals => "anyStringEquals",
    }
}

/// In the same order, without repeats.
pub(super) fn list(texts: impl IntoIterator<Item = String>) -> String {
    let mut seen = BTreeSet::new();
    let texts = texts.into_iter().filter(|text| seen.insert(text.clone()));
    texts.collect::<Vec<_>>().join(SEPARATOR)
}

pub(super) fn name_of(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(_, name)| name)
}
