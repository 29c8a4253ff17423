//! Endpoint resolvers: the module `config::endpoint` of a generated crate, with the parameters of its endpoint rules.

use crate::endpoint::{
    Endpoint as Resolved, EndpointValue, Params, Rules, is_host_label, rules_of,
};
use crate::error::BoxError;
use crate::operation::Service;
pub use aws_smithy_runtime_api::client::endpoint::{
    EndpointFuture, EndpointResolverParams, ResolveEndpoint as DynamicResolver,
    SharedEndpointResolver,
};
pub use aws_smithy_types::endpoint::Endpoint;
use aws_smithy_types::endpoint::{Builder, EndpointAuthScheme};
use std::fmt;
use std::sync::OnceLock;

/// The property with the authentication schemes.
const AUTH_SCHEMES: &str = "authSchemes";
/// The property of a scheme with its name.
const NAME: &str = "name";

/// The values of parameters, by their names in the model.
pub type Values = Params;

/// The type of a parameter.
pub trait Param: Sized {
    /// The value, if it has that type.
    fn of(value: &EndpointValue) -> Option<Self>;
    /// The value.
    fn value(&self) -> EndpointValue;
}

impl Param for String {
    fn of(value: &EndpointValue) -> Option<Self> {
        Some(value.as_str()?.to_owned())
    }

    fn value(&self) -> EndpointValue {
        self.as_str().into()
    }
}

impl Param for bool {
    fn of(value: &EndpointValue) -> Option<Self> {
        match value {
            EndpointValue::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    fn value(&self) -> EndpointValue {
        (*self).into()
    }
}

impl Param for Vec<String> {
    fn of(value: &EndpointValue) -> Option<Self> {
        let values = value.as_list()?.iter();
        Some(values.filter_map(String::of).collect())
    }

    fn value(&self) -> EndpointValue {
        self.clone().into()
    }
}

/// Sets a parameter that has a value.
pub fn put<T: Param>(values: &mut Values, name: &str, value: Option<&T>) {
    values.set_or_clear(name, value.map(Param::value));
}

/// The value of a parameter.
pub fn get<T: Param>(values: &Values, name: &str) -> Option<T> {
    T::of(values.get(name)?)
}

/// Why parameters aren't valid.
#[derive(Debug)]
pub struct InvalidParams {
    field: &'static str,
    problem: Option<&'static str>,
}

impl fmt::Display for InvalidParams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.problem {
            None => write!(f, "`{}` is required", self.field),
            Some(problem) => write!(f, "`{}` is invalid: {problem}", self.field),
        }
    }
}

impl std::error::Error for InvalidParams {}

/// Sets the defaults of parameters, and checks them. `fields` has their names in the model and in Rust.
///
/// # Errors
///
/// A required parameter is missing, or the region can't be part of a host name.
pub fn check(
    service: &'static Service,
    mut values: Values,
    fields: &[(&'static str, &'static str)],
) -> Result<Values, InvalidParams> {
    let field = |name: &str| {
        let mut fields = fields.iter();
        fields
            .find(|(of, _)| *of == name)
            .map_or("", |(_, field)| field)
    };
    if let Ok(Some(rules)) = rules_of(service) {
        if let Err(missing) = rules.complete(&mut values) {
            return Err(InvalidParams {
                field: field(&missing),
                problem: None,
            });
        }
        let region = rules.param_of("AWS::Region");
        let text = region.and_then(|name| values.get(name)?.as_str());
        if let (Some(region), Some(text)) = (region, text)
            && !is_host_label(text, true)
        {
            return Err(InvalidParams {
                field: field(region),
                problem: Some("it can't be part of a host name"),
            });
        }
    }
    Ok(values)
}

/// Resolves endpoints by the rules of a service.
pub struct Resolver {
    service: &'static Service,
    rules: OnceLock<Result<Option<Rules>, String>>,
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resolver")
    }
}

impl Resolver {
    /// A resolver for that service.
    pub const fn new(service: &'static Service) -> Self {
        Self {
            service,
            rules: OnceLock::new(),
        }
    }

