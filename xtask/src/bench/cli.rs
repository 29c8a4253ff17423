//! `cargo xtask bench cli`: runs the generated command and `aws` with the same arguments and the same
//! loopback server.

use super::answer;
use super::measure::numbers;
use crate::process::{aws, cargo, output, target};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

/// The number of turns, and of processes of each program in a turn.
const TURNS: usize = 5;
const OURS: usize = 20;
const THEIRS: usize = 2;

pub(super) fn run(root: &Path) -> Result<(), String> {
    println!(
        "cli: whole processes, wall time from start to end, output thrown away, {TURNS} turns of {OURS} of ours (release build) \
         and {THEIRS} of aws, same arguments and server; memory: the largest resident set (wait4)"
    );
    let build = [
        "build",
        "--release",
        "--quiet",
        "--package",
        "connectparticipant",
        "--features",
        "cli",
    ];
    cargo(root, &build)?;
    let ours = target(root).join("release/connectparticipant");
    let aws = aws();
    match &aws {
        Some(path) => println!("  aws is {}", path.display()),
        None => println!("  aws is not installed: ours alone"),
    }
    let endpoint = serve()?;
    let upload = "start-attachment-upload --content-type image/png --attachment-size-in-bytes 1024 --attachment-name cat.png \
                  --connection-token TOKEN --endpoint-url";
    let call: Vec<&str> = upload
        .split_whitespace()
        .chain([endpoint.as_str()])
        .collect();
    compare("call", &ours, aws.as_deref(), &call)?;
    let skeleton = ["start-attachment-upload", "--generate-cli-skeleton"];
    compare("skeleton", &ours, aws.as_deref(), &skeleton)?;
    compare(
        "help",
        &ours,
        aws.as_deref(),
        &["start-attachment-upload", "help"],
    )
}

/// Starts a server on loopback and returns its URL.
fn serve() -> Result<String, String> {
    let server = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let endpoint = format!("http://{}", server.local_addr().map_err(|e| e.to_string())?);
    std::thread::spawn(move || {
        server
            .incoming()
            .flatten()
            .for_each(|stream| drop(std::thread::spawn(|| answer(stream))))
    });
    Ok(endpoint)
}

/// Times and memory of one program.
#[derive(Default)]
pub(super) struct Figures {
    times: Vec<Duration>,
    kib: u64,
}

impl Figures {
    pub(super) fn add(
        &mut self,
        runs: usize,
        program: &Path,
        words: &[&str],
    ) -> Result<(), String> {
        let this = std::env::current_exe().map_err(|e| e.to_string())?;
        let mut measure = Command::new(this);
        measure
            .arg("measure")
            .arg(runs.to_string())
            .arg(program)
            .args(words);
        let mut numbers = numbers(&output(environment(&mut measure))?)?;
        self.kib = self.kib.max(numbers.pop().unwrap_or_default());
        self.times
            .extend(numbers.into_iter().map(Duration::from_micros));
        self.times.sort();
        Ok(())
    }

    pub(super) fn least(&self) -> Duration {
        self.times.first().copied().unwrap_or_default()
    }

    fn median(&self) -> Duration {
        self.times
            .get(self.times.len() / 2)
            .copied()
            .unwrap_or_default()
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [least, median] = [self.least(), self.median()].map(super::milliseconds);
        let mib = self.kib.saturating_mul(10) / 1024;
        write!(
            f,
            "{least} ms least, {median} ms median, {}.{} MiB",
            mib / 10,
            mib % 10
        )
    }
}

/// Removes the user's settings and the pager from the environment.
pub(super) fn environment(command: &mut Command) -> &mut Command {
    let kept = ["PATH", "LANG", "LC_ALL"].map(|name| (name, std::env::var_os(name)));
    command.env_clear();
    command.envs(
        kept.into_iter()
            .filter_map(|(name, value)| Some((name, value?))),
    );
    command.envs([
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
        ("HOME", "/nonexistent"),
        ("PAGER", "cat"),
    ])
}

fn compare(what: &str, ours: &Path, aws: Option<&Path>, words: &[&str]) -> Result<(), String> {
    let (mut mine, mut theirs) = (Figures::default(), Figures::default());
    let service: Vec<&str> = std::iter::once("connectparticipant")
        .chain(words.iter().copied())
        .collect();
    for _ in 0..TURNS {
        mine.add(OURS, ours, words)?;
        if let Some(aws) = aws {
            theirs.add(THEIRS, aws, &service)?;
        }
    }
    println!("  {what}: ours {mine}");
    if aws.is_some() {
        let ratio = |ours, theirs| 1.0 / super::ratio(ours, theirs);
        println!(
            "  {what}: aws {theirs}; ours takes 1/{:.0} of the least time, 1/{:.0} of the median",
            ratio(mine.least(), theirs.least()),
            ratio(mine.median(), theirs.median())
        );
    }
    Ok(())
}
