//! The overlays that Swage carries and the definitions of its traits, as texts.
//!
//! An overlay adds to a service's model what only AWS's own clients know of the service. It's a file of Smithy IDL that only
//! applies traits.

/// The overlays for AWS's services: the service's `sdkId` in lower case, with hyphens for all characters but letters and
/// digits, and the text.
pub const AWS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/overlays.rs"));

/// The definitions of Swage's traits: the name of the file and its text.
pub const TRAITS: &[(&str, &str)] = &[
    ("api.smithy", include_str!("../swage/api.smithy")),
    ("cli.smithy", include_str!("../swage/cli.smithy")),
    ("overlay.smithy", include_str!("../swage/overlay.smithy")),
];

/// The overlay for the service with this `sdkId`, if there is one: its name and text.
pub fn overlay(sdk_id: &str) -> Option<(&'static str, &'static str)> {
    let stem: String = sdk_id
        .chars()
        .map(|c| match c {
            'A'..='Z' | 'a'..='z' | '0'..='9' => c.to_ascii_lowercase(),
            _ => '-',
        })
        .collect();
    AWS.iter().copied().find(|(name, _)| *name == stem)
}
