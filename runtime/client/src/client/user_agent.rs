//! The `User-Agent` header.

use super::config::Config;
use http::HeaderValue;
use std::fmt::Write;

/// What every request of a client says about it.
pub(crate) fn header(config: &Config) -> HeaderValue {
    if let Some(fixed) = config.fixed_user_agent {
        return HeaderValue::from_static(fixed);
    }
    let mut text = String::new();
    if let Some(products) = &config.user_agent {
        text.push_str(products);
        text.push(' ');
    }
    let service = config.service.sdk_id.replace(' ', "_");
    // Writing to a String can't fail.
    let _ = write!(
        text,
        concat!(
            "swage/",
            env!("CARGO_PKG_VERSION"),
            " api/{}#{} os/{} lang/rust"
        ),
        service,
        config.service.version,
        std::env::consts::OS
    );
    if let Some(name) = &config.app_name {
        let _ = write!(text, " app/{name}");
    }
    for framework in &config.frameworks {
        let _ = write!(text, " {framework}");
    }
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("swage"))
}

/// Whether the text can be part of the header.
pub(crate) fn is_valid(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
