//! Structures: `Shape`, `Value`, and what `#[shape(…)]` asks for.

use crate::code::Code;
use crate::debug;
use crate::item::{Attributes, Item, Member, Problem};
use crate::methods::{Owner, getters, kept, setters};
use std::fmt::Write as _;

/// What `#[shape(…)]` says.
struct Options {
    table: String,
    /// The fluent builder of the operation whose input it is, with its type parameter.
    request: Option<String>,
    role: Role,
    is_retryable: bool,
    is_stream: bool,
}

/// What a structure is to its operation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Error,
    Output,
    Other,
}

impl Role {
    /// The last field, which isn't a member: what is known of the response.
    fn field(self) -> Option<&'static str> {
        match self {
            Self::Error => Some("meta"),
            Self::Output => Some("_request_id"),
            Self::Other => None,
        }
    }
}

impl Options {
    fn read(item: &Item) -> Result<Self, Problem> {
        let (table, rest) = item.table()?;
        let mut options = Self {
            table,
            request: None,
            role: Role::Other,
            is_retryable: false,
            is_stream: false,
        };
        for option in rest {
            let (name, value) = option.split_once('=').unwrap_or((&option, ""));
            match (name.trim(), value.trim()) {
                ("request", request) => options.request = Some(request.to_owned()),
                ("error", "") => options.role = Role::Error,
                ("output", "") => options.role = Role::Output,
                ("retryable", "") => options.is_retryable = true,
                ("stream", "") => options.is_stream = true,
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
        [members @ .., _response] if options.role.field().is_some() => members,
        members => members,
    };
    let mut text = shape(item, members, &options);
    if debug::is_redacted(item, members) {
        text += &debug::structure(item, members, options.role.field());
    }
    if members.iter().any(|of| of.default_value().is_some())
        && !members.iter().any(Member::is_required)
    {
        text += &default(item);
    }
    if options.role == Role::Error {
        text += &error(item, members, &options);
    }
    let code = Code::default()
        .text(&text)
        .code(methods(item, members))
        .code(builder(item, members, &options));
    Ok(match &options.request {
        Some(request) => code.code(request_setters(request, members)),
        None => code,
    })
}

const SET_REQUEST_IDS: &str =
    "#[inline] fn set_request_ids(&mut self, ids: ::swage_client::__private::RequestIds) {
    self._request_id = ids;
}";

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
    if let Some(field) = options.role.field() {
        let _ = write!(blank, "{field}: ::core::default::Default::default(),");
    }
    let (name, table) = (&item.name, &options.table);
    let (set_request_ids, request_ids) = if options.role == Role::Output {
        let ids = format!("::swage_client::__private::output_ids!({name});");
        (SET_REQUEST_IDS, ids)
    } else {
        ("", String::new())
    };
    format!(
        "#[allow(deprecated)]
        impl ::swage_client::__private::Shape for {name} {{
            #[inline] fn schema(&self) -> &'static ::swage_client::__private::Schema {{
                &{table}
            }}
            #[inline] fn member(&self, index: usize) -> ::core::option::Option<&dyn ::swage_client::__private::Value> {{
                match index {{ {get} _ => ::core::option::Option::None }}
            }}
            #[inline] fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn ::swage_client::__private::Value> {{
                match index {{ {get_mut} _ => ::core::option::Option::None }}
            }}
            {set_request_ids}
            #[inline] fn blank() -> Self {{
                Self {{ {blank} }}
            }}
        }}
        #[allow(deprecated)]
        const _: () = {{ ::swage_client::__private::shape_value!({name}); {request_ids} }};"
    )
}

fn default(item: &Item) -> String {
    let name = &item.name;
    format!(
        "#[allow(deprecated)]
        impl ::core::default::Default for {name} {{
            #[inline] fn default() -> Self {{ ::swage_client::__private::Shape::blank() }}
        }}"
    )
}

/// What errors have beside their members. They are equal when their members are, whatever they came with.
fn error(item: &Item, members: &[Member], options: &Options) -> String {
    let equal = members.iter().fold(String::new(), |equal, member| {
        equal + &format!("&& self.{0} == _other.{0}", member.name)
    });
    let (name, table) = (&item.name, &options.table);
    let retryable = if options.is_retryable {
        ", retryable"
    } else {
        ""
    };
    format!(
        "#[allow(deprecated)]
        impl ::core::cmp::PartialEq for {name} {{
            #[inline] fn eq(&self, _other: &Self) -> bool {{ true {equal} }}
        }}
        #[allow(deprecated)]
        const _: () = {{ ::swage_client::__private::modeled_error!({name}, {name}Builder, {table}{retryable}); }};"
    )
}

