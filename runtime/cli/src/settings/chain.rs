//! Credentials that take a request or a process to get, from aws-config's providers.

use super::Settings;
use swage_client::client::ClientBuilder;

/// With the provider for the profile, or the whole chain when the profile says nothing.
#[cfg(feature = "aws-config")]
pub(super) fn provide(
    builder: ClientBuilder,
    settings: &Settings,
    region: &str,
    from: From,
) -> ClientBuilder {
    builder.credentials_provider(Lazy {
        profile: settings.profile.clone(),
        region: region.to_owned(),
        from,
    })
}

/// Without the feature there are none.
#[cfg(not(feature = "aws-config"))]
pub(super) fn provide(builder: ClientBuilder, _: &Settings, _: &str, _: From) -> ClientBuilder {
    builder
}

/// Where credentials are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    /// Where environment or profile say that there are some: failing to get them is told.
    Settings,
    /// The instance's metadata, because nothing says where there are any: without them there are none.
    Instance,
}

/// Made when credentials are asked for: making the chain is asynchronous.
#[cfg(feature = "aws-config")]
#[derive(Debug)]
struct Lazy {
    profile: String,
    region: String,
    from: From,
}

#[cfg(feature = "aws-config")]
mod provider {
    use super::super::fresh::unexpired;
    use super::{From, Lazy};
    use aws_config::default_provider::credentials::DefaultCredentialsChain;
    use aws_config::profile::ProfileFileCredentialsProvider;
    use aws_config::provider_config::ProviderConfig;
    use aws_credential_types::provider::error::CredentialsError;
    use aws_credential_types::provider::{self, ProvideCredentials, future};
    use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
    use aws_types::region::Region;

    impl ProvideCredentials for Lazy {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::new(async {
                match self.find().await {
                    Err(error) if self.from == From::Instance => {
                        Err(CredentialsError::not_loaded(error))
                    }
                    found => unexpired(found?),
                }
            })
        }
    }

    impl Lazy {
        /// The profile's own way first; what the environment offers when the profile has none.
        async fn find(&self) -> provider::Result {
            let tls = Provider::Rustls(CryptoMode::Ring);
            let http = aws_smithy_http_client::Builder::new()
                .tls_provider(tls)
                .build_https();
            let region = Region::new(self.region.clone());
            let config = ProviderConfig::default()
                .with_http_client(http)
                .with_region(Some(region.clone()));
            let profile = ProfileFileCredentialsProvider::builder().profile_name(&self.profile);
            match profile
                .configure(&config)
                .build()
                .provide_credentials()
                .await
            {
                Err(CredentialsError::CredentialsNotLoaded(_)) => {
                    let chain = DefaultCredentialsChain::builder()
                        .configure(config)
                        .region(region);
                    chain
                        .profile_name(&self.profile)
                        .build()
                        .await
                        .provide_credentials()
                        .await
                }
                found => found,
            }
        }
    }
}
