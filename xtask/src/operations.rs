//! `cargo xtask operations`: every operation of every service, with the program for all of them.
//!
//! For each: samples of input and output, help, and calls to a server on loopback that answers with a sample, printed in all
//! formats. A panic, or an error that isn't the model's, fails the task.

mod sample;
pub(crate) mod server;

use crate::packs;
use crate::process::{aws, botocore, cargo, target};
use server::{Answer, Server};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use swage_cli::__private::option_name;
use swage_client::Operation;
use swage_client::pack::{Pack, PackedCommand, PackedService};

const FORMATS: [&str; 5] = ["json", "text", "table", "yaml", "yaml-stream"];

/// Errors that are the sample's fault, because a table doesn't say what a valid value looks like, or the environment's: there
/// is no token for `httpBearerAuth`.
const OF_SAMPLES: [&str; 4] = [
    "MD5",
    "Invalid endpoint",
    "must be a valid ARN",
    "httpBearerAuth",
];

/// The endpoint of calls. The server is a proxy for it, because operations can add a prefix to the host.
const ENDPOINT: &str = "http://sample.invalid";

/// Try the operations of all services: samples, help, and calls to a server on loopback
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Every operation [default: a spread of 1,000]
    #[arg(long)]
    all: bool,
    /// Only the operations of this service
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Build the program with optimizations
    #[arg(long)]
    release: bool,
}

/// An operation to try.
struct Case {
    service: &'static str,
    packed: PackedService,
    command: PackedCommand,
}

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let Some(models) = aws().and_then(|aws| botocore(&aws).ok()) else {
        println!("skipped: no AWS CLI, whose models would be needed");
        return Ok(ExitCode::SUCCESS);
    };
    let start = Instant::now();
    let folder = target(root).join("operations");
    fs::create_dir_all(&folder).map_err(|error| format!("error: {error}"))?;
    let bytes = packs::all(&models)?;
    let pack = folder.join("all.pack");
    fs::write(&pack, bytes).map_err(|error| format!("error: {error}"))?;
    let program = program(root, arguments.release)?;
    let cases = cases(bytes, arguments)?;
    let runner = Runner {
        program,
        pack,
        folder,
        runs: AtomicUsize::new(0),
        problems: Mutex::default(),
    };
    println!("{} operations", cases.len());
    runner.all(&cases)?;
    let runs = runner.runs.into_inner();
    println!("{runs} commands in {} s", start.elapsed().as_secs());
    let problems = runner
        .problems
        .into_inner()
        .map_err(|error| error.to_string())?;
    Ok(report(&problems))
}

/// The program, which has no tables of its own.
fn program(root: &Path, release: bool) -> Result<PathBuf, String> {
    let mut build = vec![
        "build",
        "--quiet",
        "--package=swage-tests",
        "--bin=services",
    ];
    build.extend(release.then_some("--release"));
    cargo(root, &build)?;
    let profile = if release { "release" } else { "debug" };
    Ok(target(root).join(profile).join("services"))
}

fn cases(pack: &'static [u8], arguments: &Arguments) -> Result<Vec<Case>, String> {
    let text = |error: swage_client::pack::PackError| format!("error: {error}");
    let pack = Pack::open(pack).map_err(text)?;
    let mut cases = Vec::new();
    for listed in pack.services().map_err(text)? {
        let packed = pack.service(listed.name).map_err(text)?;
        if arguments
            .service
            .as_deref()
            .is_some_and(|name| name != listed.name)
        {
            continue;
        }
        let commands = packed.commands().map_err(text)?.into_iter();
        cases.extend(commands.map(|command| Case {
            service: listed.name,
            packed,
            command,
        }));
    }
    if !arguments.all && arguments.service.is_none() {
        let step = cases.len().div_ceil(1000).max(1);
        cases = cases.into_iter().step_by(step).collect();
    }
    Ok(cases)
}

/// Prints the problems, those of a kind together.
fn report(problems: &[String]) -> ExitCode {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for problem in problems {
        println!("{problem}");
        let kind = problem
            .rsplit_once(": ")
            .map_or(problem.as_str(), |(_, kind)| kind);
        *kinds.entry(kind).or_default() += 1;
    }
    if problems.is_empty() {
        return ExitCode::SUCCESS;
    }
    println!("\n{} problems:", problems.len());
    for (kind, count) in kinds {
        println!("{count:>6} {kind}");
    }
    ExitCode::FAILURE
}

