//! What the module `config` of a generated crate has: types of settings, and the macro that makes `Config` and its builder.
//! The paths and the methods are those of the official crates.

#[doc(hidden)]
#[path = "auth.rs"]
pub mod auth_schemes;
mod builder;
#[doc(hidden)]
#[path = "endpoint.rs"]
pub mod endpoints;

#[doc(hidden)]
pub use crate::client::config::Config as Settings;
pub use crate::client::config::{
    IdempotencyTokenProvider, InvocationId, InvocationIdGenerator, SharedInvocationIdGenerator,
};
pub use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
pub use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
pub use aws_credential_types::{Credentials, Token};
pub use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
pub use aws_smithy_async::time::{SharedTimeSource, TimeSource};
pub use aws_smithy_runtime::client::identity::IdentityCache;
#[doc(hidden)]
pub use aws_smithy_runtime_api::client::auth::{
    AuthScheme, AuthSchemeOptionsFuture, SharedAuthScheme, SharedAuthSchemeOptionResolver,
};
pub use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
pub use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
pub use aws_smithy_runtime_api::client::http::{HttpClient, SharedHttpClient};
#[doc(hidden)]
pub use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
pub use aws_smithy_runtime_api::client::identity::{
    ResolveCachedIdentity, ResolveIdentity, SharedIdentityCache,
};
pub use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
#[doc(hidden)]
pub use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
pub use aws_smithy_runtime_api::client::runtime_components::{
    RuntimeComponents, RuntimeComponentsBuilder,
};
pub use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugin, SharedRuntimePlugin};
pub use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
pub use aws_smithy_runtime_api::shared::IntoShared;
pub use aws_smithy_types::checksum_config::{
    RequestChecksumCalculation, ResponseChecksumValidation,
};
pub use aws_smithy_types::config_bag::{ConfigBag, FrozenLayer, Layer};
pub use aws_types::app_name::AppName;
pub use aws_types::endpoint_config::AccountIdEndpointMode;
pub use aws_types::region::{Region, SigningRegionSet};
pub use aws_types::sdk_ua_metadata::FrameworkMetadata;

/// Requests and responses.
pub mod http {
    pub use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
}

/// What interceptors see of a call.
pub mod interceptors {
    pub use crate::client::{after_response, after_signing, before_signing};
    pub use aws_smithy_runtime_api::client::interceptors::context::{
        AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
        BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
        BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
        BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextMut,
        FinalizerInterceptorContextRef, InterceptorContext,
    };
}

/// Retries.
pub mod retry {
    pub use aws_smithy_runtime::client::retries::{ClientRateLimiter, RetryPartition, TokenBucket};
    pub use aws_smithy_runtime_api::client::retries::ShouldAttempt;
    pub use aws_smithy_runtime_api::client::retries::classifiers::{
        ClassifyRetry, RetryAction, RetryReason, SharedRetryClassifier,
    };
    pub use aws_smithy_types::retry::{
        ErrorKind, ReconnectMode, RetryConfig, RetryConfigBuilder, RetryMode,
    };
}

/// Time limits.
pub mod timeout {
    pub use aws_smithy_types::timeout::{TimeoutConfig, TimeoutConfigBuilder};
}
