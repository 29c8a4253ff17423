//! The overlays that the program carries: what only AWS knows of its services, such as the names of the AWS CLI's options.

use crate::settings::Settings;
use swage_codegen::Source;
use swage_codegen::load::{self, Loaded};

/// The overlay for a service, if there is one.
fn of(sdk_id: &str) -> Option<Source> {
    let (stem, text) = swage_models::overlay(sdk_id)?;
    Some(Source {
        name: format!("swage:aws/{stem}.smithy"),
        text: text.to_owned(),
    })
}

/// The model, and the texts that it was loaded from: those given and, if wanted, the overlay that Swage carries for them. The
/// settings may choose one of several services, and a protocol for a service without one.
pub(crate) fn load(mut sources: Vec<Source>, settings: &Settings) -> (Vec<Source>, Loaded) {
    let mut loaded = load::load(&sources);
    if let Some(service) = &settings.service {
        loaded.choose_service(service);
    }
    if settings.builtin_overlays
        && let Some(overlay) = loaded.sdk_id().and_then(of)
    {
        sources.push(overlay);
        loaded.overlay(&sources, sources.len() - 1);
    }
    if let Some(protocol) = &settings.protocol {
        loaded.assume_protocol(protocol);
    }
    (sources, loaded)
}