struct Runner {
    program: PathBuf,
    pack: PathBuf,
    folder: PathBuf,
    runs: AtomicUsize,
    problems: Mutex<Vec<String>>,
}

impl Runner {
    fn all(&self, cases: &[Case]) -> Result<(), String> {
        let next = AtomicUsize::new(0);
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let servers = (0..count).map(|_| Server::start());
        let servers = servers.collect::<Result<Vec<_>, _>>();
        let servers = servers.map_err(|error| format!("error: no server on loopback: {error}"))?;
        std::thread::scope(|scope| {
            for (number, server) in servers.iter().enumerate() {
                let next = &next;
                scope.spawn(move || {
                    let file = self.folder.join(format!("input-{number}.json"));
                    while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                        if let Err(problem) = self.one(case, server, &file) {
                            self.tell(case, &problem);
                        }
                    }
                });
            }
        });
        Ok(())
    }

    fn tell(&self, case: &Case, problem: &str) {
        let line = format!("{} {}: {problem}", case.service, case.command.name);
        if let Ok(mut problems) = self.problems.lock() {
            problems.push(line);
        }
    }

    fn one(&self, case: &Case, server: &Server, file: &Path) -> Result<(), String> {
        let operation = case.packed.operation_of(&case.command);
        let operation = operation.map_err(|error| error.to_string())?;
        let words = [case.service, case.command.name];
        let help = self.run(server, &words, &["help"])?;
        if !help.contains("SYNOPSIS") {
            return Err("help has no synopsis".to_owned());
        }
        let to_file = sample::goes_to_file(operation.output);
        if !to_file {
            json(&self.run(server, &words, &["--generate-cli-skeleton"])?)?;
        }
        let input = sample::json(&sample::input(operation.input));
        fs::write(file, input.to_string()).map_err(|error| error.to_string())?;
        let input = format!("file://{}", file.display());
        let mut call = vec!["--cli-input-json".to_owned(), input];
        for member in operation.input.members() {
            if member.target().is_streaming() {
                let option = format!("--{}", option_name(member.name()));
                call.extend([option, file.display().to_string()]);
            }
        }
        if to_file {
            call.push("/dev/null".to_owned());
        } else {
            let sample = [
                &call[..],
                &["--generate-cli-skeleton".into(), "output".into()],
            ]
            .concat();
            self.run(server, &words, &strs(&sample))?;
        }
        server.answer(answer(operation)?);
        call.extend(["--endpoint-url", ENDPOINT].map(str::to_owned));
        for format in FORMATS {
            let words = [words[0], words[1], "--output", format];
            let printed = self.run(server, &words, &strs(&call))?;
            if format == "json" && !to_file {
                json(&printed)?;
            }
        }
        Ok(())
    }

    /// Runs a command, and returns what it printed.
    fn run(&self, server: &Server, words: &[&str], more: &[&str]) -> Result<String, String> {
        self.runs.fetch_add(1, Ordering::Relaxed);
        let ran = Command::new(&self.program)
            .args(words)
            .args(more)
            .env_clear()
            .env("SWAGE_TABLES", &self.pack)
            .env("HOME", &self.folder)
            .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_DEFAULT_REGION", "us-east-1")
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .env("http_proxy", &server.url)
            .env("HTTPS_PROXY", "http://127.0.0.1:9")
            .env("AWS_MAX_ATTEMPTS", "1")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| error.to_string())?;
        let error = String::from_utf8_lossy(&ran.stderr);
        let is_of_sample = OF_SAMPLES.iter().any(|of| error.contains(of));
        if error.contains("panicked") || (!ran.status.success() && !is_of_sample) {
            let what = words.iter().skip(2).chain(more.first()).copied();
            let what = what.collect::<Vec<_>>().join(" ");
            let last = error.lines().last().unwrap_or_default();
            return Err(format!("{what}: {}: {last}", ran.status));
        }
        Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
    }
}

fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

fn json(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Ok(());
    }
    let parsed: Result<serde_json::Value, _> = serde_json::from_str(text);
    parsed
        .map(drop)
        .map_err(|error| format!("printed JSON: {error}"))
}

/// The response with a sample of the operation's output, as its protocol writes it.
fn answer(operation: &'static Operation) -> Result<Answer, String> {
    let encoded = sample::encode(operation);
    encoded.map_err(|error| format!("the sample can't be encoded: {error}"))
}
