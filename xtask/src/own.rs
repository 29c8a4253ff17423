//! The crates of this workspace that codegen makes.

use std::path::{Path, PathBuf};
use swage::Settings;

/// Models, folder, and name where it isn't the service's own.
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

/// All of them, in the workspace at that folder.
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
    // The command line uses the other crates.
    settings.cli = *out == "generated";
    settings.workspace = true;
    "cargo xtask codegen".clone_into(&mut settings.command);
    settings
}
