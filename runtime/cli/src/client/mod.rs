//! Builds the client of a command from its settings and options.

mod credentials;
mod prompt;

use crate::command::Command;
use crate::context::Context;
use crate::errors;
use crate::settings::built_ins::BuiltIns;
use crate::stop::Stop;
use credentials::Credentials;
use swage_client::Any;
use swage_client::client::{Client, ClientBuilder, StalledStreamProtectionConfig};

/// Builds the client that sends `members`, the input of the operation.
///
/// Settings are checked in the AWS CLI's order, so that of several wrong ones the same is reported: the form of the
/// region, credentials, a missing region, settings without an option, the endpoint, timeouts, certificates.
pub(crate) fn build(
    context: &Context,
    command: &Command,
    members: &[(String, Any)],
) -> Result<Client, Stop> {
    let Context {
        cli,
        settings,
        globals,
        timeouts,
        ..
    } = context;
    let service = cli.service();
    let region = settings.region(globals)?;
    let user_agent = cli.user_agent();
    let credentials = find_credentials(context, region.as_deref(), &user_agent)?;
    settings.check_defaults_mode()?;
    let region = match region {
        None if service.has_regions() => return Err(errors::no_region()),
        region => region.unwrap_or_default(),
    };
    let endpoint = settings.endpoint(&region, service, globals.endpoint_url.as_deref())?;
    let built_ins = BuiltIns::of(service);
    let builder = Client::builder::<Client>(service);
    let builder = settings.global_endpoints(builder, &built_ins, &endpoint.region)?;
    let builder = settings
        .features(builder, !globals.no_sign_request)?
        .retry_config(settings.retry(service)?);
    let builder = settings.section(builder, &built_ins, &endpoint, command.operation(), members)?;
    let endpoint = endpoint.check(service)?;
    let builder = endpoint.apply(timeouts.apply(builder)?);
    let builder = builder
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .no_validation()
        .no_payload_content_type()
        .percent_encode()
        .user_agent(user_agent);
    let builder = if globals.no_verify_ssl {
        builder.dangerous_no_verify()
    } else {
        settings.trust(builder, globals.ca_bundle.as_deref())?
    };
    let builder = if globals.print_request {
        context.recorder.record(builder, !globals.no_sign_request)
    } else if globals.no_sign_request {
        builder.anonymous()
    } else {
        with_credentials(builder, credentials, command)
    };
    builder
        .build()
        .map_err(|error| Stop::Error(errors::config(&error)))
}

/// Finds credentials, unless `--no-sign-request` is given.
fn find_credentials(
    context: &Context,
    region: Option<&str>,
    user_agent: &str,
) -> Result<Option<Credentials>, Stop> {
    if context.globals.no_sign_request || context.globals.print_request {
        return Ok(None);
    }
    let set_up = |builder: ClientBuilder, of_profile: Option<&str>| {
        let builder = set_up(context, builder, of_profile.or(region));
        let builder = builder.map(|builder| builder.user_agent(user_agent));
        builder.map_err(Stop::message)
    };
    credentials::find(&context.settings, &set_up, user_agent.to_owned())
}

/// Sets up the client of a call that fetches credentials. The options for endpoint and certificates are for the
/// command's own call.
fn set_up(
    context: &Context,
    builder: ClientBuilder,
    region: Option<&str>,
) -> Result<ClientBuilder, Stop> {
    let settings = &context.settings;
    let service = builder.service();
    // A missing region is reported later, for the command's own call.
    let Some(region) = region else {
        return Ok(builder);
    };
    let endpoint = settings.endpoint(region, service, None)?;
    let builder = settings.global_endpoints(builder, &BuiltIns::of(service), &endpoint.region)?;
    let builder = builder.retry_config(settings.retry(service)?);
    let endpoint = endpoint.check(service)?;
    settings.trust(endpoint.apply(context.timeouts.apply(builder)?), None)
}

/// Sets the credentials. Those that may not exist are left out where the operation needs none, so that it doesn't wait
/// for the metadata of an instance.
fn with_credentials(
    builder: ClientBuilder,
    credentials: Option<Credentials>,
    command: &Command,
) -> ClientBuilder {
    let is_used = |found: &Credentials| !found.is_guess() || !command.operation().optional_auth;
    match credentials.filter(is_used) {
        Some(credentials) => builder.credentials_provider(credentials),
        None => builder,
    }
}
