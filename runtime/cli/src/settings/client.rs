//! The client with all its settings.

use super::Settings;
use super::built_ins::BuiltIns;
use super::credentials::Credentials;
use super::endpoint::no_region;
use crate::args::globals::Globals;
use crate::env;
use crate::stop::{Stop, quoted};
use crate::{Cli, CliOperation, number};
use std::time::Duration;
use swage_client::Any;
use swage_client::client::{Client, ClientBuilder, RetryConfig, StalledStreamProtectionConfig};
use swage_client::error::ServiceError;

/// The read and connect timeouts of the command line, in seconds; checked in that order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Timeouts {
    read: i64,
    connect: i64,
}

impl Timeouts {
    pub(crate) fn new(globals: &Globals) -> Result<Self, Stop> {
        let seconds = |name: &str, value: Option<&String>| {
            let Some(value) = value else { return Ok(60) };
            let number = number::integer(value).and_then(|number| number.parse().ok());
            number.ok_or_else(|| {
                Stop::Error(format!(
                    "Bad value for {name}: expected a whole number of seconds, not {}",
                    quoted(value)
                ))
            })
        };
        let read = seconds("--cli-read-timeout", globals.read_timeout.as_ref())?;
        let connect = seconds("--cli-connect-timeout", globals.connect_timeout.as_ref())?;
        Ok(Self { read, connect })
    }

    fn apply(self, builder: ClientBuilder) -> Result<ClientBuilder, Stop> {
        Ok(builder
            .set_connect_timeout(Self::limit("connect", self.connect)?)
            .set_read_timeout(Self::limit("read", self.read)?))
    }

    /// None for 0: no limit.
    fn limit(kind: &str, seconds: i64) -> Result<Option<Duration>, Stop> {
        match u64::try_from(seconds) {
            Ok(0) => Ok(None),
            Ok(seconds) => Ok(Some(Duration::from_secs(seconds))),
            Err(_) => Err(Stop::Error(format!(
                "Attempted to set {kind} timeout to {seconds}, but the timeout cannot be set to a value less than or \
                 equal to 0."
            ))),
        }
    }
}

/// Makes the client. Settings are looked at in the AWS CLI's order, which is the order of errors: how the region is
/// written, credentials, whether there is a region, what no option sets, the endpoint, time limits, trust. `members`:
/// of the operation's input.
pub(crate) fn build(
    cli: &Cli,
    operation: &CliOperation,
    settings: &Settings,
    globals: &Globals,
    timeouts: Timeouts,
    members: &[(String, Any)],
) -> Result<Client, Stop> {
    let region = settings.region(globals)?;
    let user_agent = format!("{}/{}", cli.name, cli.version);
    let credentials = if globals.no_sign_request {
        None
    } else {
        let set_up = |builder: ClientBuilder, of_profile: Option<&str>| {
            let region = of_profile.or(region.as_deref());
            let set_up = settings.set_up(builder, region, timeouts);
            let set_up = set_up.map(|builder| builder.user_agent(&user_agent));
            set_up.map_err(Stop::message)
        };
        settings.credentials(&set_up, user_agent.clone())?
    };
    settings.check_defaults_mode()?;
    let region = region.ok_or_else(no_region)?;
    let place = settings.place(&region, cli.service, globals.endpoint_url.as_deref())?;
    let asked = BuiltIns::of(cli.service);
    let builder = Client::builder::<Client>(cli.service);
    let builder = settings.global_endpoints(builder, &asked, &place.region)?;
    let builder = settings
        .features(builder, !globals.no_sign_request)?
        .retry_config(settings.retry()?);
    let builder = settings.section(builder, &asked, &place, operation.operation, members)?;
    let place = place.check(cli.service)?;
    let builder = place.apply(timeouts.apply(builder)?);
    let builder = builder
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .no_validation()
        .user_agent(user_agent);
    let builder = if globals.no_verify_ssl {
        builder.dangerous_no_verify()
    } else {
        settings.trust(builder, globals.ca_bundle.as_deref())?
    };
    let builder = if globals.no_sign_request {
        builder.anonymous()
    } else {
        identity(builder, credentials, operation)
    };
    builder
        .build()
        .map_err(|error| Stop::Error(crate::errors::config(&error)))
}

/// What `defaults_mode` may be. All but the first make `standard` the way in which calls are tried again.
const DEFAULTS_MODES: [&str; 6] = [
    "legacy",
    "auto",
    "standard",
    "in-region",
    "cross-region",
    "mobile",
];

impl Settings {
    fn defaults_mode(&self) -> String {
        self.var_or("AWS_DEFAULTS_MODE", "defaults_mode")
            .unwrap_or_else(|| "legacy".to_owned())
    }

