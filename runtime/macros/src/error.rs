//! The error of a service: a variant for each modeled error, and one for each kind of failure.

use crate::code::Code;
use crate::item::{Attributes as _, Item, Kind, Member, Problem};
use std::fmt::Write as _;

/// The variants of failures that no model names, as in `swage_client::Failure`.
const FAILURES: [&str; 6] = [
    "Service",
    "Input",
    "Config",
    "Transport",
    "Timeout",
    "Response",
];

pub(crate) fn expand(item: &Item) -> Result<Code, Problem> {
    let Kind::Enum(variants) = &item.kind else {
        return Err(Problem::new(item.name.span(), "expected an enum"));
    };
    let Some(service) = item.attribute("service").map(|of| &of.argument) else {
        return Err(Problem::new(
            item.name.span(),
            "expected `#[service(SERVICE)]`",
        ));
    };
    let is_modeled = |of: &&Member| !FAILURES.contains(&of.name.to_string().as_str());
    let (mut meta, mut shown, mut read) = (String::new(), String::new(), String::new());
    for Member { name, ty, .. } in variants.iter().filter(is_modeled) {
        let _ = write!(
            meta,
            "Self::{name}(error) => ::swage_client::__private::ModeledError::meta(error),"
        );
        let _ = write!(
            read,
            "let error = match ::swage_client::__private::modeled::<{ty}>(&{service}, error) {{
                ::core::result::Result::Ok(error) => return Self::{name}(error),
                ::core::result::Result::Err(error) => error,
            }};"
        );
    }
    for Member { name, .. } in variants {
        let _ = write!(
            shown,
            "Self::{name}(error) => ::core::fmt::Display::fmt(error, f),"
        );
    }
    let name = &item.name;
    Ok(Code::default().text(&format!(
        "#[allow(deprecated)]
        impl {name} {{
            /// The service's response, if this is an error of the service.
            pub fn meta(&self) -> ::core::option::Option<&::swage_client::__private::ServiceError> {{
                match self {{
                    {meta}
                    Self::Service(error) => ::core::option::Option::Some(error),
                    _ => ::core::option::Option::None,
                }}
            }}
        }}
        #[allow(deprecated)]
        impl ::core::fmt::Display for {name} {{
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {{
                match self {{ {shown} }}
            }}
        }}
        #[allow(deprecated)]
        impl ::core::convert::From<::swage_client::__private::Failure> for {name} {{
            fn from(failure: ::swage_client::__private::Failure) -> Self {{
                match failure {{
                    ::swage_client::__private::Failure::Service(error) => {{ {read} Self::Service(error) }}
                    ::swage_client::__private::Failure::Input(error) => Self::Input(error),
                    ::swage_client::__private::Failure::Config(error) => Self::Config(error),
                    ::swage_client::__private::Failure::Transport(error) => Self::Transport(error),
                    ::swage_client::__private::Failure::Timeout(error) => Self::Timeout(error),
                    ::swage_client::__private::Failure::Response(error) => Self::Response(error),
                    other => Self::Config(::swage_client::__private::unknown_failure(&other)),
                }}
            }}
        }}
        ::swage_client::__private::service_error!({name});"
    )))
}
