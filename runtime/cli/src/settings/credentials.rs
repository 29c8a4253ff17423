//! Where credentials come from: environment and files are read here, at once; whatever needs a
//! request or a process goes through aws-config.

use super::ini::Section;
use super::{Settings, env, fresh, roles};
use crate::stop::Stop;
use aws_credential_types::Credentials;

/// Where the credentials come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// Keys at hand.
    Keys(Credentials),
    /// The provider chain of aws-config: roles, SSO, web identity, processes.
    Chain,
    /// The same, but only for what must be signed: containers and instances.
    Instance,
    /// None.
    None,
}

const ENVIRONMENT: [&str; 2] = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];
const FILE: [&str; 2] = ["aws_access_key_id", "aws_secret_access_key"];
/// The key of the files for the AWS account, which some endpoints depend on.
const ACCOUNT: &str = "aws_account_id";

impl Settings {
    /// Finds the credentials, in the AWS CLI's order.
    pub(crate) fn credentials(&self) -> Result<Source, Stop> {
        if let Some(keys) = self.of_environment()? {
            return Ok(Source::Keys(keys));
        }
        self.check_roles()?;
        self.check_web_identity()?;
        self.check_sso()?;
        if self.has_role() || self.signs_in() {
            return Ok(Source::Chain);
        }
        let profile = self.files.profile(&self.profile);
        let of_file = |place, section: Option<&Section>, from| {
            let get = |key: &str| section.and_then(|keys| keys.get(key).cloned());
            let keys = pair(place, FILE, get)?;
            Ok(keys.map(|keys| credentials(keys, token(get), get(ACCOUNT), from)))
        };
        let shared = profile.and_then(|profile| profile.credentials);
        if let Some(keys) = of_file("shared-credentials-file", shared, "SharedCredentialsFile")? {
            return Ok(Source::Keys(keys));
        }
        if let Some(profile) = profile {
            roles::check_login(&self.profile, profile)?;
        }
        if self.has_any(&["credential_process"]) {
            return Ok(Source::Chain);
        }
        let config = profile.and_then(|profile| profile.config);
        if let Some(keys) = of_file("config-file", config, "ConfigFile")? {
            return Ok(Source::Keys(keys));
        }
        Ok(of_machine())
    }

    /// The keys of the environment, which an option for a profile puts aside.
    fn of_environment(&self) -> Result<Option<Credentials>, Stop> {
        if self.by_option {
            return Ok(None);
        }
        let Some(keys) = pair("env", ENVIRONMENT, env::non_empty)? else {
            return Ok(None);
        };
        // The old name wins, as in the AWS CLI.
        let token =
            env::non_empty("AWS_SECURITY_TOKEN").or_else(|| env::non_empty("AWS_SESSION_TOKEN"));
        let account = env::non_empty("AWS_ACCOUNT_ID");
        let mut keys = credentials(keys, token, account, "Environment");
        if let Some(expiry) = env::non_empty("AWS_CREDENTIAL_EXPIRATION") {
            *keys.expiry_mut() = Some(fresh::expiry(&expiry)?);
        }
        Ok(Some(keys))
    }

    fn has_role(&self) -> bool {
        let by_web_identity =
            !self.by_option && env::non_empty("AWS_WEB_IDENTITY_TOKEN_FILE").is_some();
        by_web_identity || self.has_any(&["role_arn", "web_identity_token_file"])
    }

    fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.get(key).is_some())
    }
}

/// What the machine offers that the program runs on.
fn of_machine() -> Source {
    let container = [
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];
    if container.iter().any(|name| env::non_empty(name).is_some()) {
        return Source::Chain;
    }
    match env::var("AWS_EC2_METADATA_DISABLED") {
        Some(disabled) if disabled.eq_ignore_ascii_case("true") => Source::None,
        _ => Source::Instance,
    }
}

fn token(get: impl Fn(&str) -> Option<String>) -> Option<String> {
    let given = |name: &str| get(name).filter(|token| !token.is_empty());
    given("aws_security_token").or_else(|| given("aws_session_token"))
}

/// The key id and the secret; an error when there is an id and no secret.
fn pair(
    place: &str,
    names: [&str; 2],
    get: impl Fn(&str) -> Option<String>,
) -> Result<Option<[String; 2]>, Stop> {
    let Some(id) = get(names[0]) else {
        return Ok(None);
    };
    let Some(secret) = get(names[1]) else {
        return Err(Stop::Error(format!(
            "Partial credentials found in {place}, missing: {}",
            names[1]
        )));
    };
    Ok(Some([id, secret]))
}

fn credentials(
    [id, secret]: [String; 2],
    token: Option<String>,
    account: Option<String>,
    from: &'static str,
) -> Credentials {
    let mut builder = Credentials::builder()
        .access_key_id(id)
        .secret_access_key(secret)
        .provider_name(from);
    builder.set_session_token(token);
    builder.set_account_id(account.filter(|id| !id.is_empty()).map(Into::into));
    builder.build()
}
