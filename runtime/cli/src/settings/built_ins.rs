//! Settings for built-in parameters that only some endpoint rules have: the section `s3` of a profile, and global
//! endpoints.
//!
//! They are read only if the rules of the service have the parameter, so that an invalid value doesn't affect other services.

use super::Settings;
use super::endpoint::EndpointSettings;
use crate::env;
use crate::stop::Stop;
use swage_client::client::ClientBuilder;
use swage_client::operation::Operation;
use swage_client::schema::Trait;
use swage_client::{Any, Service, endpoint};
use swage_credentials::ini;

/// Prefixes of the parameters that the section `s3` sets.
const OF_SECTION: [&str; 2] = ["AWS::S3::", "AWS::S3Control::"];

/// A parameter of the same rules that isn't built-in. Rules without it ignore it.
const PLAIN_SESSION: &str = "DisableS3ExpressSessionAuth";

/// The built-in parameters of a service's endpoint rules.
#[derive(Debug)]
pub(crate) struct BuiltIns(Vec<&'static str>);

impl BuiltIns {
    pub(crate) fn of(service: &Service) -> Self {
        Self(endpoint::built_ins(service).collect())
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains(&name)
    }

    fn has_section(&self) -> bool {
        let of_section = |name: &&str| OF_SECTION.iter().any(|prefix| name.starts_with(prefix));
        self.0.iter().any(of_section)
    }

    /// Sets a parameter if the rules have it.
    fn set(&self, builder: ClientBuilder, name: &str, on: bool) -> ClientBuilder {
        if self.has(name) {
            builder.endpoint_param(name, on)
        } else {
            builder
        }
    }
}

impl Settings {
    /// Whether the section `s3` turns dual-stack endpoints on. It can't turn them off.
    pub(super) fn section_dual_stack(&self, service: &Service) -> bool {
        let value = || self.in_section("use_dualstack_endpoint");
        BuiltIns::of(service).has_section()
            && value().is_some_and(|value| value == "true" || value == "True")
    }

    /// Sets whether global endpoints are used. Valid values are `legacy` (they are) and `regional`.
    pub(crate) fn global_endpoints(
        &self,
        builder: ClientBuilder,
        asked: &BuiltIns,
        region: &str,
    ) -> Result<ClientBuilder, Stop> {
        let mut builder = builder;
        let name = "AWS::S3::UseGlobalEndpoint";
        if asked.has(name) {
            let (key, nested) = (
                "s3_us_east_1_regional_endpoint",
                "us_east_1_regional_endpoint",
            );
            let value = self.of_section("AWS_S3_US_EAST_1_REGIONAL_ENDPOINT", key, nested);
            let value = value.unwrap_or_else(|| "legacy".to_owned());
            let on = is_legacy("S3 us-east-1 regional endpoint", &value)?;
            builder = builder.endpoint_param(name, on && region == "us-east-1");
        }
        let name = "AWS::STS::UseGlobalEndpoint";
        if asked.has(name) {
            let value = self.var_or("AWS_STS_REGIONAL_ENDPOINTS", "sts_regional_endpoints");
            let value = value.filter(|value| !value.is_empty());
            let value = value.unwrap_or_else(|| "regional".to_owned());
            // The rules have the list of regions that it applies to.
            builder = builder.endpoint_param(name, is_legacy("STS regional endpoints", &value)?);
        }
        Ok(builder)
    }

    /// Sets the parameters of the section `s3`. `members` is the operation's input.
    pub(crate) fn section(
        &self,
        builder: ClientBuilder,
        asked: &BuiltIns,
        endpoint: &EndpointSettings,
        operation: &Operation,
        members: &[(String, Any)],
    ) -> Result<ClientBuilder, Stop> {
        if !asked.has_section() {
            return Ok(builder);
        }
        let plain_session = self.plain_session()?;
        let accelerate = self
            .in_section("use_accelerate_endpoint")
            .is_some_and(|value| is_true(&value));
        let path_style = self.path_style(endpoint)? && !accelerate && !has_arn(operation, members);
        let by_arn = self.of_section(
            "AWS_S3_USE_ARN_REGION",
            "s3_use_arn_region",
            "use_arn_region",
        );
        let by_arn = by_arn.map(|value| is_true(&value));
        let key = "s3_disable_multiregion_access_points";
        let no_multi = env::non_empty("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS")
            .filter(|_| self.has_usable_section())
            .or_else(|| self.in_section(key))
            .is_some_and(|value| is_true(&value));
        let values = [
            ("AWS::S3::Accelerate", accelerate),
            ("AWS::S3::ForcePathStyle", path_style),
            ("AWS::S3::UseArnRegion", by_arn.unwrap_or(true)),
            ("AWS::S3Control::UseArnRegion", by_arn.unwrap_or(false)),
            ("AWS::S3::DisableMultiRegionAccessPoints", no_multi),
        ];
        let builder = builder.endpoint_param(PLAIN_SESSION, plain_session);
        let set = |builder, (name, on)| asked.set(builder, name, on);
        Ok(values.into_iter().fold(builder, set))
    }

    /// Whether buckets are in the path of URLs: as configured, else if an endpoint URL is set.
    fn path_style(&self, endpoint: &EndpointSettings) -> Result<bool, Stop> {
        let style = self.in_section("addressing_style");
        let has_url = endpoint.endpoint_url.as_deref();
        let has_url = has_url.is_some_and(|url| !is_accelerating(url));
        match style.as_deref() {
            Some("path") => Ok(true),
            Some("virtual") => Ok(false),
            None | Some("auto") => Ok(has_url),
            Some(other) => Err(Stop::Error(format!(
                "S3 addressing style {other} is invalid. Valid options are: 'auto', 'virtual', and 'path'"
            ))),
        }
    }

    /// Whether session authentication of directory buckets is disabled.
    fn plain_session(&self) -> Result<bool, Stop> {
        let key = "s3_disable_express_session_auth";
        let value = self.var_or("AWS_S3_DISABLE_EXPRESS_SESSION_AUTH", key);
        match value.as_deref() {
            None => Ok(false),
            Some(value) if is_true(value) => Ok(true),
            Some(value) if value.eq_ignore_ascii_case("false") => Ok(false),
            Some(value) => Err(Stop::Error(format!(
                "Invalid value \"{value}\" for {key}. Value must be a boolean"
            ))),
        }
    }

    /// The variable, else the key of the profile, else that of its section `s3`.
    fn of_section(&self, variable: &str, key: &str, nested: &str) -> Option<String> {
        if !self.has_usable_section() {
            return None;
        }
        self.var_or(variable, key)
            .or_else(|| self.in_section(nested))
    }

    /// A key in the profile's section `s3`.
    fn in_section(&self, key: &str) -> Option<String> {
        ini::nested(self.get("s3")?)?.remove(key)
    }

    /// False if `s3` is a text instead of a section: then the AWS CLI ignores its variables as well.
    fn has_usable_section(&self) -> bool {
        self.get("s3")
            .is_none_or(|text| text.is_empty() || text.starts_with('\n'))
    }
}

fn is_true(value: &str) -> bool {
    value.eq_ignore_ascii_case("true")
}

fn is_legacy(what: &str, value: &str) -> Result<bool, Stop> {
    match value {
        "legacy" => Ok(true),
        "regional" => Ok(false),
        other => Err(Stop::Error(format!(
            "{what} option {other} is invalid. Valid options are: \"legacy\", \"regional\""
        ))),
    }
}

/// Whether the URL is an endpoint of S3 Transfer Acceleration, where the rules decide on addressing.
fn is_accelerating(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let host = host.and_then(|rest| rest.split(['/', '?', '#']).next());
    matches!(
        host,
        Some("s3-accelerate.amazonaws.com" | "s3-accelerate.dualstack.amazonaws.com")
    )
}

/// Whether the parameter `Bucket` is an ARN, which can't be in a path.
fn has_arn(operation: &Operation, members: &[(String, Any)]) -> bool {
    let is_bucket = |t: &Trait| matches!(t, Trait::ContextParam("Bucket"));
    let mut buckets = operation.input.members().iter();
    let Some(bucket) = buckets.find(|member| member.own_traits().iter().any(is_bucket)) else {
        return false;
    };
    members.iter().any(|(name, value)| {
        let is_arn = |text: &str| text.starts_with("arn:") && text.split(':').count() >= 6;
        name == bucket.name() && matches!(value, Any::String(text) if is_arn(text))
    })
}
