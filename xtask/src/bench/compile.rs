//! Compares what compiling our crates and the official ones takes.

use super::measure::processor_time;
use super::{lines_of_rust, median, ratio};
use crate::compare_api::Workshop;
use crate::conformance::utf8;
use crate::process::{cargo, output, target};
use serde_json::Value as Json;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Which crates are compiled.
#[derive(clap::Args)]
pub(super) struct Crates {
    /// For compile: an official crate, such as aws-sdk-ec2; may be given several times [default: aws-sdk-connectparticipant,
    /// aws-sdk-sqs, aws-sdk-dynamodb]
    #[arg(long = "crate", value_name = "CRATE")]
    crates: Vec<String>,
}

const DEFAULT: [&str; 3] = [
    "aws-sdk-connectparticipant",
    "aws-sdk-sqs",
    "aws-sdk-dynamodb",
];

/// What a program with five services uses.
const PROGRAM: [&str; 5] = [
    "aws-sdk-secretsmanager",
    "aws-sdk-sns",
    "aws-sdk-sqs",
    "aws-sdk-ssm",
    "aws-sdk-sts",
];

/// The one whose feature `default-chain` finds the settings.
const CHAIN: &str = "aws-sdk-sts";

/// The main function of that program.
const MAIN: &str = r#"#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    let identity = aws_sdk_sts::Client::new(&config).get_caller_identity().send().await?;
    let queues = aws_sdk_sqs::Client::new(&config).list_queues().send().await?;
    let topics = aws_sdk_sns::Client::new(&config).list_topics().send().await?;
    let parameter = aws_sdk_ssm::Client::new(&config).get_parameter().name("a").send().await?;
    let secret = aws_sdk_secretsmanager::Client::new(&config).get_secret_value().secret_id("a").send().await?;
    println!("{identity:?} {queues:?} {topics:?} {parameter:?} {secret:?}");
    Ok(())
}
"#;

/// A package that depends on the crates of one side.
struct Side {
    folder: PathBuf,
    target: PathBuf,
}

/// Measures the library of each crate alone, with all that it depends on built.
pub(super) fn libraries(inputs: &Crates, models: &[PathBuf], root: &Path) -> Result<(), String> {
    println!(
        "compile: processor time for the library alone, dependencies built, median of 3, in turn"
    );
    let workshop = Workshop::new(root, models);
    let work = target(root).join("bench/compile");
    let named = inputs.crates.iter().map(String::as_str);
    let crates: Vec<&str> = if inputs.crates.is_empty() {
        DEFAULT.to_vec()
    } else {
        named.collect()
    };
    for name in crates {
        match sides(&workshop, &work.join(name), &[name], "", "fn main() {}\n") {
            Ok(sides) => library(name, &sides)?,
            Err(error) => println!("  skipped: {error}"),
        }
    }
    Ok(())
}

/// Measures a program that uses five services, with all that it depends on.
pub(super) fn program(models: &[PathBuf], root: &Path) -> Result<(), String> {
    println!(
        "program: processor time for a debug build of a program with five services, from an empty target folder"
    );
    let workshop = Workshop::new(root, models);
    let work = target(root).join("bench/program");
    let others = "aws-config = \"1\"\ntokio = { version = \"1\", features = [\"full\"] }\n";
    let sides = match sides(&workshop, &work, &PROGRAM, others, MAIN) {
        Ok(sides) => sides,
        Err(error) => {
            println!("  skipped: {error}");
            return Ok(());
        }
    };
    let alone = default_chain(&work)?;
    let [ours, official] = &sides;
    let (ours, official, alone) = (ours.cold()?, official.cold()?, alone.cold()?);
    let against = |time| format!("{}, ratio {:.2}", seconds(time), ratio(time, official));
    println!("  official, with aws-config: {}", seconds(official));
    println!("  ours, with aws-config: {}", against(ours));
    println!("  ours, with the feature default-chain: {}", against(alone));
    Ok(())
}

/// The same program with our chain of credentials instead of aws-config's.
fn default_chain(work: &Path) -> Result<Side, String> {
    let mut dependencies = "tokio = { version = \"1\", features = [\"full\"] }\n".to_owned();
    for name in PROGRAM {
        let path = work.join("crates").join(name);
        let features = if name == CHAIN {
            "\"default-chain\""
        } else {
            ""
        };
        let _ = writeln!(
            dependencies,
            "{name} = {{ path = {:?}, features = [{features}] }}",
            utf8(&path)?
        );
    }
    let main = MAIN.replace(
        "aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await",
        "aws_sdk_sts::default_chain::load().await?",
    );
    Side::new(&work.join("default-chain"), &dependencies, &main)
}