    /// The endpoint for these values.
    ///
    /// # Errors
    ///
    /// The rules give an error, or there are none.
    pub fn resolve(&self, values: &Values) -> Result<Endpoint, BoxError> {
        let rules = self
            .rules
            .get_or_init(|| rules_of(self.service).map_err(|error| error.to_string()));
        let rules = rules.as_ref().map_err(Clone::clone)?;
        let rules = rules.as_ref().ok_or("the service has no endpoint rules")?;
        Ok(rules.resolve(values)?.into())
    }
}

impl From<Resolved> for Endpoint {
    fn from(of: Resolved) -> Self {
        let mut endpoint = Self::builder().url(of.url);
        for (name, values) in of.headers {
            for value in values {
                endpoint = endpoint.header(name.clone(), value);
            }
        }
        for (name, value) in of.properties {
            endpoint = match value {
                EndpointValue::List(schemes) if name == AUTH_SCHEMES => schemes
                    .into_iter()
                    .filter_map(scheme)
                    .fold(endpoint, Builder::auth_scheme),
                value => endpoint.property(name, value.into_document()),
            };
        }
        endpoint.build()
    }
}

fn scheme(of: EndpointValue) -> Option<EndpointAuthScheme> {
    let EndpointValue::Object(properties) = of else {
        return None;
    };
    let name = properties.iter().find(|(key, _)| key == NAME);
    let name = name.and_then(|(_, value)| value.as_str())?.to_owned();
    let others = properties.into_iter().filter(|(key, _)| key != NAME);
    let scheme = EndpointAuthScheme::with_capacity(name, 3);
    Some(others.fold(scheme, |scheme, (key, value)| {
        scheme.put(key, value.into_document())
    }))
}

impl From<&Endpoint> for Resolved {
    fn from(of: &Endpoint) -> Self {
        let headers = of
            .headers()
            .map(|(name, values)| (name.to_owned(), values.map(str::to_owned).collect()));
        let properties = of.properties().iter().filter_map(|(key, value)| {
            Some((key.to_string(), EndpointValue::from_document(value)?))
        });
        let mut properties: Vec<_> = properties.collect();
        let schemes = of.auth_schemes().iter();
        let schemes = schemes.filter_map(|of| EndpointValue::from_document(&of.as_document()));
        let schemes: Vec<_> = schemes.collect();
        if !schemes.is_empty() {
            properties.push((AUTH_SCHEMES.to_owned(), EndpointValue::List(schemes)));
        }
        Self {
            url: of.url().to_owned(),
            headers: headers.collect(),
            properties,
        }
    }
}

