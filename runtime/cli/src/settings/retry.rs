//! How often calls are retried: `retry_mode`, `max_attempts`, `defaults_mode`.

mod modes;

use super::Settings;
use crate::number;
use crate::stop::{Stop, quoted};
use swage_client::Service;
use swage_client::client::RetryConfig;
use swage_client::error::ServiceError;

/// The values of `defaults_mode`. All but the first set the retry mode to `standard`.
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

    /// Checks `defaults_mode`.
    pub(crate) fn check_defaults_mode(&self) -> Result<(), Stop> {
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

    /// The retries for calls of a service.
    pub(crate) fn retry(&self, service: &Service) -> Result<RetryConfig, Stop> {
        let attempts = self
            .var_or("AWS_MAX_ATTEMPTS", "max_attempts")
            .map(|value| attempts(&value))
            .transpose()?;
        let mut config = self.mode()?;
        if self.retry_mode() == "legacy" {
            config = config.for_service(service);
        }
        Ok(match attempts {
            Some(attempts) => config.with_max_attempts(attempts),
            None => config,
        })
    }

    fn mode(&self) -> Result<RetryConfig, Stop> {
        match self.retry_mode().as_str() {
            "legacy" => Ok(modes::legacy()),
            "standard" | "adaptive" => Ok(modes::standard()),
            other => Err(Stop::Error(format!(
                "Invalid value provided to \"mode\": \"{other}\" must be one of: ('legacy', 'standard', 'adaptive')"
            ))),
        }
    }

    /// Whether the message for an error has the number of retries: in `legacy` mode for errors that are retried, in `standard`
    /// mode for any error of the last attempt.
    pub(crate) fn tells_retries(&self, error: &ServiceError, service: Option<&Service>) -> bool {
        match self.last_attempt() {
            Some(last) => error.attempts >= last,
            None => self.mode().is_ok_and(|config| match service {
                Some(service) => config.for_service(service).retries(error),
                None => config.retries(error),
            }),
        }
    }

    /// The number of the last attempt in `standard` mode; none in `legacy` mode.
    fn last_attempt(&self) -> Option<u32> {
        let mode = self.retry_mode();
        let number = self.var_or("AWS_MAX_ATTEMPTS", "max_attempts");
        let number = number.map_or(Some(3), |value| attempts(&value).ok());
        number.filter(|_| mode == "standard" || mode == "adaptive")
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
