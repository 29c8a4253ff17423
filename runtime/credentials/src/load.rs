//! The settings that a program takes from its environment: region, credentials, endpoints, retries.
//!
//! As in the other SDKs, a variable comes before a key of the profile.

use crate::instance::Instance;
use crate::{Environment, Error, Profile, Profiles, Provider, Section, Settings, find, ini, words};
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::app_name::AppName;
use aws_types::origin::Origin;
use aws_types::region::{Region, SigningRegionSet};
use aws_types::sdk_config::Builder;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use swage_client::ClientBuilder;

/// Loads the settings of the environment and the configuration files.
///
/// # Errors
///
/// See [`Loader::load`].
pub async fn load() -> Result<SdkConfig, Error> {
    Loader::new().load().await
}

/// Loads settings from the environment and the configuration files, `~/.aws/config` and `~/.aws/credentials`.
///
/// The region is that of `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile, or the instance. Credentials are found in this order:
/// variables, the profile (role, web identity, SSO, keys, process), the container, the instance. They are fetched when the first
/// request is signed, and again before they expire.
pub struct Loader {
    environment: Environment,
    profile: Option<String>,
}

impl fmt::Debug for Loader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Loader")
            .field("profile", &self.profile)
            .finish_non_exhaustive()
    }
}

impl Default for Loader {
    fn default() -> Self {
        Self::new()
    }
}

impl Loader {
    /// A loader that reads the variables of the process.
    pub fn new() -> Self {
        Self {
            environment: Arc::new(|name| std::env::var(name).ok()),
            profile: None,
        }
    }

    /// Uses this profile. Default: that of `AWS_PROFILE`, else `default`. Its credentials come before those of variables.
    #[must_use]
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Reads variables with this function, instead of those of the process.
    #[must_use]
    pub fn environment(
        mut self,
        variable: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.environment = Arc::new(variable);
        self
    }

    /// Loads the settings. Nothing is sent, unless only the metadata of an instance can have the region.
    ///
    /// # Errors
    ///
    /// A file can't be read, a profile that is named doesn't exist, or a setting is invalid or incomplete.
    pub async fn load(self) -> Result<SdkConfig, Error> {
        let found = Found::read(&self)?;
        let region = match found.region() {
            Some(region) => Some(region),
            None => found.region_of_instance().await?,
        };
        let mut config = SdkConfig::builder()
            .region(region.clone().map(Region::new))
            .service_config(found.services());
        config.set_credentials_provider(found.credentials(region.as_deref())?);
        config.set_retry_config(found.retries()?);
        found.set_endpoints(&mut config)?;
        found.set_requests(&mut config)?;
        if let Some(name) = found.get("AWS_SDK_UA_APP_ID", "sdk_ua_app_id") {
            let name = AppName::new(name);
            config.set_app_name(Some(name.map_err(|error| invalid("sdk_ua_app_id", error))?));
        }
        Ok(config.build())
    }
}

/// The files and the environment.
struct Found {
    environment: Environment,
    profiles: Profiles,
    /// The `[services NAME]` sections.
    services: BTreeMap<String, Section>,
    name: String,
    /// Whether the program chose the profile.
    is_chosen: bool,
}

impl Found {
    fn read(loader: &Loader) -> Result<Self, Error> {
        let variable = |name| (loader.environment)(name).filter(|value| !value.is_empty());
        let named = loader.profile.clone().or_else(|| variable("AWS_PROFILE"));
        let mut found = Self {
            environment: loader.environment.clone(),
            profiles: Profiles::default(),
            services: BTreeMap::new(),
            name: named.clone().unwrap_or_else(|| "default".to_owned()),
            is_chosen: loader.profile.is_some(),
        };
        for (header, keys) in found.file("AWS_CONFIG_FILE", "~/.aws/config")? {
            match words::posix(&header).as_deref() {
                Some([kind, name]) if kind == "services" => {
                    found.services.insert(name.clone(), keys);
                }
                _ => found.profiles.add_config(&header, keys),
            }
        }
        let credentials = found.file("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")?;
        found.profiles.credentials = credentials.into_iter().collect();
        if named.is_some() && found.profile().is_none() {
            let name = &found.name;
            return Err(Error::Message(format!(
                "the profile {name:?} doesn't exist"
            )));
        }
        Ok(found)
    }

