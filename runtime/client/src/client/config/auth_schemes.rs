//! Resolvers of authentication schemes.

use crate::error::BoxError;
use crate::operation::{Auth, Operation, Service};
use aws_smithy_runtime_api::client::auth::{
    AuthSchemeId, AuthSchemeOption, AuthSchemeOptionResolverParams, AuthSchemeOptionsFuture,
    ResolveAuthSchemeOptions, SharedAuthSchemeOptionResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::borrow::Cow;
use std::fmt;

/// What the schemes of a call depend on.
#[derive(Clone)]
pub struct Params {
    name: Cow<'static, str>,
    operation: Option<&'static Operation>,
}

impl Params {
    pub(crate) fn of(operation: &'static Operation) -> Self {
        Self {
            name: operation.name.into(),
            operation: Some(operation),
        }
    }

    /// Builds parameters.
    pub fn builder() -> ParamsBuilder {
        ParamsBuilder::default()
    }

    /// The name of the operation.
    pub fn operation_name(&self) -> &str {
        &self.name
    }
}

impl PartialEq for Params {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Params")
            .field("operation_name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Builds [`Params`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParamsBuilder {
    name: Option<Cow<'static, str>>,
}

impl ParamsBuilder {
    /// Sets the name of the operation.
    #[must_use]
    pub fn operation_name(self, name: impl Into<Cow<'static, str>>) -> Self {
        self.set_operation_name(Some(name.into()))
    }

    /// Sets or clears the name of the operation.
    #[must_use]
    pub fn set_operation_name(mut self, name: Option<Cow<'static, str>>) -> Self {
        self.name = name;
        self
    }

    /// The parameters.
    ///
    /// # Errors
    ///
    /// The name of the operation is missing.
    pub fn build(self) -> Result<Params, BuildError> {
        let name = self.name.ok_or(BuildError(()))?;
        Ok(Params {
            name,
            operation: None,
        })
    }
}

/// The name of the operation is missing.
#[derive(Debug)]
pub struct BuildError(());

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`operation_name` is required")
    }
}

impl std::error::Error for BuildError {}

/// Chooses the authentication schemes of calls.
pub trait ResolveAuthScheme: Send + Sync + fmt::Debug {
    /// The schemes of a call, best first.
    fn resolve_auth_scheme<'a>(
        &'a self,
        params: &'a Params,
        config: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a>;

    /// The resolver as a setting.
    fn into_shared_resolver(self) -> SharedAuthSchemeOptionResolver
    where
        Self: Sized + 'static,
    {
        SharedAuthSchemeOptionResolver::new(Dynamic(self))
    }
}

#[derive(Debug)]
struct Dynamic<T>(T);

impl<T: ResolveAuthScheme> ResolveAuthSchemeOptions for Dynamic<T> {
    fn resolve_auth_scheme_options_v2<'a>(
        &'a self,
        params: &'a AuthSchemeOptionResolverParams,
        config: &'a ConfigBag,
        components: &'a RuntimeComponents,
    ) -> AuthSchemeOptionsFuture<'a> {
        match params.get::<Params>() {
            Some(params) => self.0.resolve_auth_scheme(params, config, components),
            None => AuthSchemeOptionsFuture::ready(Err(BoxError::from("unknown parameters"))),
        }
    }
}

/// The schemes of an operation as the model has them: those of the service if the parameters were made by hand.
#[doc(hidden)]
pub fn modeled(service: &'static Service, params: &Params) -> Vec<AuthSchemeOption> {
    let schemes = match params.operation {
        Some(operation) => operation.auth.unwrap_or(operation.service.auth),
        None => service.auth,
    };
    let optional = params.operation.is_some_and(|of| of.optional_auth);
    let none = (optional || schemes.is_empty()).then_some(&Auth::None);
    let all = schemes.iter().chain(none);
    all.map(|of| AuthSchemeId::new(of.id()).into()).collect()
}
