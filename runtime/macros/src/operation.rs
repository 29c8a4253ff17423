//! Operations: the fluent builder, and the names of what belongs to an operation.

use crate::code::Code;
use crate::item::{Attributes as _, Item, Problem};

/// The table of an input or output that the model doesn't have.
const NO_TABLE: &str = "::swage_client::__private::UNIT";

pub(crate) fn expand(item: &Item) -> Result<Code, Problem> {
    let problem = |message| Problem::new(item.name.span(), message);
    let expected = "expected `#[operation(OPERATION, Input, Output)]`";
    let attribute = item
        .attribute("operation")
        .ok_or_else(|| problem(expected))?;
    let parts = attribute.parts();
    let [operation, input, output, options @ ..] = parts.as_slice() else {
        return Err(problem(expected));
    };
    let (mut extras, mut parameter, mut is_clone) = (Vec::new(), "", true);
    let (mut input_table, mut output_table) = ("INPUT", "OUTPUT");
    let rust_name = format!("{:?}", item.name.to_string());
    let mut model_name = rust_name.as_str();
    let name = &item.name;
    let (copy, made) = if parts.contains(&"stream".to_owned()) {
        ("|_| ::core::option::Option::None", "into_input()")
    } else {
        (
            "|input| ::core::option::Option::Some(::core::clone::Clone::clone(input))",
            "made",
        )
    };
    let arguments = format!(
        "{name}FluentBuilder, {input}, {input}Builder, {output}, {name}Error, {operation}, super::super::config::Builder, \
         {copy}, ({made})"
    );
    for option in options {
        match option.as_str() {
            "paginated" => extras.push("paginated"),
            "waits" => extras.push("waits"),
            "stream" => is_clone = false,
            "Mode" | "Kind" => parameter = option,
            "no_input" => input_table = NO_TABLE,
            "no_output" => output_table = NO_TABLE,
            _ => match option.strip_prefix("name = ") {
                Some(name) => model_name = name,
                None => return Err(problem("unknown option of `#[operation]`")),
            },
        }
    }
    let extras = extras.iter().fold(String::new(), |extras, name| {
        extras + &format!("::swage_client::__private::{name}!({arguments});")
    });
    let derives = if is_clone { "Clone, Debug" } else { "Debug" };
    let (kinds, field, argument) = if parameter.is_empty() {
        (String::new(), String::new(), String::new())
    } else {
        (
            format!("<{parameter} = ()>"),
            format!("mode: {parameter},"),
            format!(", {parameter}"),
        )
    };
    Ok(Code::default().text(&format!(
        "impl {name} {{
            const fn table() -> ::swage_client::Operation {{
                ::swage_client::Operation::new(
                    {model_name},
                    &super::super::service::SERVICE,
                    &{input_table},
                    &{output_table},
                )
            }}
            #[doc = \"Creates the operation.\"]
            #[inline] pub fn new() -> Self {{ Self }}
        }}
        #[doc = \"The error of [`struct@{name}`].\"]
        #[allow(deprecated)]
        pub type {name}Error = super::super::error::OperationError<{name}>;
        #[doc = \"The request of [`struct@{name}`]: takes its input and sends it.\"]
        #[derive({derives})]
        #[must_use = \"nothing is sent before `send()`\"]
        pub struct {name}FluentBuilder {kinds} {{
            client: ::swage_client::Client,
            inner: {input}Builder,
            {field}
        }}
        #[doc = \"The builders of the operation.\"]
        pub mod builders {{
            pub use super::{{{name}FluentBuilder, {input}Builder, {output}Builder}};
        }}
        ::swage_client::__private::request!({arguments}{argument});
        impl {input}Builder {{
            #[doc = \"Sends the input with this client.\"]
            #[inline] pub async fn send_with(
                self,
                client: &super::super::Client,
            ) -> ::core::result::Result<{output}, ::swage_client::error::SdkError<{name}Error>> {{
                let client: ::swage_client::Client = ::core::convert::Into::into(client);
                let mut request: {name}FluentBuilder = client.request();
                request.inner = self;
                request.send().await
            }}
        }}
        {extras}"
    )))
}
