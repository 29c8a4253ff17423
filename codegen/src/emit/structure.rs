//! Structures: type and table. Derive macros of the runtime make the rest from the attributes.

use super::runtime::{ERROR_META, REQUEST_IDS, SHAPE};
use super::scope::{Name, Scope};
use super::table;
use super::text::{deprecated, docs};
use super::ty::{field, literal};
use crate::code::{Code, ToCode, Word, all, code, list};
use crate::docs::Docs;
use crate::plan::{Literal, Member, Presence, Structure, Trait, Type};

/// The documentation of a type, and the arguments of its `#[shape]`.
pub(super) struct TypeHead<'a> {
    pub(super) docs: &'a Docs,
    pub(super) deprecated: Option<&'a String>,
    /// The documentation if the model has none.
    pub(super) otherwise: String,
    /// The static of the table.
    pub(super) table: Code,
    /// `request = XFluentBuilder`, for inputs.
    pub(super) request: Option<Code>,
    /// Whether it is the output of an operation.
    pub(super) is_output: bool,
}

/// A file of `types/`.
pub(super) fn file(of: &Type, structure: &Structure) -> Code {
    let scope = Scope::new(&[&of.name.name]);
    let head = TypeHead {
        docs: &of.docs,
        deprecated: of.deprecated.as_ref(),
        otherwise: format!("`{}`.", structure.id.as_deref().unwrap_or_default()),
        table: Code::of(&Word("SCHEMA")),
        request: None,
        is_output: false,
    };
    let mut code = Code::of_file();
    definition(&scope, structure, &head).to_code(&mut code);
    table::structure(&scope, "SCHEMA", structure).to_code(&mut code);
    scope.add_uses(None, &mut code);
    code
}

/// The type with its attributes.
pub(super) fn definition(scope: &Scope, of: &Structure, head: &TypeHead<'_>) -> impl ToCode {
    move |out: &mut Code| {
        let options = [
            Some(&head.table as &dyn ToCode),
            head.request.as_ref().map(|request| request as _),
            of.error.then_some(&Word("error") as _),
            head.is_output.then_some(&Word("output") as _),
            is_retryable(of).then_some(&Word("retryable") as _),
            of.facts.stream.then_some(&Word("stream") as _),
        ];
        let fields = all(of.members.iter().map(|member| one_field(scope, member)));
        let meta = |out: &mut Code| code!(out; pub(crate) meta: {ERROR_META},);
        let ids = |out: &mut Code| code!(out; pub(crate) _request_id: {REQUEST_IDS},);
        code! { out;
            {docs(head.docs, format_args!("{}", head.otherwise))}
            {deprecated(head.deprecated)}
            #[derive({derives(scope, of)})]
            #[shape({list(options.into_iter().flatten())})]
            {sensitive(of.facts.sensitive)}
            #[non_exhaustive]
            pub struct {Word(&of.rust)} {{
                {fields}
                {of.error.then_some(meta)}
                {head.is_output.then_some(ids)}
            }}
        }
    }
}

/// Whether it is an error after which another attempt may succeed.
fn is_retryable(of: &Structure) -> bool {
    let mut traits = of.marks.traits.iter();
    of.error && traits.any(|of| matches!(of, Trait::Retryable(_)))
}

fn one_field(scope: &Scope, member: &Member) -> impl ToCode {
    move |out: &mut Code| {
        docs(&member.docs, format_args!("`{}`.", member.name)).to_code(out);
        deprecated(member.deprecated.as_ref()).to_code(out);
        sensitive(member.sensitive).to_code(out);
        match &member.presence {
            Presence::Optional | Presence::Required => {}
            Presence::Default(Literal::Blank) => code!(out; #[default_value]),
            Presence::Default(value) => code!(out; #[default_value({literal(scope, value)})]),
        }
        if member.unset_if_zero {
            code!(out; #[unset_if_zero]);
        }
        code!(out; pub {Word(&member.ident)}: {field(scope, member)},);
    }
}

/// `#[sensitive]`.
pub(super) fn sensitive(is_sensitive: bool) -> impl ToCode {
    is_sensitive.then_some(|out: &mut Code| code!(out; #[sensitive]))
}

/// The traits that are derived. `Shape` makes `Debug` where something is hidden, and compares errors.
fn derives(scope: &Scope, of: &Structure) -> impl ToCode {
    let is_sensitive = of.facts.sensitive || of.members.iter().any(|member| member.sensitive);
    let derives = [
        (!of.facts.stream, "Clone"),
        (!is_sensitive, "Debug"),
        (has_default(of), "Default"),
        (!of.facts.stream && !of.error, "PartialEq"),
    ];
    derived(derives, scope.runtime(SHAPE))
}

/// Derives of Rust's own, those that are wanted, and one of the runtime.
pub(super) fn derived<const N: usize>(own: [(bool, &'static str); N], last: Name) -> impl ToCode {
    move |out: &mut Code| {
        for (_, name) in own.iter().filter(|(is_wanted, _)| *is_wanted) {
            code!(out; {Word(name)},);
        }
        last.to_code(out);
    }
}

/// Whether `Default` can be derived: nothing is required, and every default is what `Default` gives.
fn has_default(of: &Structure) -> bool {
    of.members.iter().all(|member| match &member.presence {
        Presence::Optional => true,
        Presence::Default(value) => *value == Literal::Blank,
        Presence::Required => false,
    })
}
