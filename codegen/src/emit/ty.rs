//! Types and literals in Rust.

use super::runtime::UNIT_TYPE;
use super::scope::Scope;
use super::text::string_literal;
use crate::code::{Code, ToCode, Word, code};
use crate::plan::{Literal, Member, Presence, Ty, TypeName};
use proc_macro2::{Literal as Lit, Spacing, TokenStream};
use quote::{ToTokens, quote};

const PRIMITIVES: &str = "crate::primitives";
const EVENT_STREAM: &str = "crate::primitives::event_stream";

/// A type.
pub(super) fn ty(scope: &Scope, of: &Ty) -> impl ToCode {
    move |out: &mut Code| write_ty(scope, of, out)
}

fn write_ty(scope: &Scope, of: &Ty, out: &mut Code) {
    let primitive = |name| scope.name(PRIMITIVES, name);
    match of {
        Ty::Bool => out.word("bool"),
        Ty::I8 => out.word("i8"),
        Ty::I16 => out.word("i16"),
        Ty::I32 => out.word("i32"),
        Ty::I64 => out.word("i64"),
        Ty::F32 => out.word("f32"),
        Ty::F64 => out.word("f64"),
        Ty::BigInteger => primitive("BigInteger").to_code(out),
        Ty::BigDecimal => primitive("BigDecimal").to_code(out),
        Ty::String => scope.std("String").to_code(out),
        Ty::Blob => primitive("Blob").to_code(out),
        Ty::DateTime => primitive("DateTime").to_code(out),
        Ty::Document => primitive("Document").to_code(out),
        Ty::Stream => primitive("ByteStream").to_code(out),
        Ty::EventSender(name) => {
            let (sender, events) = (
                scope.name(EVENT_STREAM, "EventStreamSender"),
                type_path(scope, name),
            );
            code!(out; {sender}<{events}, crate::error::OperationError<{events}>>);
        }
        Ty::EventReceiver(name) => {
            let (receiver, events) = (
                scope.name(EVENT_STREAM, "EventReceiver"),
                type_path(scope, name),
            );
            code!(out; {receiver}<{events}, crate::error::OperationError<{events}>>);
        }
        Ty::Unit => UNIT_TYPE.to_code(out),
        Ty::Enum(name) | Ty::IntEnum(name) | Ty::Structure(name) => {
            type_path(scope, name).to_code(out);
        }
        Ty::List(element) => {
            code!(out; {scope.std("Vec")}<{ty(scope, element)}>);
        }
        Ty::SparseList(element) => {
            let (vec, option) = (scope.std("Vec"), scope.std("Option"));
            code!(out; {vec}<{option}<{ty(scope, element)}>>);
        }
        Ty::Map(key, value) => {
            let map = scope.name("std::collections", "HashMap");
            code!(out; {map}<{ty(scope, key)}, {ty(scope, value)}>);
        }
        Ty::SparseMap(key, value) => {
            let (map, option) = (
                scope.name("std::collections", "HashMap"),
                scope.std("Option"),
            );
            code!(out; {map}<{ty(scope, key)}, {option}<{ty(scope, value)}>>);
        }
    }
}

/// `types::Name`.
pub(super) fn type_path(scope: &Scope, name: &TypeName) -> impl ToCode + Copy {
    let types = scope.name("crate", "types");
    let name = Word(&name.name);
    move |out: &mut Code| code!(out; {types}::{name})
}

/// The type of a member without the `Option` of one that is optional.
pub(super) fn inner(scope: &Scope, member: &Member) -> impl ToCode {
    move |out: &mut Code| {
        let mut open = 0;
        let wrappers = [(member.nullable, "Option"), (member.boxed, "Box")];
        for (_, wrapper) in wrappers.iter().filter(|(is_there, _)| *is_there) {
            code!(out; {scope.std(wrapper)}<);
            open += 1;
        }
        write_ty(scope, &member.ty, out);
        (0..open).for_each(|_| out.punct('>', Spacing::Alone));
    }
}

/// The type of a member.
pub(super) fn field(scope: &Scope, member: &Member) -> impl ToCode {
    move |out: &mut Code| {
        let inner = inner(scope, member);
        match member.presence {
            Presence::Optional => {
                code!(out; {scope.std("Option")}<{inner}>);
            }
            Presence::Required | Presence::Default(_) => inner.to_code(out),
        }
    }
}

/// A value.
pub(super) fn literal(scope: &Scope, of: &Literal) -> impl ToCode {
    move |out: &mut Code| write_value(scope, of, out)
}

fn write_value(scope: &Scope, of: &Literal, out: &mut Code) {
    let document = || scope.name(PRIMITIVES, "Document");
    match of {
        Literal::Blank => code!(out; {scope.std("Default")}::default()),
        Literal::Bool(value) => boolean(*value).to_code(out),
        Literal::Integer(digits) | Literal::Float(digits) => number(digits).to_code(out),
        Literal::String(text) => {
            code!(out; {scope.std("String")}::from({string_literal(text)}));
        }
        Literal::Enum(name, value) => {
            code!(out; {type_path(scope, name)}::from({string_literal(value)}));
        }
        Literal::IntEnum(name, value) => {
            code!(out; {type_path(scope, name)}::from({number(value)}));
        }
        Literal::Blob(bytes) => {
            let bytes = Lit::byte_string(bytes).to_string();
            code!(out; {scope.name(PRIMITIVES, "Blob")}::new({|out: &mut Code| out.literal(&bytes)}));
        }
        Literal::EpochSeconds(seconds) => {
            code!(out; {scope.name(PRIMITIVES, "DateTime")}::from_secs({number(seconds)}));
        }
        Literal::DocumentBool(value) => {
            code!(out; {document()}::Bool({boolean(*value)}));
        }
        Literal::DocumentString(text) => {
            let string = scope.std("String");
            code!(out; {document()}::String({string}::from({string_literal(text)})));
        }
        Literal::DocumentArray => {
            code!(out; {document()}::Array({scope.std("Vec")}::new()));
        }
        Literal::DocumentObject => {
            code!(out; {document()}::Object({scope.std("Default")}::default()));
        }
    }
}

/// `true` or `false`.
pub(super) fn boolean(value: bool) -> Word<'static> {
    Word(if value { "true" } else { "false" })
}

/// A number, with its sign. Long ones have their digits in groups.
pub(super) struct Number {
    is_negative: bool,
    literal: String,
}

/// Digits as a literal, with their sign; long ones in groups.
pub(super) fn number(digits: &str) -> Number {
    let positive = digits.strip_prefix('-');
    let literal = grouped(positive.unwrap_or(digits));
    let is_number =
        literal.bytes().all(|c| c.is_ascii_digit() || c == b'_') || literal.parse::<Lit>().is_ok();
    Number {
        is_negative: positive.is_some(),
        literal: if is_number { literal } else { "0".to_owned() },
    }
}

impl ToCode for Number {
    fn to_code(&self, out: &mut Code) {
        if self.is_negative {
            out.punct('-', Spacing::Alone);
        }
        out.literal(&self.literal);
    }
}

impl ToTokens for Number {
    fn to_tokens(&self, out: &mut TokenStream) {
        let sign = self.is_negative.then(|| quote!(-));
        let literal = self.literal.parse();
        let literal = literal.unwrap_or_else(|_| Lit::u8_unsuffixed(0));
        out.extend(quote!(#sign #literal));
    }
}

fn grouped(digits: &str) -> String {
    if digits.len() < 6 || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return digits.to_owned();
    }
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}