    /// Fails when the mode isn't one.
    pub(super) fn check_defaults_mode(&self) -> Result<(), Stop> {
        let mode = self.defaults_mode();
        if DEFAULTS_MODES.contains(&&*mode.to_lowercase()) {
            return Ok(());
        }
        Err(Stop::Error(format!(
            "Client configured with invalid defaults mode: {mode}. Valid defaults modes include: {}.",
            DEFAULTS_MODES.join(", ")
        )))
    }

    fn retry_mode(&self) -> String {
        self.var_or("AWS_RETRY_MODE", "retry_mode")
            .unwrap_or_else(|| match self.defaults_mode().to_lowercase().as_str() {
                "legacy" => "legacy".to_owned(),
                _ => "standard".to_owned(),
            })
    }

    fn retry(&self) -> Result<RetryConfig, Stop> {
        let attempts = self
            .var_or("AWS_MAX_ATTEMPTS", "max_attempts")
            .map(|value| attempts(&value))
            .transpose()?;
        let config = match self.retry_mode().as_str() {
            "legacy" => RetryConfig::cli_legacy(),
            "standard" | "adaptive" => RetryConfig::cli_standard(),
            other => {
                return Err(Stop::Error(format!(
                    "Invalid value provided to \"mode\": \"{other}\" must be one of: ('legacy', 'standard', 'adaptive')"
                )));
            }
        };
        Ok(match attempts {
            Some(attempts) => config.with_max_attempts(attempts),
            None => config,
        })
    }

    /// Whether the message for an error tells how many retries there were: one of a kind that is tried again, or in
    /// the mode `standard` any error of the last attempt.
    pub(crate) fn tells_retries(&self, error: &ServiceError) -> bool {
        match self.last_attempt() {
            Some(last) => error.attempts >= last,
            None => self.retry().is_ok_and(|config| config.retries(error)),
        }
    }

    /// The number of the last attempt, in the mode `standard`.
    fn last_attempt(&self) -> Option<u32> {
        let mode = self.retry_mode();
        let number = self.var_or("AWS_MAX_ATTEMPTS", "max_attempts");
        let number = number.map_or(Some(3), |value| attempts(&value).ok());
        number.filter(|_| mode == "standard" || mode == "adaptive")
    }

    /// Whom to trust; `bundle`: what an option says.
    fn trust(&self, builder: ClientBuilder, bundle: Option<&str>) -> Result<ClientBuilder, Stop> {
        let configured = || {
            let path = self.var_or("AWS_CA_BUNDLE", "ca_bundle");
            path.filter(|path| !path.is_empty())
        };
        let path = bundle.map(str::to_owned).or_else(configured);
        let path = path.or_else(|| env::non_empty("REQUESTS_CA_BUNDLE"));
        match path.as_deref() {
            None => Ok(builder),
            Some("") => Err(Stop::Error(
                "Bad value for --ca-bundle: expected the name of a file".to_owned(),
            )),
            Some(path) => Ok(builder.ca_bundle_file(path)),
        }
    }

    /// Sets up the client of a call that gets credentials. What options say about the endpoint and about trust is meant
    /// for the command's own call.
    fn set_up(
        &self,
        builder: ClientBuilder,
        region: Option<&str>,
        timeouts: Timeouts,
    ) -> Result<ClientBuilder, Stop> {
        let service = builder.service();
        // The command's own call is going to say that there is no region.
        let Some(region) = region else {
            return Ok(builder);
        };
        let place = self.place(region, service, None)?;
        let builder = self.global_endpoints(builder, &BuiltIns::of(service), &place.region)?;
        let builder = builder.retry_config(self.retry()?);
        let builder = place.check(service)?.apply(timeouts.apply(builder)?);
        self.trust(builder, None)
    }
}

/// With those credentials, unless nothing says that there are any and the operation needs none.
fn identity(
    builder: ClientBuilder,
    credentials: Option<Credentials>,
    operation: &CliOperation,
) -> ClientBuilder {
    let needed = |found: &Credentials| !found.are_a_guess() || !operation.operation.optional_auth;
    match credentials.filter(needed) {
        Some(credentials) => builder.credentials_provider(credentials),
        None => builder,
    }
}

fn attempts(value: &str) -> Result<u32, Stop> {
    let Some(number) = number::integer(value) else {
        return Err(Stop::Error(format!(
            "Invalid value for max_attempts: {}",
            quoted(value)
        )));
    };
    number.parse::<u32>().ok().filter(|attempts| *attempts > 0).ok_or_else(|| {
        Stop::Error(format!(
            "Value provided to \"max_attempts\": {number} must be an integer greater than or equal to 1."
        ))
    })
}
