//! `cargo xtask conformance`: runs protocol tests of Smithy and Alloy with clients generated from their models.

mod driver;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use swage::folder::{Changes, Lock};
use swage::models::{self, shown};
use swage_codegen::model::{Model, Shape};
use swage_codegen::{Names, Options, OutputFile, load};

/// Run protocol tests through generated clients.
///
/// Smithy's tests are in `../shared`, `../../shared` or the folder in `SWAGE_SHARED`. Alloy's are in a checkout of its
/// repository: `alloy` in that folder, or the folder in `SWAGE_ALLOY`. What isn't there is skipped.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only run cases whose `protocol/id` contains this text
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// List the cases without running them
    #[arg(long)]
    list: bool,
}

/// The overlays that Swage carries for services of the protocol tests.
const CARRIED: [&str; 3] = [
    "api-gateway.smithy",
    "glacier.smithy",
    "machine-learning.smithy",
];

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let models = tests(root)?;
    if models.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let mut sources = models::read(&models, root).map_err(|error| error.to_string())?;
    let mut loaded = load::load(&sources);
    for name in CARRIED {
        let overlay = [root.join("models/aws").join(name)];
        let first = sources.len();
        sources.extend(models::read(&overlay, root).map_err(|error| error.to_string())?);
        loaded.overlay_excerpt(&sources, first);
    }
    let model = loaded
        .into_model()
        .map_err(|problems| swage_codegen::render_diagnostics(&problems, &sources, false))?;
    let out = root.join("target/conformance");
    let crates = model
        .services()
        .filter(|(service, _)| has_protocol(service))
        .map(|(service, _)| {
            let options = Options {
                name: Some(service.id.name().to_lowercase()),
                runtime: utf8(&root.join("runtime"))?.into(),
                command: "cargo xtask conformance".into(),
                ..Options::default()
            };
            generate(model.of_service(&service.id), &options, &out)
        })
        .collect::<Result<Vec<_>, String>>()?;
    let models = models
        .iter()
        .map(|path| utf8(path))
        .collect::<Result<Vec<_>, _>>()?;
    let library = utf8(&root.join("tests/conformance"))?;
    write(&out, &driver::files(&crates, &models, &library))?;
    fs::copy(root.join("Cargo.lock"), out.join("Cargo.lock")).map_err(|error| error.to_string())?;
    drive(arguments, &out, root)
}

/// The models with tests that are at hand.
fn tests(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut models = Vec::new();
    let shared = shared(root);
    if let Some(shared) = &shared {
        collect(&shared.join("smithy-tests/protocol-tests"), &mut models)?;
        collect(&shared.join("smithy-tests/rules-engine"), &mut models)?;
        // Overlays for what tests expect but models don't have.
        collect(&root.join("tests/conformance/overlays"), &mut models)?;
    } else {
        println!(
            "Smithy's tests skipped: no ../shared next to the workspace, and SWAGE_SHARED is not set"
        );
    }
    if let Some(alloy) = alloy(shared.as_deref()) {
        let mut found = Vec::new();
        for module in ["core", "protocol-tests"] {
            let resources = alloy.join("modules").join(module).join("resources");
            collect(&resources, &mut found)?;
        }
        let is_test = |path: &PathBuf| {
            path.ends_with("test-config.json") || path.extension().is_some_and(|of| of == "smithy")
        };
        found.retain(is_test);
        models.append(&mut found);
        if shared.is_some() {
            collect(&root.join("tests/conformance/borrowed"), &mut models)?;
        }
    } else {
        println!("Alloy's tests skipped: no alloy in ../shared, and SWAGE_ALLOY is not set");
    }
    models.sort();
    Ok(models)
}

/// The folder with test material, next to the workspace.
pub(crate) fn shared(root: &Path) -> Option<PathBuf> {
    let beside = ["../shared", "../../shared"].map(|path| root.join(path));
    let named = std::env::var_os("SWAGE_SHARED").map(PathBuf::from);
    named.into_iter().chain(beside).find(|path| path.is_dir())
}

/// The checkout of Alloy's repository.
fn alloy(shared: Option<&Path>) -> Option<PathBuf> {
    let named = std::env::var_os("SWAGE_ALLOY").map(PathBuf::from);
    named.or_else(|| Some(shared?.join("alloy")).filter(|path| path.is_dir()))
}

/// Whether a client can be generated: most services of the rules engine's tests have only rules.
fn has_protocol(service: &Shape) -> bool {
    let mut traits = service.traits.0.keys();
    traits.any(|id| swage_codegen::is_protocol(id))
}

/// The models below a folder.
pub(crate) fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<(), String> {
    let wrong = |error: std::io::Error| format!("error: {}: {error}", folder.display());
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path
            .extension()
            .is_some_and(|e| e == "smithy" || e == "json")
        {
            into.push(path);
        }
    }
    Ok(())
}

/// A path as text, with slashes on every system.
pub(crate) fn utf8(path: &Path) -> Result<String, String> {
    let text = path.to_str().ok_or("error: the path is not UTF-8")?;
    Ok(text.replace('\\', "/"))
}

fn generate(model: Model, options: &Options, out: &Path) -> Result<Names, String> {
    let generated = swage_codegen::generate_from(model.into(), &["the protocol tests"], options)
        .map_err(|problems| swage_codegen::render_diagnostics(&problems, &[], false))?;
    let out = out.join(&generated.names.package);
    let written = Lock::to_write(&out).and_then(|_lock| {
        let changes = Changes::find(&out, &generated.files)?;
        changes.apply(&out)
    });
    written.map_err(|problem| problem.render(false))?;
    Ok(generated.names)
}

/// Writes files; unchanged files keep their time stamp.
fn write(out: &Path, files: &[OutputFile]) -> Result<(), String> {
    for file in files {
        let path = out.join(&file.path);
        if fs::read_to_string(&path).is_ok_and(|text| text == file.text) {
            continue;
        }
        let parent = path.parent().unwrap_or(out);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, &file.text))
            .map_err(|error| format!("error: {}: {error}", path.display()))?;
    }
    Ok(())
}

/// Builds the program and runs it.
fn drive(arguments: &Arguments, out: &Path, root: &Path) -> Result<ExitCode, String> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command
        .args(["run", "--manifest-path"])
        .arg(out.join("Cargo.toml"))
        .args(["--package", "driver", "--"])
        .env("CARGO_TARGET_DIR", target);
    if let Some(only) = &arguments.only {
        command.args(["--only", only]);
    }
    if arguments.list {
        command.arg("--list");
    }
    let status = command
        .status()
        .map_err(|error| format!("error: cargo: {error}"))?;
    println!("the clients are in {}", shown(out, root));
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