    /// The sections of the file that the variable names, or of the default one. A missing file is empty.
    fn file(&self, variable: &str, default: &str) -> Result<Vec<(String, Section)>, Error> {
        let path = self
            .variable(variable)
            .unwrap_or_else(|| default.to_owned());
        let text = match std::fs::read_to_string(self.expanded(&path)) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Error::File { path, error }),
        };
        ini::parse(&text).map_err(|what| Error::Message(format!("{path}: {what}")))
    }

    /// The path, with the home folder for `~`.
    fn expanded(&self, path: &str) -> PathBuf {
        let home = || {
            self.variable("HOME")
                .or_else(|| self.variable("USERPROFILE"))
        };
        match path
            .strip_prefix("~/")
            .and_then(|rest| Some((home()?, rest)))
        {
            Some((home, rest)) => PathBuf::from(home).join(rest),
            None => PathBuf::from(path),
        }
    }

    /// The value of a variable, unless it is empty.
    fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name).filter(|value| !value.is_empty())
    }

    fn profile(&self) -> Option<Profile<'_>> {
        self.profiles.get(&self.name)
    }

    /// A variable, else a key of the profile.
    fn get(&self, variable: &str, key: &str) -> Option<String> {
        let of_profile = || self.profile()?.get(key).map(str::to_owned);
        self.variable(variable).or_else(of_profile)
    }

    fn flag(&self, variable: &str, key: &str) -> Result<Option<bool>, Error> {
        let value = self
            .get(variable, key)
            .map(|value| value.to_ascii_lowercase());
        match value.as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(invalid(key, "expected true or false")),
        }
    }

    /// A variable or key in its type.
    fn parsed<T>(&self, variable: &str, key: &str) -> Result<Option<T>, Error>
    where
        T: FromStr<Err: fmt::Display>,
    {
        let value = self.get(variable, key).map(|value| value.parse());
        value.transpose().map_err(|error| invalid(key, error))
    }

    /// Sets where requests go, and in which regions signatures are valid.
    fn set_endpoints(&self, config: &mut Builder) -> Result<(), Error> {
        config.set_use_fips(self.flag("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint")?);
        config
            .set_use_dual_stack(self.flag("AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint")?);
        config.set_account_id_endpoint_mode(
            self.parsed("AWS_ACCOUNT_ID_ENDPOINT_MODE", "account_id_endpoint_mode")?,
        );
        if !self.ignores_urls()? {
            config.set_endpoint_url(self.get("AWS_ENDPOINT_URL", "endpoint_url"));
            config.insert_origin("endpoint_url", Origin::shared_config());
        }
        let regions = self.list("AWS_SIGV4A_SIGNING_REGION_SET", "sigv4a_signing_region_set");
        let regions = regions.as_ref().map(|of| of.iter().map(String::as_str));
        config.set_sigv4a_signing_region_set(regions.map(SigningRegionSet::from_iter));
        Ok(())
    }

    /// Sets how requests are made.
    fn set_requests(&self, config: &mut Builder) -> Result<(), Error> {
        config.set_request_checksum_calculation(self.parsed(
            "AWS_REQUEST_CHECKSUM_CALCULATION",
            "request_checksum_calculation",
        )?);
        config.set_response_checksum_validation(self.parsed(
            "AWS_RESPONSE_CHECKSUM_VALIDATION",
            "response_checksum_validation",
        )?);
        config.set_disable_request_compression(self.flag(
            "AWS_DISABLE_REQUEST_COMPRESSION",
            "disable_request_compression",
        )?);
        config.set_request_min_compression_size_bytes(self.parsed(
            "AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES",
            "request_min_compression_size_bytes",
        )?);
        config.set_disable_clock_skew_correction(self.flag(
            "AWS_DISABLE_CLOCK_SKEW_CORRECTION",
            "disable_clock_skew_correction",
        )?);
        let schemes = self.list("AWS_AUTH_SCHEME_PREFERENCE", "auth_scheme_preference");
        config.set_auth_scheme_preference(schemes.map(preference));
        Ok(())
    }

    /// The words of a variable or key, which are separated by commas.
    fn list(&self, variable: &str, key: &str) -> Option<Vec<String>> {
        let value = self.get(variable, key)?;
        let words = value.split(',').map(str::trim);
        Some(
            words
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect(),
        )
    }

    fn region(&self) -> Option<String> {
        let of_sdks = self.variable("AWS_REGION");
        of_sdks.or_else(|| self.get("AWS_DEFAULT_REGION", "region"))
    }

    async fn region_of_instance(&self) -> Result<Option<String>, Error> {
        let set_up = |_, _: Option<&str>| Err("no client is needed".to_owned());
        match Instance::find(&self.settings(&set_up))? {
            Some(instance) => Ok(instance.region().await),
            None => Ok(None),
        }
    }

    fn retries(&self) -> Result<Option<RetryConfig>, Error> {
        let mode = self.get("AWS_RETRY_MODE", "retry_mode");
        let attempts = self.get("AWS_MAX_ATTEMPTS", "max_attempts");
        if mode.is_none() && attempts.is_none() {
            return Ok(None);
        }
        let retry = match mode.as_deref() {
            None | Some("standard" | "legacy") => RetryConfig::standard(),
            Some("adaptive") => RetryConfig::adaptive(),
            Some(_) => return Err(invalid("retry_mode", "expected standard or adaptive")),
        };
        match attempts.map(|text| text.parse::<u32>()) {
            None => Ok(Some(retry)),
            Some(Ok(attempts)) if attempts > 0 => Ok(Some(retry.with_max_attempts(attempts))),
            Some(_) => Err(invalid("max_attempts", "expected a number from 1 on")),
        }
    }

    fn ignores_urls(&self) -> Result<bool, Error> {
        let (variable, key) = (
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
            "ignore_configured_endpoint_urls",
        );
        Ok(self.flag(variable, key)?.unwrap_or_default())
    }

    /// The settings of single services.
    fn services(&self) -> Services {
        let named = self.profile().and_then(|profile| profile.get("services"));
        Services {
            environment: self.environment.clone(),
            section: named.and_then(|name| self.services.get(name)).cloned(),
        }
    }

    /// The settings of the chain.
    fn settings<'a>(&'a self, set_up: &'a crate::SetUp<'a>) -> Settings<'a> {
        Settings {
            profiles: &self.profiles,
            profile: &self.name,
            ignores_environment: self.is_chosen,
            environment: self.environment.clone(),
            ask_for_code: Arc::new(|_| {
                Box::pin(async { Err("there is nobody to ask for an MFA code".to_owned()) })
            }),
            set_up,
            user_agent: concat!("swage/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }

    fn credentials(
        &self,
        region: Option<&str>,
    ) -> Result<Option<SharedCredentialsProvider>, Error> {
        let services = self.services();
        let ignores_urls = self.ignores_urls()?;
        let set_up = move |client: ClientBuilder, of_client: Option<&str>| {
            let region = of_client.or(region).map(str::to_owned);
            let id = client.service().sdk_id;
            let own = services.url(id);
            let url = own.or_else(|| self.get("AWS_ENDPOINT_URL", "endpoint_url"));
            Ok(client
                .set_region(region)
                .set_endpoint_url(url.filter(|_| !ignores_urls)))
        };
        let found = find(&self.settings(&set_up))?;
        Ok(found.map(|provider| SharedCredentialsProvider::new(Chain(provider))))
    }
}

/// Authentication schemes by their names, with or without a namespace: `aws.auth#sigv4a` or `sigv4a`.
fn preference(names: Vec<String>) -> AuthSchemePreference {
    let schemes = names.into_iter().map(|name| {
        let short = name.rsplit('#').next().unwrap_or_default().to_owned();
        AuthSchemeId::from(Cow::Owned(short))
    });
    schemes.collect::<Vec<_>>().into()
}

fn invalid(key: &str, what: impl fmt::Display) -> Error {
    Error::Message(format!("{key} is invalid: {what}"))
}

/// The settings of single services: variables such as `AWS_ENDPOINT_URL_STS`, and the section that `services` names.
struct Services {
    environment: Environment,
    section: Option<Section>,
}

impl fmt::Debug for Services {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Services").finish_non_exhaustive()
    }
}

impl Services {
    fn url(&self, service: &str) -> Option<String> {
        self.get(service, "AWS_ENDPOINT_URL", "endpoint_url")
    }

    fn get(&self, service: &str, variable: &str, key: &str) -> Option<String> {
        let id = service.replace([' ', '-'], "_");
        let variable = format!("{variable}_{}", id.to_ascii_uppercase());
        let value = (self.environment)(&variable).filter(|value| !value.is_empty());
        value.or_else(|| {
            let settings = self.section.as_ref()?.get(&id.to_ascii_lowercase())?;
            ini::nested(settings)?.remove(key)
        })
    }
}

impl LoadServiceConfig for Services {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        self.get(key.service_id(), key.env(), key.profile())
    }
}

/// The chain as a provider.
#[derive(Debug)]
struct Chain(Provider);

impl ProvideCredentials for Chain {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async {
            let credentials = self.0.credentials().await;
            credentials.map_err(|error| match error {
                Error::NotFound => CredentialsError::not_loaded(error),
                error => CredentialsError::provider_error(error),
            })
        })
    }
}
