//! The results.

use std::collections::BTreeMap;
use std::process::ExitCode;

#[derive(Clone, Copy, Default)]
struct Counts {
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// Results of cases.
#[derive(Default)]
pub(crate) struct Report {
    /// By protocol.
    groups: BTreeMap<String, Counts>,
    failures: Vec<String>,
    /// Ids by protocol and reason.
    skips: BTreeMap<(String, String), Vec<String>>,
}

impl Report {
    pub(crate) fn skip(&mut self, group: &str, id: &str, reason: &str) {
        self.counts(group).skipped += 1;
        let key = (group.to_owned(), reason.to_owned());
        self.skips.entry(key).or_default().push(id.to_owned());
    }

    /// Adds a case that was run, with its errors.
    pub(crate) fn ran(&mut self, group: &str, id: &str, problems: &[String]) {
        let counts = self.counts(group);
        if problems.is_empty() {
            counts.passed += 1;
            return;
        }
        counts.failed += 1;
        let problems = problems.join("\n  ");
        self.failures
            .push(format!("failed  {group}/{id}\n  {problems}"));
    }

    fn counts(&mut self, group: &str) -> &mut Counts {
        self.groups.entry(group.to_owned()).or_default()
    }

    pub(crate) fn print(&self) {
        for failure in &self.failures {
            println!("{failure}");
        }
        for ((group, reason), ids) in &self.skips {
            println!("skipped {group}, {reason}:\n  {}", ids.join(", "));
        }
        println!(
            "\nEach case is run four times: through types, through records, through the command, and from the service's side."
        );
        for (group, counts) in &self.groups {
            println!("{group}: {}", line(*counts));
        }
        println!("{}", line(self.total()));
    }

    fn total(&self) -> Counts {
        let mut total = Counts::default();
        for counts in self.groups.values() {
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
