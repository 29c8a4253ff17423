//! What the clients of all services have in common.

/// Implements what a client has beside its operations: a tuple of this crate's client and of the settings.
#[doc(hidden)]
#[macro_export]
macro_rules! service_client {
    ($service:path, $config:ty, $builder:ty) => {
        /// Calls with settings and interceptors of their own.
        pub mod customize {
            use super::*;

            /// A call with settings and interceptors of its own.
            pub type CustomizableOperation<T, E, B> =
                $crate::client::CustomizableOperation<T, E, B, $builder>;
        }

        impl Client {
            /// Settings of a client: region, credentials, endpoint, time limits and more.
            #[inline]
            pub fn builder() -> $crate::ClientBuilder<Self> {
                $crate::Client::builder(&$service)
            }

            /// A client with the settings of an `SdkConfig`, which is what `aws_config::load` gives. Its calls fail if a
            /// setting is invalid; use [`ClientBuilder::build`]($crate::ClientBuilder::build) to get the error at once.
            #[inline]
            pub fn new(config: &$crate::SdkConfig) -> Self {
                Self::from_conf(config.into())
            }

            /// A client with these settings. Its calls fail if a setting is invalid.
            #[inline]
            pub fn from_conf(config: $config) -> Self {
                Self($crate::Client::from_conf(config.0.clone()), config)
            }

            /// The settings.
            #[inline]
            pub fn config(&self) -> &$config {
                &self.1
            }
        }

        impl ::core::convert::From<$crate::Client> for Client {
            #[inline]
            fn from(client: $crate::Client) -> Self {
                let config = <$config>::from_shared(client.config().clone());
                Self(client, config)
            }
        }

        impl ::core::convert::From<&Client> for $crate::Client {
            #[inline]
            fn from(client: &Client) -> Self {
                client.0.clone()
            }
        }

        impl ::core::fmt::Debug for Client {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }
    };
}

/// Implements what a client has if the service names an endpoint for its operations.
#[doc(hidden)]
#[macro_export]
macro_rules! discovers_endpoint {
    () => {
        impl Client {
            /// Looks up the endpoint that the service names. Calls do so when they need it; this finds out at once whether it
            /// works.
            ///
            /// [`ReloadEndpoint::reload_task`]($crate::ReloadEndpoint::reload_task) can run beside the client, so that no call
            /// has to wait for the endpoint when it is outdated.
            pub async fn with_endpoint_discovery_enabled(
                self,
            ) -> ::core::result::Result<(Self, $crate::ReloadEndpoint), $crate::error::BoxError>
            {
                let reload = self.0.reload_endpoint().await?;
                ::core::result::Result::Ok((self, reload))
            }
        }
    };
}
