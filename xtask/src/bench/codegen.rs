//! `cargo xtask bench codegen`: what generating takes, in processor time.

use super::measure::processor_time;
use crate::conformance;
use crate::process::{cargo, target};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// What only some machines have.
#[derive(clap::Args)]
pub(crate) struct Inputs {
    /// A folder of models, for codegen, compile and program; may be given several times. Codegen generates all of them
    #[arg(long, value_name = "DIR")]
    pub(super) models: Vec<PathBuf>,
    /// For codegen: a document from which progenitor generates a client; building progenitor needs a network
    #[arg(long, value_name = "FILE")]
    openapi: Option<PathBuf>,
}

pub(super) fn run(inputs: &Inputs, root: &Path) -> Result<(), String> {
    println!(
        "codegen: release build of swage, whole processes, processor time (user and system), median"
    );
    cargo(
        root,
        &["build", "--release", "--quiet", "--package", "swage"],
    )?;
    let bench = Bench::new(root)?;
    bench.both("ConnectParticipant", &root.join("models"), 41)?;
    let shared = conformance::shared(root).unwrap_or_default();
    let ec2 = shared.join("models/c2j/ec2/service-2.json");
    if ec2.is_file() {
        let first = bench.both("EC2, AWS JSON format", &ec2, 11)?;
        let ours = Bench::rate("EC2", &bench.folder.join("crate"), first);
        match &inputs.openapi {
            Some(openapi) => bench.progenitor(root, openapi, ours)?,
            None => println!("  progenitor: skipped, no --openapi"),
        }
    } else {
        println!("  EC2: skipped, no model next to the workspace");
    }
    for folder in &inputs.models {
        bench.all(folder)?;
    }
    fs::remove_dir_all(&bench.folder).map_err(|e| e.to_string())
}

/// The program, and a folder among the temporary ones.
struct Bench {
    swage: PathBuf,
    folder: PathBuf,
}

impl Bench {
    /// The folder has a target folder such as Cargo makes, where swage keeps its records.
    fn new(root: &Path) -> Result<Self, String> {
        let folder = std::env::temp_dir().join(format!("swage-bench-{}", std::process::id()));
        let own = folder.join("target");
        let made = fs::create_dir_all(&own).and_then(|()| fs::write(own.join("CACHEDIR.TAG"), ""));
        made.map_err(|e| e.to_string())?;
        let swage = target(root).join("release/swage");
        Ok(Self { swage, folder })
    }

    /// Generates into an empty folder, and again with nothing changed. Returns the processor time of the first.
    fn both(&self, name: &str, model: &Path, runs: usize) -> Result<Duration, String> {
        let out = self.folder.join("crate");
        let mut command = Command::new(&self.swage);
        command.arg("generate").arg("--model").arg(model);
        command.arg("--out").arg(&out);
        let first = processor_time(runs, Some(&out), &command)?;
        let again = processor_time(runs, None, &command)?;
        println!("  {name}: {first}");
        println!("  {name}, nothing changed: {again}");
        Ok(first.cpu)
    }

    /// The bytes of a folder or file, per second.
    fn rate(name: &str, written: &Path, time: Duration) -> f64 {
        let bytes = size(written);
        #[expect(clippy::cast_precision_loss, reason = "it is printed with one digit")]
        let rate = bytes as f64 / time.as_secs_f64() / 1e6;
        println!("  {name}: {bytes} bytes, {rate:.1} MB per second");
        rate
    }

    fn progenitor(&self, root: &Path, openapi: &Path, ours: f64) -> Result<(), String> {
        let bench = root.join("xtask/bench/progenitor");
        cargo(&bench, &["build", "--release", "--quiet"])?;
        let out = self.folder.join("progenitor.rs");
        let mut command = Command::new(target(&bench).join("release/progenitor-bench"));
        command.arg(openapi).arg(&out);
        let measured = processor_time(11, None, &command)?;
        println!("  progenitor: {measured}");
        let theirs = Self::rate("progenitor", &out, measured.cpu);
        println!(
            "  ours writes {:.1} times as much per second",
            ours / theirs
        );
        Ok(())
    }

    /// Generates all models in a folder, in memory.
    fn all(&self, folder: &Path) -> Result<(), String> {
        let mut times = Vec::new();
        let mut totals = serde_json::Value::Null;
        for _ in 0..3 {
            let mut sweep = Command::new(&self.swage);
            // It fails if a model does, and prints the totals all the same.
            let done = sweep.arg("sweep").arg("--json").arg(folder).output();
            let said = done.map_err(|e| e.to_string())?.stdout;
            totals = serde_json::from_slice(&said).map_err(|e| e.to_string())?;
            let micros = totals["cpuMicroseconds"].as_u64();
            times.push(Duration::from_micros(micros.ok_or("sweep told no time")?));
        }
        let time = super::median(times).as_secs_f64();
        println!(
            "  {} models in {}, in memory, median of 3: {time:.2} s, {} bytes, {} failed",
            totals["models"],
            folder.display(),
            totals["bytes"],
            totals["failed"],
        );
        Ok(())
    }
}

/// The bytes of a file, or of all files in a folder.
fn size(path: &Path) -> u64 {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().map(|entry| size(&entry.path())).sum(),
        Err(_) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
    }
}
