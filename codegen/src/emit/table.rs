//! Tables: `Schema` and `Member` expressions.

use super::runtime;
use super::scope::{Name, Scope};
use super::text::string_literal;
use super::ty::{boolean, number};
use crate::code::{Code, ToCode, Word, all, code, list};
use crate::plan::{
    Binding, DefaultValue, Flag, Marks, Plan, Structure, Table, TableKind, TableMember, TableRef,
    Trait,
};

/// `schema.rs`.
pub(super) fn file(plan: &Plan) -> Code {
    let own: Vec<&str> = plan
        .tables
        .iter()
        .map(|table| table.rust.as_str())
        .collect();
    let scope = Scope::new(&own);
    let mut code = Code::of(&all(plan.tables.iter().map(|table| one(&scope, table))));
    let about = "Tables of lists, maps, and simple shapes that have traits.";
    scope.add_uses(Some(about), &mut code);
    code
}

fn one(scope: &Scope, table: &Table) -> impl ToCode {
    let (schema, name, id) = (
        scope.runtime(runtime::SCHEMA),
        Word(&table.rust),
        string_literal(&table.id),
    );
    move |out: &mut Code| {
        code!(out; pub(crate) static {name}: {schema} = );
        match &table.kind {
            TableKind::Simple(simple) => {
                let make = runtime::constructor(*simple);
                scalar(scope, make, &table.id, &table.marks, None::<Code>).to_code(out);
            }
            TableKind::List(element) => {
                let element = in_schema(scope, element);
                code!(out; {schema}::list({id}, &[{element}]) {marks(scope, &table.marks)});
            }
            TableKind::Map(key, value) => {
                let (key, value) = (in_schema(scope, key), in_schema(scope, value));
                code!(out; {schema}::map({id}, &[{key}, {value}]) {marks(scope, &table.marks)});
            }
        }
        code!(out; ;);
    }
}

/// The table of a shape without members: `Schema::string("…", &[…]).sensitive()`.
pub(super) fn scalar(
    scope: &Scope,
    make: &'static str,
    id: &str,
    marks: &Marks,
    first: Option<impl ToCode>,
) -> impl ToCode {
    move |out: &mut Code| {
        let schema = scope.runtime(runtime::SCHEMA);
        let traits = |out: &mut Code| {
            if let Some(first) = &first {
                let comma = (!marks.traits.is_empty()).then_some(|out: &mut Code| code!(out; ,));
                first.to_code(out);
                comma.to_code(out);
            }
            list(marks.traits.iter().map(|of| one_trait(scope, of))).to_code(out);
        };
        code!(out; {schema}::{Word(make)}({string_literal(id)}, &[{traits}]) {flags(&marks.flags)});
    }
}

/// A structure's table.
pub(super) fn structure(scope: &Scope, name: &'static str, structure: &Structure) -> impl ToCode {
    move |out: &mut Code| {
        let schema = scope.runtime(runtime::SCHEMA);
        let id = string_literal(structure.id.as_deref().unwrap_or("smithy.api#Unit"));
        let members = list(structure.members.iter().map(|of| member(scope, &of.table)));
        let marks = marks(scope, &structure.marks);
        code!(out; pub(crate) static {Word(name)}: {schema} = {schema}::structure({id}, &[{members}]) {marks};);
    }
}

/// A row of a table in `schema.rs`.
fn in_schema(scope: &Scope, of: &TableMember) -> impl ToCode {
    move |out: &mut Code| match &of.target {
        TableRef::Table(table) => row(scope, of, Word(table)).to_code(out),
        TableRef::Simple(_) | TableRef::Unit | TableRef::Type(_) => member(scope, of).to_code(out),
    }
}

/// A row of a table.
pub(super) fn member(scope: &Scope, of: &TableMember) -> impl ToCode {
    row(scope, of, target(scope, &of.target))
}

fn row(scope: &Scope, of: &TableMember, target: impl ToCode) -> impl ToCode {
    move |out: &mut Code| {
        let (member, name) = (scope.runtime(runtime::MEMBER), string_literal(&of.name));
        code!(out; {member}::new({name}, &{target}) {binding(&of.binding)} {marks(scope, &of.marks)});
    }
}

fn target(scope: &Scope, target: &TableRef) -> impl ToCode {
    move |out: &mut Code| match target {
        TableRef::Simple(simple) => scope.runtime(runtime::schema(*simple)).to_code(out),
        TableRef::Unit => scope.runtime(runtime::UNIT).to_code(out),
        TableRef::Table(table) => {
            code!(out; {scope.name("crate", "schema")}::{Word(table)});
        }
        TableRef::Type(name) => {
            code!(out; {scope.name("crate", "types")}::{Word(&name.module)}::SCHEMA);
        }
    }
}