/// Writes a package of each side, with these dependencies and this main function.
fn sides(
    workshop: &Workshop,
    work: &Path,
    crates: &[&str],
    others: &str,
    main: &str,
) -> Result<[Side; 2], String> {
    let (mut ours, mut official) = (others.to_owned(), others.to_owned());
    for name in crates {
        let out = work.join("crates").join(name);
        workshop.generate(name, "1.9999.0", &out)?;
        let _ = writeln!(ours, "{name} = {{ path = {:?} }}", utf8(&out)?);
        let _ = writeln!(official, "{name} = \"1\"");
    }
    Ok([
        Side::new(&work.join("ours"), &ours, main)?,
        Side::new(&work.join("official"), &official, main)?,
    ])
}

fn library(name: &str, sides: &[Side; 2]) -> Result<(), String> {
    println!("  {name}");
    for (what, command) in [
        ("release build", &["build", "--release"][..]),
        ("check", &["check"]),
    ] {
        let mut times = [Vec::new(), Vec::new()];
        for _ in 0..3 {
            for (side, times) in sides.iter().zip(&mut times) {
                times.push(side.alone(name, command)?);
            }
        }
        let [ours, official] = times.map(median);
        println!(
            "    {what}: ours {}, official {}, ratio {:.3}",
            seconds(ours),
            seconds(official),
            ratio(ours, official)
        );
    }
    let [ours, official] = sides;
    let (ours, official) = (ours.lines(name)?, official.lines(name)?);
    println!("    lines of Rust: ours {ours}, official {official}");
    Ok(())
}

impl Side {
    fn new(folder: &Path, dependencies: &str, main: &str) -> Result<Self, String> {
        // Cargo compiles a crate of a path, as ours is here, with a cache for changes, but not one of a registry.
        let manifest = format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependencies}\n[workspace]\n\n[profile.dev]\nincremental = false\n"
        );
        let write = |path: &Path, text: &str| {
            let made = fs::create_dir_all(path.parent().unwrap_or(path));
            let written = made.and_then(|()| fs::write(path, text));
            written.map_err(|error| format!("error: {}: {error}", path.display()))
        };
        write(&folder.join("Cargo.toml"), &manifest)?;
        write(&folder.join("src/main.rs"), main)?;
        Ok(Self {
            folder: folder.to_path_buf(),
            target: folder.join("target"),
        })
    }

    /// The processor time of one library.
    fn alone(&self, name: &str, command: &[&str]) -> Result<Duration, String> {
        let package = ["--quiet", "--package", name];
        cargo(&self.folder, &[command, &package].concat())?;
        cargo(
            &self.folder,
            &[&["clean"], &command[1..], &package].concat(),
        )?;
        self.measure(&[command, &package].concat())
    }

    /// The processor time of everything.
    fn cold(&self) -> Result<Duration, String> {
        cargo(&self.folder, &["fetch", "--quiet"])?;
        if self.target.exists() {
            fs::remove_dir_all(&self.target).map_err(|error| error.to_string())?;
        }
        self.measure(&["build", "--quiet"])
    }

    fn measure(&self, arguments: &[&str]) -> Result<Duration, String> {
        let mut command = Command::new("cargo");
        let manifest = self.folder.join("Cargo.toml");
        command.args(arguments).arg("--manifest-path").arg(manifest);
        command.arg("--target-dir").arg(&self.target);
        Ok(processor_time(1, None, &command)?.cpu)
    }

    /// The lines of a library.
    fn lines(&self, name: &str) -> Result<usize, String> {
        let mut metadata = Command::new("cargo");
        metadata
            .args(["metadata", "--format-version=1", "--quiet"])
            .current_dir(&self.folder);
        let metadata: Json =
            serde_json::from_str(&output(&mut metadata)?).map_err(|error| error.to_string())?;
        let mut packages = metadata["packages"].as_array().into_iter().flatten();
        let found = packages.find(|of| of["name"] == name);
        let manifest = found.and_then(|of| of["manifest_path"].as_str());
        let folder = manifest.and_then(|path| Path::new(path).parent());
        Ok(folder.map_or(0, |folder| lines_of_rust(&folder.join("src"))))
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
