//! Calls with settings and interceptors of their own.

use super::Client;
use super::config::Config;
use super::functions::before_signing;
use super::presigned::presign;
use crate::error::{FromResponse, SdkError};
use crate::operation::Operation;
use crate::presigning::{PresignedRequest, PresigningConfig};
use crate::shape::Shape;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use std::fmt;
use std::marker::PhantomData;

/// A request that can be customized: a fluent builder.
#[doc(hidden)]
pub trait Customizable<T, E>: Sized {
    /// The operation's input.
    type Input: Shape;

    /// A request for this client, with nothing set.
    fn new(client: Client) -> Self;

    /// The operation.
    fn operation() -> &'static Operation;

    /// The client and the input.
    fn parts(self) -> (Client, Self::Input);

    /// Sends the input.
    fn send(
        client: &Client,
        input: Self::Input,
    ) -> impl Future<Output = Result<T, SdkError<E>>> + Send;
}

/// A call with settings and interceptors of its own: what `customize()` of a fluent builder gives. `C` is the builder of
/// settings.
#[must_use = "nothing is sent before `send()`"]
pub struct CustomizableOperation<T, E, B, C> {
    request: B,
    settings: Option<C>,
    interceptors: Vec<SharedInterceptor>,
    is_unsigned: bool,
    gives: PhantomData<fn() -> (T, E)>,
}

impl<T, E, B: fmt::Debug, C> fmt::Debug for CustomizableOperation<T, E, B, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CustomizableOperation")
            .field(&self.request)
            .finish()
    }
}

impl<T, E, B, C> CustomizableOperation<T, E, B, C> {
    /// A call of that request.
    #[doc(hidden)]
    pub fn new(request: B) -> Self {
        Self {
            request,
            settings: None,
            interceptors: Vec::new(),
            is_unsigned: false,
            gives: PhantomData,
        }
    }

    /// Uses these settings for this call. What they don't set is that of the client.
    pub fn config_override(mut self, settings: impl Into<C>) -> Self {
        self.settings = Some(settings.into());
        self
    }

    /// Adds an interceptor. It runs after those of the client.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(SharedInterceptor::new(interceptor));
        self
    }

    /// Replaces the request before it is signed, in each attempt.
    pub fn map_request<F, M>(self, map: F) -> Self
    where
        F: Fn(HttpRequest) -> Result<HttpRequest, M> + Send + Sync + 'static,
        M: std::error::Error + Send + Sync + 'static,
    {
        self.before_signing(move |request| {
            let taken = std::mem::replace(request, HttpRequest::empty());
            *request = map(taken)?;
            Ok(())
        })
    }

    /// Changes the request before it is signed, in each attempt.
    pub fn mutate_request<F>(self, mutate: F) -> Self
    where
        F: Fn(&mut HttpRequest) + Send + Sync + 'static,
    {
        self.before_signing(move |request| {
            mutate(request);
            Ok(())
        })
    }

    fn before_signing(
        self,
        change: impl Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync + 'static,
    ) -> Self {
        self.interceptor(before_signing(change))
    }

    /// Leaves the body out of the signature.
    pub fn disable_payload_signing(mut self) -> Self {
        self.is_unsigned = true;
        self
    }

    /// Sends the request.
    ///
    /// # Errors
    ///
    /// Those of the operation.
    pub async fn send(self) -> Result<T, SdkError<E>>
    where
        B: Customizable<T, E>,
        C: Into<Config>,
    {
        let (client, input) = self.parts();
        B::send(&client, input).await
    }

    /// Returns a request that others can send, without credentials, until it expires. Nothing is sent now. Of the hooks of
    /// interceptors, those before signing run.
    ///
    /// # Errors
    ///
    /// The input is invalid, there are no credentials, or the operation can't be presigned: its body isn't empty, a form or a
    /// stream.
    pub async fn presigned(self, config: PresigningConfig) -> Result<PresignedRequest, SdkError<E>>
    where
        B: Customizable<T, E>,
        C: Into<Config>,
        E: FromResponse,
    {
        let (client, input) = self.parts();
        presign(&client, B::operation(), input, config).await
    }

    /// The client with the settings of this call, and the input.
    fn parts(self) -> (Client, B::Input)
    where
        B: Customizable<T, E>,
        C: Into<Config>,
    {
        let (client, input) = self.request.parts();
        let service = client.service();
        let settings = self.settings.map(Into::into);
        let mut settings = settings.unwrap_or_else(|| Config::new(service));
        settings.interceptors.extend(self.interceptors);
        settings.unsigned_payload |= self.is_unsigned;
        (client.overridden(settings), input)
    }
}