fn binding(binding: &Binding) -> impl ToCode {
    move |out: &mut Code| match binding {
        Binding::Body => {}
        Binding::JsonName(name) => code!(out; .json_name(&{string_literal(name)})),
        Binding::Label => code!(out; .label()),
        Binding::Query(name) => code!(out; .query(&{string_literal(name)})),
        Binding::QueryParams => code!(out; .query_params()),
        Binding::Header(name) => code!(out; .header(&{string_literal(name)})),
        Binding::PrefixHeaders(prefix) => code!(out; .prefix_headers(&{string_literal(prefix)})),
        Binding::Payload => code!(out; .payload()),
        Binding::ResponseCode => code!(out; .response_code()),
        Binding::EventHeader => code!(out; .event_header()),
        Binding::EventPayload => code!(out; .event_payload()),
    }
}

fn flags(flags: &[Flag]) -> impl ToCode {
    all(flags.iter().map(|flag| {
        let flag = Word(runtime::flag(*flag));
        move |out: &mut Code| code!(out; .{flag}())
    }))
}

/// `.required().with(&[…])`.
pub(super) fn marks(scope: &Scope, marks: &Marks) -> impl ToCode {
    move |out: &mut Code| {
        flags(&marks.flags).to_code(out);
        if !marks.traits.is_empty() {
            let traits = list(marks.traits.iter().map(|of| one_trait(scope, of)));
            code!(out; .with(&[{traits}]));
        }
    }
}

fn one_trait(scope: &Scope, of: &Trait) -> impl ToCode {
    move |out: &mut Code| {
        let trait_ = scope.runtime(runtime::TRAIT);
        code!(out; {trait_}::);
        let mut string = |variant: &str, value: &str| {
            code!(out; {Word(variant)}({string_literal(value)}));
        };
        match of {
            Trait::Length(min, max) => {
                let (min, max) = (
                    bound(min.map(|bound| bound.to_string())),
                    bound(max.map(|bound| bound.to_string())),
                );
                code!(out; Length({min}, {max}));
            }
            Trait::Range(min, max) => {
                code!(out; Range({bound(min.clone())}, {bound(max.clone())}));
            }
            Trait::Pattern(pattern) => string("Pattern", pattern),
            Trait::Default(value) => {
                code!(out; Default({default_value(scope.runtime(runtime::DEFAULT_VALUE), value)}));
            }
            Trait::TimestampFormat(format) => {
                let format = Word(runtime::timestamp_format(*format));
                let enumeration = scope.runtime(runtime::TIMESTAMP_FORMAT);
                code!(out; TimestampFormat({enumeration}::{format}));
            }
            Trait::MediaType(media_type) => string("MediaType", media_type),
            Trait::XmlName(name) => string("XmlName", name),
            Trait::XmlNamespace(uri, prefix) => {
                let (uri, prefix) = (string_literal(uri), string_literal(prefix));
                code!(out; XmlNamespace({uri}, {prefix}));
            }
            Trait::Discriminated(name) => string("Discriminated", name),
            Trait::StructurePattern(pattern) => string("StructurePattern", pattern),
            Trait::Ec2QueryName(name) => string("Ec2QueryName", name),
            Trait::ContextParam(name) => string("ContextParam", name),
            Trait::PercentEncoded(parameter) => string("PercentEncoded", parameter),
            Trait::CustomerKey(digest) => string("CustomerKey", digest),
            Trait::ClientError(client) => code!(out; ClientError({boolean(*client)})),
            Trait::HttpError(status) => {
                code!(out; HttpError({number(&status.to_string())}));
            }
            Trait::Retryable(throttling) => code!(out; Retryable({boolean(*throttling)})),
            Trait::QueryError(code, status) => {
                let (code, status) = (string_literal(code), number(&status.to_string()));
                code!(out; QueryError({code}, {status}));
            }
        }
    }
}

fn default_value(of: Name, value: &DefaultValue) -> impl ToCode {
    move |out: &mut Code| match value {
        DefaultValue::Boolean(value) => code!(out; {of}::Boolean({boolean(*value)})),
        DefaultValue::Number(digits) => code!(out; {of}::Number({string_literal(digits)})),
        DefaultValue::String(value) => code!(out; {of}::String({string_literal(value)})),
        DefaultValue::List => code!(out; {of}::List),
        DefaultValue::Map => code!(out; {of}::Map),
    }
}

/// A number, or `None`.
fn bound(digits: Option<String>) -> impl ToCode {
    move |out: &mut Code| {
        if let Some(digits) = &digits {
            code!(out; Some({number(digits)}));
        } else {
            code!(out; None);
        }
    }
}
