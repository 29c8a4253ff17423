//! Unions: enums whose last variant is `Unknown`.

use crate::code::Code;
use crate::debug;
use crate::item::{Item, Member, Problem};
use crate::names::snake;
use std::fmt::Write as _;

pub(crate) fn expand(item: &Item, variants: &[Member]) -> Result<Code, Problem> {
    let (table, _) = item.table()?;
    let [variants @ .., _unknown] = variants else {
        return Err(Problem::new(
            item.name.span(),
            "expected a variant `Unknown`",
        ));
    };
    let mut text = shape(item, variants, &table);
    if debug::is_redacted(item, variants) {
        text += &debug::union(item, variants);
    }
    text += &methods(item, variants);
    Ok(Code::default().text(&text))
}

/// `is_x` and `as_x` for each variant, and `is_unknown`.
fn methods(item: &Item, variants: &[Member]) -> String {
    let of_variant = |Member { name, ty, .. }: &Member| {
        let method = snake(&name.to_string());
        format!(
            "#[doc = \"Returns the value of `{name}`, or itself if it is another variant.\"]
            #[inline] pub fn as_{method}(&self) -> ::core::result::Result<&{ty}, &Self> {{
                if let Self::{name}(value) = self {{ ::core::result::Result::Ok(value) }} else {{ ::core::result::Result::Err(self) }}
            }}
            #[doc = \"Returns whether it is `{name}`.\"]
            #[inline] pub fn is_{method}(&self) -> bool {{ ::core::matches!(self, Self::{name}(_)) }}"
        )
    };
    let methods: String = variants.iter().map(of_variant).collect();
    let name = &item.name;
    format!(
        "#[allow(deprecated, unreachable_pub, clippy::all)] impl {name} {{
            {methods}
            #[doc = \"Returns whether it is a variant that the model doesn't know.\"]
            #[inline] pub fn is_unknown(&self) -> bool {{ ::core::matches!(self, Self::Unknown(_)) }}
        }}"
    )
}

#[derive(Default)]
struct Arms {
    get: String,
    get_mut: String,
    blank: String,
    index: String,
}

impl Arms {
    fn of(variants: &[Member]) -> Self {
        let mut arms = Self::default();
        for (index, Member { name, .. }) in variants.iter().enumerate() {
            let _ = write!(
                arms.get,
                "(Self::{name}(value), {index}) => ::core::option::Option::Some(value),"
            );
            let _ = write!(
                arms.get_mut,
                "Self::{name}(value) => ::core::option::Option::Some(value),"
            );
            let _ = write!(
                arms.blank,
                "{index} => Self::{name}(::swage_client::__private::Value::blank()),"
            );
            let _ = write!(
                arms.index,
                "Self::{name}(_) => ::core::option::Option::Some({index}),"
            );
        }
        arms
    }
}

fn shape(item: &Item, variants: &[Member], table: &str) -> String {
    let name = &item.name;
    let Arms {
        get,
        get_mut,
        blank,
        index,
    } = Arms::of(variants);
    format!(
        "#[allow(deprecated)]
        impl ::swage_client::__private::Shape for {name} {{
            #[inline] fn schema(&self) -> &'static ::swage_client::__private::Schema {{
                &{table}
            }}
            #[inline] fn member(&self, index: usize) -> ::core::option::Option<&dyn ::swage_client::__private::Value> {{
                match (self, index) {{ {get} _ => ::core::option::Option::None }}
            }}
            #[inline] fn member_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn ::swage_client::__private::Value> {{
                if ::swage_client::__private::Shape::variant(self) != ::core::option::Option::Some(index) {{
                    *self = match index {{ {blank} _ => return ::core::option::Option::None }};
                }}
                match self {{ {get_mut} Self::Unknown(_) => ::core::option::Option::None }}
            }}
            #[inline] fn variant(&self) -> ::core::option::Option<usize> {{
                match self {{ {index} Self::Unknown(_) => ::core::option::Option::None }}
            }}
            #[inline] fn unknown(&self) -> ::core::option::Option<&::swage_client::__private::UnknownMember> {{
                match self {{
                    Self::Unknown(member) => ::core::option::Option::Some(member),
                    _ => ::core::option::Option::None,
                }}
            }}
            #[inline] fn set_unknown(&mut self, member: ::swage_client::__private::UnknownMember) {{
                *self = Self::Unknown(member);
            }}
            #[inline] fn blank() -> Self {{
                Self::Unknown(::swage_client::__private::nothing())
            }}
        }}
        #[allow(deprecated)]
        const _: () = {{ ::swage_client::__private::shape_value!({name}); }};"
    )
}
