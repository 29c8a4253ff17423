//! What one model takes.

use crate::find::Found;
use crate::job;
use crate::settings::Settings;
use serde_json::{Value as Json, json};
use std::process::{Command, ExitCode};
use std::time::Duration;

/// What was generated from a model, and what it took.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub(super) package: String,
    pub(super) protocol: String,
    pub(super) operations: u64,
    pub(super) endpoint_tests: u64,
    pub(super) warnings: u64,
    pub(super) lines: u64,
    pub(super) bytes: u64,
    /// Processor time of all threads; unknown outside of Unix.
    pub(super) cpu: Option<Duration>,
    /// Peak resident memory in bytes; known on Linux alone.
    pub(super) memory: Option<u64>,
}

/// Generates the model in this process, and prints what that took as JSON.
pub(super) fn print(settings: &Settings) -> ExitCode {
    match generate(settings) {
        Ok(measured) => {
            println!("{}", measured.json());
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprint!("{text}");
            ExitCode::FAILURE
        }
    }
}

fn generate(settings: &Settings) -> Result<Measured, String> {
    let (generated, tested) = job::in_memory(settings).map_err(|error| error.render(false))?;
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let lines = |file: &swage_codegen::OutputFile| count(file.text.lines().count());
    Ok(Measured {
        operations: count(generated.names.operations.len()),
        package: generated.names.package,
        protocol: generated.protocol,
        endpoint_tests: count(generated.endpoint_tests.len()),
        warnings: count(tested.failures.len()),
        lines: generated.files.iter().map(lines).sum(),
        bytes: generated
            .files
            .iter()
            .map(|file| count(file.text.len()))
            .sum(),
        cpu: processor_time(),
        memory: peak_memory(),
    })
}

/// Generates the model in a process of its own.
pub(super) fn in_process(model: &Found, protocol: Option<&str>) -> Result<Measured, String> {
    let program = std::env::current_exe().map_err(|error| format!("error: {error}"))?;
    let output = Command::new(program)
        .args(["sweep", "--one"])
        .args(protocol.map(|name| format!("--protocol={name}")))
        .arg("--")
        .args(&model.paths)
        .output()
        .map_err(|error| format!("error: cannot run swage: {error}"))?;
    if output.status.success()
        && let Ok(json) = serde_json::from_slice(&output.stdout)
        && let Some(measured) = Measured::parse(&json)
    {
        return Ok(measured);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(match output.status.code() {
        Some(1) if !said.is_empty() => said.into_owned(),
        _ => format!("error: swage ended with {}\n{said}", output.status),
    })
}

impl Measured {
    pub(super) fn json(&self) -> Json {
        json!({
            "package": self.package,
            "protocol": self.protocol,
            "operations": self.operations,
            "endpointTests": self.endpoint_tests,
            "warnings": self.warnings,
            "lines": self.lines,
            "bytes": self.bytes,
            "cpuMicroseconds": self.cpu.map(|cpu| u64::try_from(cpu.as_micros()).unwrap_or(u64::MAX)),
            "peakMemoryBytes": self.memory,
        })
    }

    fn parse(json: &Json) -> Option<Self> {
        let number = |name: &str| json[name].as_u64();
        let text = |name: &str| json[name].as_str().map(str::to_owned);
        Some(Self {
            package: text("package")?,
            protocol: text("protocol")?,
            operations: number("operations")?,
            endpoint_tests: number("endpointTests")?,
            warnings: number("warnings")?,
            lines: number("lines")?,
            bytes: number("bytes")?,
            cpu: number("cpuMicroseconds").map(Duration::from_micros),
            memory: number("peakMemoryBytes"),
        })
    }
}

#[cfg(unix)]
fn processor_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ProcessCPUTime).try_into().ok()
}

#[cfg(not(unix))]
fn processor_time() -> Option<Duration> {
    None
}

fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = peak.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}
