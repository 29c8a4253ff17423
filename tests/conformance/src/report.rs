//! What came of it all.

use crate::cases::Case;
use std::collections::BTreeMap;
use std::process::ExitCode;

/// How a case reaches the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Path {
    /// Through the generated types.
    Typed,
    /// Through records, as the command does it.
    Untyped,
}

#[derive(Clone, Copy, Default)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// The results so far.
#[derive(Default)]
pub(crate) struct Report {
    protocols: BTreeMap<String, Counts>,
    failures: Vec<String>,
    /// Ids by protocol and reason.
    skips: BTreeMap<(String, String), Vec<String>>,
}

impl Report {
    pub(crate) fn skip(&mut self, case: &Case, reason: &str) {
        self.counts(case).skipped += 1;
        let key = (case.protocol.to_owned(), reason.to_owned());
        self.skips.entry(key).or_default().push(case.id.to_owned());
    }

    pub(crate) fn ran(&mut self, case: &Case, path: Path, checked: Result<(), Vec<String>>) {
        let counts = self.counts(case);
        let Err(problems) = checked else {
            counts.passed += 1;
            return;
        };
        counts.failed += 1;
        let path = match path {
            Path::Typed => "typed",
            Path::Untyped => "untyped",
        };
        let problems = problems.join("\n  ");
        self.failures
            .push(format!("failed  {} ({path})\n  {problems}", case.name()));
    }

    fn counts(&mut self, case: &Case) -> &mut Counts {
        self.protocols.entry(case.protocol.to_owned()).or_default()
    }

    pub(crate) fn print(&self) {
        for failure in &self.failures {
            println!("{failure}");
        }
        for ((protocol, reason), ids) in &self.skips {
            println!("skipped {protocol}, {reason}:\n  {}", ids.join(", "));
        }
        println!(
            "\nEach case is run twice: through types, and through records, as the command does it."
        );
        for (protocol, counts) in &self.protocols {
            println!("{protocol}: {}", line(*counts));
        }
        println!("{}", line(self.total()));
    }

    fn total(&self) -> Counts {
        let mut total = Counts::default();
        for counts in self.protocols.values() {
            total.passed += counts.passed;
            total.failed += counts.failed;
            total.skipped += counts.skipped;
        }
        total
    }

    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(u8::from(!self.failures.is_empty()))
    }
}

fn line(counts: Counts) -> String {
    let Counts {
        passed,
        failed,
        skipped,
    } = counts;
    format!("{passed} passed, {failed} failed, {skipped} skipped")
}
