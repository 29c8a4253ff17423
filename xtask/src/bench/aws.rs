//! `cargo xtask bench aws`: the program for all services, beside the AWS CLI.

use super::cli::{Figures, environment};
use super::{median, milliseconds};
use crate::conformance;
use crate::operations::server::{Answer, Server};
use crate::process::{aws, botocore, cargo, output, target};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

/// The file with the tables of all services.
const PACK: &str = "all.pack";

const TURNS: usize = 5;
const OURS: usize = 20;
const THEIRS: usize = 2;

/// What is run: its name, the words, and the response.
struct Call {
    what: &'static str,
    words: &'static str,
    body: &'static str,
}

const CALLS: [Call; 5] = [
    Call {
        what: "sts get-caller-identity",
        words: "sts get-caller-identity",
        body: "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/a</Arn><UserId>A</UserId>\
               <Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
    },
    Call {
        what: "sqs send-message",
        words: "sqs send-message --queue-url http://q/1/q --message-body hi",
        body: "{\"MessageId\": \"1\"}",
    },
    Call {
        what: "ec2 describe-instances",
        words: "ec2 describe-instances",
        body: "<DescribeInstancesResponse><reservationSet><item><reservationId>r-1</reservationId></item></reservationSet>\
               </DescribeInstancesResponse>",
    },
    Call {
        what: "ec2 run-instances --generate-cli-skeleton",
        words: "ec2 run-instances --generate-cli-skeleton",
        body: "",
    },
    Call {
        what: "ec2 help",
        words: "ec2 help",
        body: "",
    },
];

pub(super) fn run(root: &Path) -> Result<(), String> {
    let peer = aws();
    let Some(models) = peer.as_deref().and_then(|aws| botocore(aws).ok()) else {
        println!("aws: skipped: no AWS CLI, whose models would be needed");
        return Ok(());
    };
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!("aws: load of the machine (1, 5, 15 minutes): {load}");
    let folder = target(root).join("bench/aws");
    let program = build(root, &models, &folder)?;
    println!(
        "  whole processes, wall time, {TURNS} turns of {OURS} of ours (release build) and {THEIRS} of the AWS CLI, same \
         arguments and server; memory: the largest resident set"
    );
    let server = Server::start().map_err(|error| error.to_string())?;
    for call in &CALLS {
        server.answer(Answer {
            headers: Vec::new(),
            body: call.body.as_bytes().to_vec(),
        });
        let mut words: Vec<&str> = call.words.split_whitespace().collect();
        if !call.body.is_empty() {
            words.extend(["--endpoint-url", &server.url]);
        }
        compare(call.what, &program, peer.as_deref(), &words)?;
    }
    completion(&program, peer.as_deref())?;
    reading(root, &folder)
}

/// One operation from the pack, beside its service's model in JSON.
fn reading(root: &Path, folder: &Path) -> Result<(), String> {
    let shared = conformance::shared(root).unwrap_or_default();
    let model = shared.join("models/c2j/ec2/service-2.json");
    if !model.is_file() {
        println!("  reading: skipped, no model of EC2 next to the workspace");
        return Ok(());
    }
    let bench = root.join("xtask/bench/tables");
    cargo(&bench, &["build", "--release", "--quiet"])?;
    let mut program = Command::new(target(&bench).join("release/tables-bench"));
    program
        .arg(folder.join(PACK))
        .args(["ec2", "DescribeInstances"]);
    for line in output(program.arg(model))?.lines() {
        println!("  reading, within a process: {line}");
    }
    Ok(())
}

/// Packs the models and builds the program.
fn build(root: &Path, models: &Path, folder: &Path) -> Result<PathBuf, String> {
    cargo(root, &["build", "--release", "--quiet", "--package=swage"])?;
    let settings = format!(
        "[defaults]\nruntime = {{ path = \"{}\" }}\n[command.aws]\nmodels = [\"{}\"]\nout = \"aws\"\n",
        root.join("runtime").display(),
        models.display()
    );
    let write =
        |path: PathBuf, text: &str| fs::write(path, text).map_err(|error| error.to_string());
    fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    write(folder.join("swage.toml"), &settings)?;
    let swage = target(root).join("release/swage");
    let pack = folder.join(PACK);
    let start = Instant::now();
    let said = output(
        Command::new(&swage)
            .arg("pack")
            .arg(models)
            .arg("--out")
            .arg(&pack),
    )?;
    println!(
        "  pack: {} s: {}",
        start.elapsed().as_secs(),
        said.lines().next().unwrap_or_default()
    );
    output(Command::new(&swage).arg("generate").current_dir(folder))?;
    let package = folder.join("aws");
    let build = ["build", "--release", "--quiet", "--target-dir", "../target"];
    cargo(&package, &build)?;
    let main = package.join("src/main.rs");
    let text = fs::read_to_string(&main).map_err(|error| error.to_string())?;
    write(main, &text)?;
    let start = Instant::now();
    cargo(&package, &build)?;
    let program = folder.join("target/release/aws");
    let length = fs::metadata(&program).map_or(0, |of| of.len());
    println!(
        "  release build, dependencies built: {} s, {} kB",
        start.elapsed().as_secs(),
        length / 1000
    );
    Ok(program)
}

fn compare(what: &str, ours: &Path, peer: Option<&Path>, words: &[&str]) -> Result<(), String> {
    let (mut mine, mut theirs) = (Figures::default(), Figures::default());
    for _ in 0..TURNS {
        mine.add(OURS, ours, words)?;
        if let Some(peer) = peer {
            theirs.add(THEIRS, peer, words)?;
        }
    }
    println!("  {what}: ours {mine}");
    if peer.is_some() {
        let ratio = super::ratio(theirs.least(), mine.least());
        println!("  {what}: aws {theirs}; ours takes 1/{ratio:.0} of the least time");
    }
    Ok(())
}

/// A key: the candidates for what is typed.
fn completion(ours: &Path, peer: Option<&Path>) -> Result<(), String> {
    for (typed, index) in [("aws ec2 desc", "2"), ("aws ec2 run-instances --", "3")] {
        let asked = [("SWAGE_COMPLETE", "bash"), ("_CLAP_COMPLETE_INDEX", index)];
        let words: Vec<_> = std::iter::once("--").chain(typed.split(' ')).collect();
        let mine = times(TURNS * OURS, ours, &words, &asked)?;
        println!("  completion of `{typed}`: ours {mine}");
    }
    if let Some(completer) = peer.map(|peer| peer.with_file_name("aws_completer")) {
        let asked = [("COMP_LINE", "aws ec2 desc"), ("COMP_POINT", "12")];
        let theirs = times(TURNS * THEIRS, &completer, &[], &asked)?;
        println!("  completion of `aws ec2 desc`: aws_completer {theirs}");
    }
    Ok(())
}

/// The least and the median time of a program with these variables.
fn times(
    runs: usize,
    program: &Path,
    words: &[&str],
    variables: &[(&str, &str)],
) -> Result<String, String> {
    let mut times = Vec::new();
    for _ in 0..runs {
        let mut command = Command::new(program);
        let command = environment(command.args(words));
        command.envs(variables.iter().copied());
        let start = Instant::now();
        output(command)?;
        times.push(start.elapsed());
    }
    let least = times.iter().min().copied().unwrap_or_default();
    let [least, median] = [least, median(times)].map(milliseconds);
    Ok(format!("{least} ms least, {median} ms median"))
}