/// The getters, and `builder`.
fn methods(item: &Item, members: &[Member]) -> Code {
    let name = &item.name;
    let methods = getters(members).text(&format!(
        "#[doc = \"Returns a builder of the structure.\"]
        #[inline] pub fn builder() -> {name}Builder {{ ::core::default::Default::default() }}"
    ));
    implementation(&name.to_string(), methods)
}

/// The builder. Members that are plain in the structure are kept beside it until it is built, because they may be unset.
fn builder(item: &Item, members: &[Member], options: &Options) -> Code {
    let name = &item.name;
    let plain: Vec<_> = members
        .iter()
        .filter(|of| of.optional().is_none())
        .collect();
    let kept = plain
        .iter()
        .fold(Code::default(), |code, of| code.tokens(&kept(of)));
    let derives = if options.is_stream {
        ""
    } else {
        "#[derive(Clone, PartialEq)]"
    };
    let unset = plain.iter().fold(String::new(), |unset, of| {
        unset + &format!("{}: ::core::option::Option::None,", of.name)
    });
    Code::default()
        .text(&format!("#[doc = \"Builds [`{name}`].\"] {derives} #[allow(deprecated, unreachable_pub)] pub struct {name}Builder"))
        .braces(Code::default().text(&format!("made: {name},")).code(kept))
        .text(&format!(
            "#[allow(deprecated)]
            impl ::core::default::Default for {name}Builder {{
                #[inline] fn default() -> Self {{
                    Self {{ made: ::swage_client::__private::Shape::blank(), {unset} }}
                }}
            }}
            #[allow(deprecated)]
            impl ::core::fmt::Debug for {name}Builder {{
                #[inline] fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{ {} }}
            }}",
            debug::builder(item, members, options.role.field())
        ))
        .code(implementation(
            &format!("{name}Builder"),
            setters(members, Owner::Builder)
                .text(&build(item, &plain, options))
                .text(&unchecked(item, &plain, options)),
        ))
}

/// `into_input` of an input with streams: the fluent builder sends what is there, and the client says what is missing.
fn unchecked(item: &Item, plain: &[&Member], options: &Options) -> String {
    if options.request.is_none() || plain.is_empty() {
        return String::new();
    }
    let set = plain
        .iter()
        .fold(String::new(), |set, member| set + &set_if_kept(member));
    let name = &item.name;
    format!("#[inline] fn into_input(self) -> {name} {{ let mut made = self.made; {set} made }}")
}

/// Sets a member that is kept beside the structure, if it has a value.
fn set_if_kept(member: &Member) -> String {
    let name = &member.name;
    format!("if let ::core::option::Option::Some(value) = self.{name} {{ made.{name} = value; }}")
}

/// `build`: inputs may always refuse it, other structures where a member is required.
fn build(item: &Item, plain: &[&Member], options: &Options) -> String {
    let may_fail = options.request.is_some() || plain.iter().any(|of| of.is_required());
    let set = plain.iter().fold(String::new(), |set, member| {
        let name = &member.name;
        if member.is_required() {
            let shown = member.bare_name();
            set + &format!(
                "made.{name} = self.{name}.ok_or_else(|| {{
                    ::swage_client::__private::BuildError::missing_field(
                        {shown:?},
                        concat!(\"`\", {shown:?}, \"` isn't set, but \", stringify!({}), \" requires it\")
                    )
                }})?;",
                item.name
            )
        } else {
            set + &set_if_kept(member)
        }
    });
    let made = if plain.is_empty() {
        "let made"
    } else {
        "let mut made"
    };
    let body = format!("{made} = self.made; {set}");
    let name = &item.name;
    if may_fail {
        format!(
            "#[doc = \"Builds the structure.\\n\\n# Errors\\n\\nA required member isn't set.\"]
            #[inline] pub fn build(self) -> ::core::result::Result<{name}, ::swage_client::__private::BuildError> {{
                {body} ::core::result::Result::Ok(made)
            }}"
        )
    } else {
        format!(
            "#[doc = \"Builds the structure.\"] #[inline] pub fn build(self) -> {name} {{ {body} made }}"
        )
    }
}

fn request_setters(request: &str, members: &[Member]) -> Code {
    let parameter = request
        .split_once('<')
        .map_or("", |(_, rest)| rest.trim_end_matches('>').trim());
    let setters = setters(members, Owner::Request);
    if parameter.is_empty() {
        implementation(request, setters)
    } else {
        Code::default()
            .text(&format!(
                "#[allow(deprecated, unreachable_pub, clippy::all)] impl<{parameter}> {request}"
            ))
            .braces(setters)
    }
}

/// Names of methods are those of members, whatever they are called.
fn implementation(name: &str, methods: Code) -> Code {
    Code::default()
        .text(&format!(
            "#[allow(deprecated, unreachable_pub, clippy::all)] impl {name}"
        ))
        .braces(methods)
}
