//! The table, and the JSON document.

use super::Swept;
use super::compile::Compiled;
use super::measure::Measured;
use crate::find::Format;
use serde_json::{Value as Json, json};
use std::fmt::Write;
use std::time::Duration;

/// How many of the slowest models are listed.
const SLOWEST: usize = 10;

/// What all models took together.
#[derive(Default)]
struct Totals {
    failed: usize,
    operations: u64,
    endpoint_tests: u64,
    warnings: u64,
    lines: u64,
    bytes: u64,
    cpu: Option<Duration>,
    memory: Option<u64>,
}

impl Totals {
    fn of(swept: &[Swept]) -> Self {
        let mut totals = Self::default();
        for of in swept {
            match &of.result {
                Ok(measured) => totals.add(measured),
                Err(_) => totals.failed += 1,
            }
        }
        totals
    }

    fn add(&mut self, measured: &Measured) {
        self.operations += measured.operations;
        self.endpoint_tests += measured.endpoint_tests;
        self.warnings += measured.warnings;
        self.lines += measured.lines;
        self.bytes += measured.bytes;
        if let Some(cpu) = measured.cpu {
            self.cpu = Some(self.cpu.unwrap_or_default() + cpu);
        }
        self.memory = self.memory.max(measured.memory);
    }
}

/// The table.
pub(super) fn table(swept: &[Swept], compiled: Option<Compiled>) -> String {
    let totals = Totals::of(swept);
    let mut text = String::new();
    let mut row = |name: &str, value: String| {
        let _ = writeln!(text, "{name:<15} {value}");
    };
    row("models", format!("{} ({})", swept.len(), formats(swept)));
    row("failed", totals.failed.to_string());
    row("operations", totals.operations.to_string());
    row("endpoint tests", totals.endpoint_tests.to_string());
    row("warnings", totals.warnings.to_string());
    row("lines", totals.lines.to_string());
    row("bytes", totals.bytes.to_string());
    row("CPU", seconds(totals.cpu));
    row("peak memory", megabytes(totals.memory));
    if let Some(compiled) = compiled {
        let result = if compiled.succeeded {
            "without warnings"
        } else {
            "with warnings or errors"
        };
        let Compiled { crates, took, .. } = compiled;
        row(
            "compiled",
            format!("{crates} {result}, {:.1} s", took.as_secs_f64()),
        );
    }
    slowest(swept, &mut text);
    failed(swept, &mut text);
    text
}

/// How many models have each format.
fn formats(swept: &[Swept]) -> String {
    let count = |format| swept.iter().filter(|of| of.model.format == format).count();
    let counts = Format::ALL.map(|format| (count(format), format.name()));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    counts.join(", ")
}

fn slowest(swept: &[Swept], text: &mut String) {
    let measured = swept
        .iter()
        .filter_map(|of| Some((of, of.result.as_ref().ok()?)));
    let mut measured: Vec<_> = measured.collect();
    measured.sort_by_key(|(_, of)| std::cmp::Reverse((of.cpu, of.bytes)));
    let _ = writeln!(
        text,
        "\n{:<34} {:>10} {:>10} {:>10} {:>10}",
        "slowest", "operations", "lines", "CPU", "memory"
    );
    for (of, measured) in measured.iter().take(SLOWEST) {
        let name = format!("{} ({})", measured.package, of.model.format.name());
        let _ = writeln!(
            text,
            "{name:<34} {:>10} {:>10} {:>10} {:>10}",
            measured.operations,
            measured.lines,
            seconds(measured.cpu),
            megabytes(measured.memory)
        );
    }
}

fn failed(swept: &[Swept], text: &mut String) {
    let failed: Vec<_> = swept.iter().filter(|of| of.result.is_err()).collect();
    if !failed.is_empty() {
        text.push_str("\nfailed\n");
    }
    for of in failed {
        let _ = writeln!(text, "{}", of.model.shown());
    }
}

fn seconds(time: Option<Duration>) -> String {
    time.map_or("-".to_owned(), |time| {
        format!("{:.2} s", time.as_secs_f64())
    })
}

fn megabytes(bytes: Option<u64>) -> String {
    bytes.map_or("-".to_owned(), |bytes| format!("{} MB", bytes / 1_000_000))
}

/// The JSON document.
pub(super) fn json(swept: &[Swept], compiled: Option<Compiled>) -> Json {
    let totals = Totals::of(swept);
    let micros = |time: Duration| u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    json!({
        "models": swept.len(),
        "failed": totals.failed,
        "operations": totals.operations,
        "endpointTests": totals.endpoint_tests,
        "warnings": totals.warnings,
        "lines": totals.lines,
        "bytes": totals.bytes,
        "cpuMicroseconds": totals.cpu.map(micros),
        "peakMemoryBytes": totals.memory,
        "compiled": compiled.map(|compiled| json!({
            "crates": compiled.crates,
            "succeeded": compiled.succeeded,
            "microseconds": micros(compiled.took),
        })),
        "results": swept.iter().map(model).collect::<Vec<_>>(),
    })
}

fn model(swept: &Swept) -> Json {
    let (mut json, error) = match &swept.result {
        Ok(measured) => (measured.json(), None),
        Err(error) => (json!({}), Some(error)),
    };
    json["model"] = swept.model.shown().into();
    json["format"] = swept.model.format.name().into();
    if let Some(error) = error {
        json["error"] = error.as_str().into();
    }
    json
}
