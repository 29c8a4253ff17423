//! The crates of this workspace that codegen makes.

use std::path::{Path, PathBuf};
use swage_codegen::Options;

/// Where the crate goes whose models stand in `models/`.
pub(crate) const GENERATED: &str = "generated";

/// What to generate: models, folder, options.
pub(crate) struct Job {
    pub(crate) models: Vec<PathBuf>,
    pub(crate) out: PathBuf,
    pub(crate) options: Options,
}

/// Models, folder, and name where it isn't the service's own.
type Crate = (&'static str, &'static str, Option<&'static str>);

const CRATES: [Crate; 4] = [
    ("models", GENERATED, None),
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
pub(crate) fn jobs(root: &Path) -> Vec<Job> {
    CRATES.iter().map(|of| job(of, root)).collect()
}

fn job((models, out, name): &Crate, root: &Path) -> Job {
    // By a relative path, so that a checkout can stand anywhere.
    let up = out.split('/').map(|_| "../").collect::<String>();
    Job {
        models: vec![root.join(models)],
        out: root.join(out),
        options: Options {
            name: name.map(str::to_owned),
            // The command line uses the other crates.
            cli: *out == GENERATED,
            runtime: up + "runtime",
            workspace: true,
            ..Options::default()
        },
    }
}
