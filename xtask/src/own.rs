//! The generated crates of this workspace.

use std::path::{Path, PathBuf};
use swage::Settings;

/// Models, output folder, and the name if it isn't the service's.
type Crate = (&'static str, &'static str, Option<&'static str>);

const CRATES: [Crate; 4] = [
    ("models", "generated", None),
    (
        "runtime/credentials/models/sts",
        "runtime/credentials/clients/sts",
        Some("swage-sts"),
    ),
    (
        "runtime/credentials/models/sso",
        "runtime/credentials/clients/sso",
        Some("swage-sso"),
    ),
    (
        "runtime/credentials/models/sso-oidc",
        "runtime/credentials/clients/sso-oidc",
        Some("swage-sso-oidc"),
    ),
];

/// The settings for all of them, in the workspace in that folder.
pub(crate) fn crates(root: &Path) -> Vec<Settings> {
    CRATES.iter().map(|of| settings(of, root)).collect()
}

fn settings((models, out, name): &Crate, root: &Path) -> Settings {
    let mut settings = Settings::new(
        vec![root.join(models)],
        root.join(out),
        PathBuf::from("runtime"),
    );
    settings.name = name.map(str::to_owned);
    // The command line uses these crates itself, so they have none.
    settings.cli = *out == "generated";
    settings.workspace = true;
    "cargo xtask codegen".clone_into(&mut settings.command);
    settings
}
