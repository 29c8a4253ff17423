//! Functions as interceptors, for the three stages that most programs need.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextMut, BeforeTransmitInterceptorContextMut,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use std::fmt;

/// Returns an interceptor that changes each request before it is signed. An error fails the call, and nothing is sent.
///
/// Each attempt has a request of its own, so the function is called for retries, too.
pub fn before_signing<F>(change: F) -> impl Intercept
where
    F: Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync + 'static,
{
    BeforeSigning(change)
}

/// Returns an interceptor that changes each request after it was signed. What the signature covers must stay as it is.
/// An error fails the call, and nothing is sent.
pub fn after_signing<F>(change: F) -> impl Intercept
where
    F: Fn(&mut HttpRequest) -> Result<(), BoxError> + Send + Sync + 'static,
{
    AfterSigning(change)
}

/// Returns an interceptor that sees and changes each response before it is read. The body may still be on its way. An
/// error fails the call.
pub fn after_response<F>(change: F) -> impl Intercept
where
    F: Fn(&mut HttpResponse) -> Result<(), BoxError> + Send + Sync + 'static,
{
    AfterResponse(change)
}

/// A structure around a function, with the hook that calls it.
macro_rules! interceptor {
    ($name:ident($argument:ty) $about:literal: $hook:ident($context:ident) $get:ident) => {
        struct $name<F>(F);

        impl<F> fmt::Debug for $name<F> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }

        impl<F> Intercept for $name<F>
        where
            F: Fn(&mut $argument) -> Result<(), BoxError> + Send + Sync,
        {
            fn name(&self) -> &'static str {
                $about
            }

            fn $hook(
                &self,
                context: &mut $context<'_>,
                _components: &RuntimeComponents,
                _config: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                (self.0)(context.$get())
            }
        }
    };
}
interceptor! {
    BeforeSigning(HttpRequest) "before_signing":
    modify_before_signing(BeforeTransmitInterceptorContextMut) request_mut
}
interceptor! {
    AfterSigning(HttpRequest) "after_signing":
    modify_before_transmit(BeforeTransmitInterceptorContextMut) request_mut
}
interceptor! {
    AfterResponse(HttpResponse) "after_response":
    modify_before_deserialization(BeforeDeserializationInterceptorContextMut) response_mut
}