/// Makes the module `endpoint`, for the service of that static and the parameters of its rules.
#[doc(hidden)]
#[macro_export]
macro_rules! endpoint_params {
    ($service:path $(, $name:ident $set:ident $kind:ident $wire:literal)*) => {
        /// Endpoints, and what resolves them.
        pub mod endpoint {
            #[allow(unused_imports)]
            use super::*;
            use $crate::__private::config::endpoints as parts;
            pub use parts::{Endpoint, EndpointFuture, InvalidParams, SharedEndpointResolver};

            /// The parameters of an endpoint.
            #[derive(Clone, Debug, Default, PartialEq)]
            #[non_exhaustive]
            pub struct Params {
                $($name: ::core::option::Option<$crate::endpoint_params!(@owned $kind)>,)*
            }

            impl Params {
                /// Builds parameters.
                #[inline]
                pub fn builder() -> ParamsBuilder {
                    ::core::default::Default::default()
                }

                $(
                    #[doc = ::core::concat!("The parameter `", $wire, "`.")]
                    #[inline]
                    pub fn $name(&self) -> ::core::option::Option<$crate::endpoint_params!(@borrowed $kind)> {
                        $crate::endpoint_params!(@get $kind self.$name)
                    }
                )*

                fn values(&self) -> parts::Values {
                    #[allow(unused_mut)]
                    let mut values = parts::Values::new();
                    $(parts::put(&mut values, $wire, self.$name.as_ref());)*
                    values
                }
            }

            impl ::core::convert::From<&parts::Values> for Params {
                #[allow(unused_variables)]
                fn from(values: &parts::Values) -> Self {
                    Self { $($name: parts::get(values, $wire),)* }
                }
            }

            /// Builds [`Params`].
            #[derive(Clone, Debug, Default, PartialEq)]
            pub struct ParamsBuilder(Params);

            impl ParamsBuilder {
                /// The parameters, with the defaults of those that aren't set.
                ///
                /// # Errors
                ///
                /// A required parameter is missing, or the region can't be part of a host name.
                #[inline]
                pub fn build(self) -> ::core::result::Result<Params, InvalidParams> {
                    let fields = &[$(($wire, ::core::stringify!($name))),*];
                    parts::check(&$service, self.0.values(), fields).map(|values| Params::from(&values))
                }

                $(
                    #[doc = ::core::concat!("Sets the parameter `", $wire, "`.")]
                    #[inline]
                    pub fn $name(self, value: impl ::core::convert::Into<$crate::endpoint_params!(@owned $kind)>) -> Self {
                        self.$set(::core::option::Option::Some(value.into()))
                    }

                    #[doc = ::core::concat!("Sets or clears the parameter `", $wire, "`.")]
                    #[inline]
                    pub fn $set(mut self, value: ::core::option::Option<$crate::endpoint_params!(@owned $kind)>) -> Self {
                        self.0.$name = value;
                        self
                    }
                )*
            }

            /// Resolves endpoints.
            pub trait ResolveEndpoint: ::core::marker::Send + ::core::marker::Sync + ::core::fmt::Debug {
                /// Resolves the endpoint for these parameters.
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

                /// The resolver as a setting.
                fn into_shared_resolver(self) -> SharedEndpointResolver
                where
                    Self: ::core::marker::Sized + 'static,
                {
                    SharedEndpointResolver::new(Dynamic(self))
                }
            }

            #[derive(Debug)]
            struct Dynamic<T>(T);

            impl<T: ResolveEndpoint> parts::DynamicResolver for Dynamic<T> {
                fn resolve_endpoint<'a>(&'a self, params: &'a parts::EndpointResolverParams) -> EndpointFuture<'a> {
                    if let ::core::option::Option::Some(params) = params.get::<Params>() {
                        return self.0.resolve_endpoint(params);
                    }
                    EndpointFuture::new(async move {
                        let params = params.get::<parts::Values>().map(Params::from);
                        self.0.resolve_endpoint(&params.unwrap_or_default()).await
                    })
                }
            }

            /// Resolves endpoints by the rules of the service.
            #[derive(Debug)]
            pub struct DefaultResolver(parts::Resolver);

            impl DefaultResolver {
                /// Creates the resolver.
                #[inline]
                pub fn new() -> Self {
                    Self(parts::Resolver::new(&$service))
                }
            }

            impl ::core::default::Default for DefaultResolver {
                #[inline]
                fn default() -> Self {
                    Self::new()
                }
            }

            impl ResolveEndpoint for DefaultResolver {
                #[inline]
                fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
                    EndpointFuture::ready(self.0.resolve(&params.values()))
                }
            }
        }

        impl Config {
            /// What resolves endpoints.
            #[inline]
            pub fn endpoint_resolver(&self) -> endpoint::SharedEndpointResolver {
                let default = || endpoint::ResolveEndpoint::into_shared_resolver(endpoint::DefaultResolver::new());
                self.0.endpoint_resolver.clone().unwrap_or_else(default)
            }
        }

        impl Builder {
            /// What resolves endpoints. Default: the rules of the service. Its parameter `Endpoint` is the endpoint URL that
            /// is set.
            #[inline]
            pub fn endpoint_resolver(mut self, resolver: impl endpoint::ResolveEndpoint + 'static) -> Self {
                self.set_endpoint_resolver(::core::option::Option::Some(resolver.into_shared_resolver()));
                self
            }

            /// Sets or clears [`Self::endpoint_resolver`].
            #[inline]
            pub fn set_endpoint_resolver(
                &mut self,
                resolver: ::core::option::Option<endpoint::SharedEndpointResolver>,
            ) -> &mut Self {
                self.0.endpoint_resolver = resolver;
                self
            }
        }
    };
    (@owned text) => { ::std::string::String };
    (@owned flag) => { bool };
    (@owned texts) => { ::std::vec::Vec<::std::string::String> };
    (@borrowed text) => { &str };
    (@borrowed flag) => { bool };
    (@borrowed texts) => { &[::std::string::String] };
    (@get flag $value:expr) => { $value };
    (@get $kind:ident $value:expr) => { $value.as_deref() };
}
