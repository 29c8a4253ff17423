//! Structures: `Shape`, `Value`, and what `#[shape(…)]` asks for.

use crate::code::Code;
use crate::debug;
use crate::item::{Attributes, Item, Member, Problem};
use crate::setters::{Owner, setters};
use proc_macro::Span;
use std::fmt::Write as _;

/// What `#[shape(…)]` says.
struct Options {
    table: String,
    has_setters: bool,
    /// The request whose input it is, and its type parameter.
    request: Option<String>,
    is_error: bool,
}

impl Options {
    fn read(item: &Item) -> Result<Self, Problem> {
        let (table, rest) = item.table()?;
        let mut options = Self {
            table,
            has_setters: false,
            request: None,
            is_error: false,
        };
        for option in rest {
            let (name, value) = option.split_once('=').unwrap_or((&option, ""));
            match (name.trim(), value.trim()) {
                ("setters", "") => options.has_setters = true,
                ("setters", request) => options.request = Some(request.to_owned()),
                ("error", "") => options.is_error = true,
                _ => {
                    return Err(Problem::new(
                        item.name.span(),
                        "unknown option of `#[shape]`",
                    ));
                }
            }
        }
        Ok(options)
    }
}

pub(crate) fn expand(item: &Item, members: &[Member]) -> Result<Code, Problem> {
    let options = Options::read(item)?;
    let members = match members {
        [members @ .., _meta] if options.is_error => members,
        members => members,
    };
    let mut text = shape(item, members, &options);
    if debug::is_redacted(item, members) {
        text += &debug::structure(item, members);
    }
    if members.iter().any(|of| of.default_value().is_some())
        && !members.iter().any(Member::is_required)
    {
        text += &default(item);
    }
    if options.is_error {
        text += &error(item, members, &options.table);
    }
    let code = Code::default()
        .text(&text)
        .code(methods(item, members, &options));
    Ok(match &options.request {
        Some(request) => code.code(request_setters(request, members)),
        None => code,
    })
}

fn shape(item: &Item, members: &[Member], options: &Options) -> String {
    let (mut get, mut get_mut, mut blank) = (String::new(), String::new(), String::new());
    for (index, member) in members.iter().enumerate() {
        let name = &member.name;
        let default = member.default_value();
        let default = default
            .as_deref()
            .unwrap_or("::swage_client::__private::Value::blank()");
        if member.has("unset_if_zero") {
            let _ = write!(
                get,
                "{index} if self.{name} == <{} as ::core::default::Default>::default() => ::core::option::Option::None,",
                member.ty
            );
        }
        let _ = write!(
            get,
            "{index} => ::core::option::Option::Some(&self.{name}),"
        );
        let _ = write!(
            get_mut,
            "{index} => ::core::option::Option::Some(&mut self.{name}),"
        );
        let _ = write!(blank, "{name}: {default},");
    }
    if options.is_error {
        blank += "meta: ::core::default::Default::default(),";
    }
    let (name, table) = (&item.name, &options.table);
    format!(
        "#[allow(deprecated)]
        impl ::swage_client::__private::Shape for {name} {{
            fn schema(&self) -> &'static ::swage_client::__private::Schema {{
                &{table}
            }}
            fn member(&self, index: usize) -> ::core::option::Option<&dyn ::swage_client::__private::Value> {{
                match index {{ {get} _ => ::core::option::Option::None }}
            }}
            fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn ::swage_client::__private::Value> {{
                match index {{ {get_mut} _ => ::core::option::Option::None }}
            }}
            fn blank() -> Self {{
                Self {{ {blank} }}
            }}
        }}
        #[allow(deprecated)]
        const _: () = {{ ::swage_client::__private::shape_value!({name}); }};"
    )
}

fn default(item: &Item) -> String {
    let name = &item.name;
    format!(
        "#[allow(deprecated)]
        impl ::core::default::Default for {name} {{
            fn default() -> Self {{ ::swage_client::__private::Shape::blank() }}
        }}"
    )
}

/// What errors have beside their members. They are equal when their members are, whatever they came with.
fn error(item: &Item, members: &[Member], table: &str) -> String {
    let equal = members.iter().fold(String::new(), |equal, member| {
        equal + &format!("&& self.{0} == _other.{0}", member.name)
    });
    let name = &item.name;
    format!(
        "#[allow(deprecated)]
        impl ::core::cmp::PartialEq for {name} {{
            fn eq(&self, _other: &Self) -> bool {{ true {equal} }}
        }}
        #[allow(deprecated)]
        const _: () = {{ ::swage_client::__private::modeled_error!({name}, {table}); }};"
    )
}

/// `new` and the setters.
fn methods(item: &Item, members: &[Member], options: &Options) -> Code {
    let is_empty = !members.iter().any(Member::is_required);
    let new = match (is_empty, options.has_setters) {
        (true, false) => return Code::default(),
        (true, true) => Code::default().text(
            "#[doc = \"Creates a value with no members set.\"]
            pub fn new() -> Self { Self::default() }",
        ),
        (false, _) => new(members),
    };
    let methods = if options.has_setters {
        new.code(setters(members, Owner::Structure))
    } else {
        new
    };
    Code::default()
        .text(&format!(
            "#[allow(deprecated, clippy::too_many_arguments)] impl {}",
            item.name
        ))
        .braces(methods)
}

fn new(members: &[Member]) -> Code {
    let (mut parameters, mut fields) = (Code::default(), String::new());
    for member in members.iter().filter(|of| of.is_required()) {
        let argument = member.argument();
        let mut parameter = member.name.clone();
        // The body is text, whose names are those of the place where the macro is called.
        parameter.set_span(parameter.span().resolved_at(Span::call_site()));
        parameters = parameters
            .ident(parameter)
            .text(":")
            .code(argument.parameter())
            .text(",");
        let value = argument.value(&member.name.to_string());
        let _ = write!(fields, "{}: {value},", member.name);
    }
    Code::default()
        .text("#[doc = \"Creates a value with its required members.\"] pub fn new")
        .parentheses(parameters)
        .text(&format!(
            "-> Self {{ #[allow(clippy::needless_update)] Self {{ {fields} ..::swage_client::__private::Shape::blank() }} }}"
        ))
}

fn request_setters(request: &str, members: &[Member]) -> Code {
    let parameter = request
        .split_once('<')
        .map_or("", |(_, rest)| rest.trim_end_matches('>').trim());
    let parameter = if parameter.is_empty() {
        String::new()
    } else {
        format!("<{parameter}>")
    };
    Code::default()
        .text(&format!("#[allow(deprecated)] impl{parameter} {request}"))
        .braces(setters(members, Owner::Request))
}
