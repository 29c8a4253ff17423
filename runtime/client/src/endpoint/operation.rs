//! Resolves the endpoint from an operation, its input and the client's settings.

use super::context::{Found, Path};
use super::functions::{Url, is_host_label};
use super::rules::{EndpointValue, ParamKind, Params, Rules};
use super::{Endpoint, EndpointError, parse, partitions};
use crate::error::ConfigError;
use crate::operation::{Operation, OperationTrait, Service};
use crate::redact;
use crate::shape::Shape;
use std::fmt;

/// The settings of a client that endpoints depend on.
#[derive(Clone, Default, PartialEq)]
pub struct Settings {
    /// The region.
    pub region: Option<String>,
    /// Whether endpoints must be FIPS-compliant.
    pub use_fips: bool,
    /// Whether endpoints must speak IPv4 and IPv6.
    pub use_dual_stack: bool,
    /// A URL that overrides all others.
    pub endpoint_url: Option<String>,
    /// The AWS account of the credentials.
    pub account_id: Option<String>,
    /// Other parameters, by their name in the rule set (`smithy.rules#clientContextParams`: `ForcePathStyle`) or by
    /// that of the built-in (`AWS::S3::ForcePathStyle`).
    pub params: Params,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("region", &self.region.as_deref().map(redact::url))
            .field("use_fips", &self.use_fips)
            .field("use_dual_stack", &self.use_dual_stack)
            .field(
                "endpoint_url",
                &self.endpoint_url.as_deref().map(redact::url),
            )
            .field("account_id", &self.account_id)
            .field("params", &self.params)
            .finish()
    }
}

/// The parsed rule set of a service; `None` if its model has none.
///
/// # Errors
///
/// The table of the rule set can't be read.
pub fn rules_of(service: &Service) -> Result<Option<Rules>, ConfigError> {
    if service.endpoint_rules.is_empty() {
        return Ok(None);
    }
    Rules::parse(service.endpoint_rules)
        .map(Some)
        .map_err(|error| ConfigError::Endpoint(error.to_string()))
}

/// The endpoint of an operation's request. `rules` are the result of [`rules_of`] for its service. A custom endpoint URL is
/// returned unchecked if the rules say so.
///
/// # Errors
///
/// The region is missing or invalid, or the rules give an error.
pub fn resolve(
    rules: Option<&Rules>,
    op: &Operation,
    input: &dyn Shape,
    settings: &Settings,
) -> Result<Endpoint, ConfigError> {
    if let Some(region) = settings
        .region
        .as_deref()
        .filter(|region| !(region.is_empty() && settings.endpoint_url.is_some()))
        .filter(|region| !is_host_label(region, true))
    {
        let region = redact::url(region);
        return Err(ConfigError::Setting(format!(
            "the region {region:?} can't be part of a host name"
        )));
    }
    let endpoint = match rules {
        Some(rules) => rules
            .resolve(&params_for(rules, op, input, settings))
            .map_err(|error| failed(&error, settings))?,
        None => without_rules(op.service, settings)?,
    };
    // Input and settings must not change the host.
    let own = settings.endpoint_url.as_ref() == Some(&endpoint.url);
    if !own && Url::parse(&endpoint.url).is_none() {
        let what = "the endpoint rules give no http or https URL for this configuration and input";
        return Err(ConfigError::Endpoint(what.to_owned()));
    }
    Ok(endpoint)
}

/// Whether a rule set failed because neither a region nor a URL is set.
fn failed(error: &EndpointError, settings: &Settings) -> ConfigError {
    if settings.region.is_none() && settings.endpoint_url.is_none() {
        ConfigError::NoRegion
    } else {
        let text = error.to_string();
        ConfigError::Endpoint(match settings.endpoint_url.as_deref() {
            Some(url) => text.replace(url, &redact::url(url)),
            None => text,
        })
    }
}

