//! What generated crates have by their feature `default-chain`.

/// Adds the module `default_chain`, and `from_env` of the client.
#[doc(hidden)]
#[macro_export]
macro_rules! default_chain {
    ($client:ty) => {
        /// Region, credentials and other settings of the environment, configuration files, containers and instances: what
        /// `aws-config` has, without the official crates and the HTTP stack that it brings.
        ///
        /// [`load`](default_chain::load) gives settings for the clients of any number of services. `Client::from_env` is the
        /// same for one client.
        pub mod default_chain {
            pub use $crate::{Error, Loader, load};
        }

        impl $client {
            /// A client with the settings of the environment; see [`default_chain::load`]($crate::load).
            ///
            /// # Errors
            ///
            /// A configuration file can't be read, a profile that is named doesn't exist, or a setting is invalid or incomplete.
            pub async fn from_env() -> ::core::result::Result<Self, $crate::Error> {
                $crate::load().await.map(|config| Self::new(&config))
            }
        }
    };
}
