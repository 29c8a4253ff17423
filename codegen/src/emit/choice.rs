//! Unions and enums.

use super::runtime::{self, UNKNOWN_MEMBER};
use super::scope::Scope;
use super::structure::{derived, sensitive};
use super::table;
use super::text::{deprecated, doc_line, docs, string_literal};
use super::ty::{inner, number};
use crate::code::{Code, ToCode, Word, all, code, list};
use crate::docs::is_hostile;
use crate::plan::{Enum, EnumValue, Type, Union, Variant};

/// A union's file of `types/`.
pub(super) fn union(of: &Type, union: &Union) -> Code {
    let scope = Scope::new(&[&of.name.name]);
    let schema = scope.runtime(runtime::SCHEMA);
    let variants = all(union.variants.iter().map(|of| variant(&scope, of)));
    let unknown =
        doc_line("A member that this version of the crate does not know; kept as it came.");
    let rows = union.variants.iter();
    let rows = list(rows.map(|variant| table::member(&scope, &variant.member.table)));
    let mut code = Code::of_file();
    code! { &mut code;
        {docs(&of.docs, format_args!("`{}`.", union.id))}
        {deprecated(of.deprecated.as_ref())}
        #[derive({derives(&scope, union)})]
        #[shape(SCHEMA)]
        {sensitive(union.facts.sensitive)}
        #[non_exhaustive]
        pub enum {Word(&of.name.name)} {{
            {variants}
            {unknown}
            Unknown({UNKNOWN_MEMBER}),
        }}
        pub(crate) static SCHEMA: {schema} =
            {schema}::union({string_literal(&union.id)}, &[{rows}]) {table::marks(&scope, &union.marks)};
    }
    scope.add_uses(None, &mut code);
    code
}

fn variant(scope: &Scope, of: &Variant) -> impl ToCode {
    let member = &of.member;
    move |out: &mut Code| {
        code! { out;
            {docs(&member.docs, format_args!("`{}`.", member.name))}
            {deprecated(member.deprecated.as_ref())}
            {sensitive(member.sensitive)}
            {Word(&member.ident)}({inner(scope, member)}),
        }
    }
}

/// The traits that are derived. `Shape` makes `Debug` where something is hidden.
fn derives(scope: &Scope, of: &Union) -> impl ToCode {
    let mut variants = of.variants.iter();
    let is_sensitive = of.facts.sensitive || variants.any(|variant| variant.member.sensitive);
    let derives = [
        (!of.facts.stream, "Clone"),
        (!is_sensitive, "Debug"),
        (!of.facts.stream, "PartialEq"),
    ];
    derived(derives, scope.runtime(runtime::SHAPE))
}

/// A file of `types/` for an enum of strings. Its variants are sorted by their values, as in the official crates: `values()`
/// and `Ord` have that order. The table has the order of the model, in which the command lists them.
pub(super) fn string_enum(of: &Type, values: &Enum) -> Code {
    let scope = Scope::new(&[&of.name.name]);
    let mut variants: Vec<_> = values.values.iter().enumerate().collect();
    variants.sort_by_key(|(_, value)| &value.wire);
    enumeration(
        &scope,
        of,
        values,
        &variants,
        &scope.std("String"),
        |value| string_literal(&value.wire),
        &EnumForm {
            make: "enumeration",
            values: "EnumValues",
            derive: runtime::STRING_ENUM,
        },
    )
}

/// A file of `types/` for an enum of integers.
pub(super) fn int_enum(of: &Type, values: &Enum) -> Code {
    let scope = Scope::new(&[&of.name.name]);
    let variants: Vec<_> = values.values.iter().enumerate().collect();
    enumeration(
        &scope,
        of,
        values,
        &variants,
        &Word("i32"),
        |value| number(&value.wire),
        &EnumForm {
            make: "int_enum",
            values: "IntEnumValues",
            derive: runtime::INT_ENUM,
        },
    )
}

/// Where enums of strings and of integers differ: the table's constructor and trait, and the derive macro.
struct EnumForm {
    make: &'static str,
    values: &'static str,
    derive: runtime::RuntimeItem,
}

/// The variants have the places of their values in the model.
fn enumeration<'p, W: ToCode>(
    scope: &Scope,
    of: &Type,
    values: &Enum,
    variants: &[(usize, &'p EnumValue)],
    unknown: &impl ToCode,
    wire: impl Fn(&'p EnumValue) -> W,
    form: &EnumForm,
) -> Code {
    let name = Word(&of.name.name);
    let is_in_order = variants.is_sorted_by_key(|(place, _)| place);
    let variants = all(variants.iter().map(|(place, value)| {
        let place = (!is_in_order).then(|| number(&place.to_string()));
        variant_of(value, wire(value), place)
    }));
    let about = doc_line("A value that this version of the crate does not know; kept as it came.");
    let debug = (!values.sensitive).then_some(|out: &mut Code| code!(out; Debug,));
    let (schema, traits, derive) = (
        scope.runtime(runtime::SCHEMA),
        scope.runtime(runtime::TRAIT),
        scope.runtime(form.derive),
    );
    let list = Word(form.values);
    let first = |out: &mut Code| code!(out; {traits}::{list}(<{name} as {derive}>::LISTED));
    let made = table::scalar(scope, form.make, &values.id, &values.marks, Some(first));
    let mut code = Code::of_file();
    code! { &mut code;
        {docs(&of.docs, format_args!("`{}`.", values.id))}
        {deprecated(of.deprecated.as_ref())}
        #[derive(Clone, {debug} PartialEq, Eq, PartialOrd, Ord, Hash, {derive})]
        {sensitive(values.sensitive)}
        #[non_exhaustive]
        pub enum {name} {{
            {variants}
            {about}
            Unknown({unknown}),
        }}
        pub(crate) static SCHEMA: {schema} = {made};
    }
    scope.add_uses(None, &mut code);
    code
}

fn variant_of(value: &EnumValue, wire: impl ToCode, place: Option<impl ToCode>) -> impl ToCode {
    let place = place.map(|place| move |out: &mut Code| code!(out; , {place}));
    move |out: &mut Code| {
        let text = value.wire.replace(|c| c == '`' || is_hostile(c), " ");
        code! { out;
            {docs(&value.docs, format_args!("`{}`", text.trim()))}
            {deprecated(value.deprecated.as_ref())}
            #[wire({wire} {place})]
            {Word(&value.ident)},
        }
    }
}