/// The custom URL, or the URL by AWS's pattern for AWS services.
fn without_rules(service: &Service, settings: &Settings) -> Result<Endpoint, ConfigError> {
    if let Some(url) = &settings.endpoint_url {
        return Ok(Endpoint::new(url));
    }
    let prefix = service.endpoint_prefix;
    if prefix.is_empty() {
        let what = format!(
            "{} has no endpoint of its own: an endpoint URL must be set",
            service.sdk_id
        );
        return Err(ConfigError::Endpoint(what));
    }
    let region = settings.region.as_deref().ok_or(ConfigError::NoRegion)?;
    let partition = partitions::of(region);
    let fips = if settings.use_fips { "-fips" } else { "" };
    let suffix = if settings.use_dual_stack {
        partition.dual_stack_dns_suffix
    } else {
        partition.dns_suffix
    };
    Ok(Endpoint::new(format!(
        "https://{prefix}{fips}.{region}.{suffix}"
    )))
}

/// The values of a rule set's parameters for a request, from the most specific source: constants of the operation, members
/// of its input, settings of the client.
pub fn params_for(rules: &Rules, op: &Operation, input: &dyn Shape, settings: &Settings) -> Params {
    let mut params = Params::new();
    for param in &rules.params {
        let name = param.name.as_str();
        let value = fixed(op, name)
            .or_else(|| from_input(op, input, name, param.kind))
            .or_else(|| settings.params.get(name).cloned())
            .or_else(|| built_in(param.builtin.as_deref()?, settings));
        if let Some(value) = value {
            params.set(name, value);
        }
    }
    params
}

/// Whether the rules have a parameter with this built-in.
pub fn asks_for(rules: &Rules, builtin: &str) -> bool {
    let mut params = rules.params.iter();
    params.any(|param| param.builtin.as_deref() == Some(builtin))
}

/// The built-ins of the parameters in a service's rules, found without parsing the rules.
pub fn built_ins(service: &Service) -> impl Iterator<Item = &'static str> {
    let lines = service.endpoint_rules.lines();
    let params = lines.filter(|line| line.starts_with("param "));
    params.filter_map(|line| line.rsplit_once(" builtin=")?.1.split(' ').next())
}

/// `smithy.rules#staticContextParams`.
fn fixed(op: &Operation, name: &str) -> Option<EndpointValue> {
    op.traits.iter().find_map(|t| match t {
        OperationTrait::StaticContextParam(param, json) if *param == name => parse::json(json),
        _ => None,
    })
}

/// `smithy.rules#contextParam` of a member, or `smithy.rules#operationContextParams`.
fn from_input(
    op: &Operation,
    input: &dyn Shape,
    name: &str,
    kind: ParamKind,
) -> Option<EndpointValue> {
    let members = op.input.members();
    let found = if let Some(member) = members
        .iter()
        .find(|member| member.context_param() == Some(name))
    {
        Path::of_member(member.name()).find(input)
    } else {
        let path = op.traits.iter().find_map(|t| match t {
            OperationTrait::OperationContextParam(param, path) if *param == name => Some(*path),
            _ => None,
        })?;
        Path::parse(path)?.find(input)
    };
    match kind {
        ParamKind::String => found.into_iter().find_map(|found| {
            if let Found::Text(text) = found {
                Some(text.into())
            } else {
                None
            }
        }),
        ParamKind::Boolean => found.into_iter().find_map(|found| {
            if let Found::Boolean(b) = found {
                Some(b.into())
            } else {
                None
            }
        }),
        ParamKind::StringArray => {
            let texts = found.into_iter().filter_map(|found| {
                if let Found::Text(text) = found {
                    Some(text)
                } else {
                    None
                }
            });
            Some(texts.collect::<Vec<_>>())
                .filter(|texts| !texts.is_empty())
                .map(EndpointValue::from)
        }
    }
}

/// A client's setting, by the name of its source.
fn built_in(name: &str, settings: &Settings) -> Option<EndpointValue> {
    match name {
        "AWS::Region" => settings.region.as_deref().map(EndpointValue::from),
        "AWS::UseFIPS" => Some(settings.use_fips.into()),
        "AWS::UseDualStack" => Some(settings.use_dual_stack.into()),
        "SDK::Endpoint" => settings.endpoint_url.as_deref().map(EndpointValue::from),
        "AWS::Auth::AccountId" => settings.account_id.as_deref().map(EndpointValue::from),
        other => settings
            .params
            .get(other)
            .cloned()
            .or_else(|| default_of(other)),
    }
}

/// Account-based endpoints are used if the account is known and the service supports them, unless a setting disables them.
fn default_of(builtin: &str) -> Option<EndpointValue> {
    (builtin == "AWS::Auth::AccountIdEndpointMode").then(|| "preferred".into())
}
