//! `cargo xtask bench`: measures speed and size, next to a peer in the same run where there is one.
//!
//! Every figure is a median over several runs of a process, printed with how it was measured. Nothing fails because of a
//! figure, since machines are noisy.

mod aws;
mod cli;
mod codegen;
mod compile;
mod measure;

use crate::conformance;
use crate::process::{cargo, output, target};
pub(crate) use measure::Measure;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// Measure speed and size.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to measure [default: all]
    what: Vec<What>,
    #[command(flatten)]
    inputs: codegen::Inputs,
    #[command(flatten)]
    crates: compile::Crates,
}

#[derive(Clone, Copy, PartialEq, clap::ValueEnum)]
enum What {
    /// Generating, as a whole process
    Codegen,
    /// Loading the specification's protocol tests in Smithy IDL, as a whole process
    Idl,
    /// User time of a signed call on loopback, beside the official crate's
    Call,
    /// Compiling libraries alone and their lines, beside the official crates'
    Compile,
    /// Compiling a program that uses five services, beside one with the official crates
    Program,
    /// Packages that the library brings
    Packages,
    /// The command as a whole process, beside the AWS CLI
    Cli,
    /// The program for all services, beside the AWS CLI
    Aws,
}

/// Runs the task.
pub(crate) fn run(arguments: &Arguments, root: &Path) -> Result<ExitCode, String> {
    let all = [
        What::Codegen,
        What::Idl,
        What::Call,
        What::Compile,
        What::Program,
        What::Packages,
        What::Cli,
        What::Aws,
    ];
    let chosen = if arguments.what.is_empty() {
        &all
    } else {
        arguments.what.as_slice()
    };
    for what in chosen {
        match what {
            What::Codegen => codegen::run(&arguments.inputs, root)?,
            What::Idl => idl(root)?,
            What::Call => call(root)?,
            What::Compile => compile::libraries(&arguments.crates, &arguments.inputs.models, root)?,
            What::Program => compile::program(&arguments.inputs.models, root)?,
            What::Packages => packages(root)?,
            What::Cli => cli::run(root)?,
            What::Aws => aws::run(root)?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn idl(root: &Path) -> Result<(), String> {
    println!("idl: a release build of codegen's example `load`, whole process, median of 11");
    let tests = conformance::shared(root).map(|shared| shared.join("smithy-tests/protocol-tests"));
    let Some(tests) = tests.filter(|tests| tests.is_dir()) else {
        println!("  skipped: no protocol tests next to the workspace");
        return Ok(());
    };
    let example = ["--package=swage-codegen", "--example=load"];
    cargo(
        root,
        &[&["build", "--release", "--quiet"], &example[..]].concat(),
    )?;
    let mut files = Vec::new();
    conformance::collect(&tests, &mut files)?;
    let mut times = Vec::new();
    let mut said = String::new();
    for _ in 0..11 {
        let start = Instant::now();
        said = output(Command::new(target(root).join("release/examples/load")).args(&files))?;
        times.push(start.elapsed());
    }
    println!("  {}: {} ms", said.trim_end(), milliseconds(median(times)));
    Ok(())
}

fn call(root: &Path) -> Result<(), String> {
    const CALLS: &str = "20000";
    println!(
        "call: user time of one signed StartAttachmentUpload on loopback, {CALLS} in sequence, median of 5, in turn"
    );
    let bench = root.join("xtask/bench");
    cargo(&bench, &["build", "--release", "--quiet", "--bins"])?;
    let server = TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    let endpoint = format!("http://{}", server.local_addr().map_err(|e| e.to_string())?);
    std::thread::spawn(move || {
        server
            .incoming()
            .flatten()
            .for_each(|stream| drop(std::thread::spawn(|| answer(stream))))
    });
    let mut figures = [Vec::new(), Vec::new()];
    for _ in 0..5 {
        for (program, figures) in ["ours", "official"].iter().zip(&mut figures) {
            let output = output(
                Command::new(target(&bench).join("release").join(program)).args([&endpoint, CALLS]),
            )?;
            figures.push(Duration::from_nanos(
                output
                    .trim()
                    .parse()
                    .map_err(|_| format!("{program} printed {output:?}"))?,
            ));
        }
    }
    let [ours, official] = figures.map(median);
    println!(
        "  ours {} µs, official {} µs, ratio {:.2}",
        ours.as_micros(),
        official.as_micros(),
        ratio(ours, official)
    );
    Ok(())
}

/// Answers every request on a connection.
fn answer(mut stream: TcpStream) {
    const BODY: &str = r#"{"AttachmentId":"an-attachment","UploadMetadata":{"Url":"https://example.com/upload","UrlExpiry":"2030-01-01T00:00:00.000Z","HeadersToInclude":{"Content-Type":"image/png","Content-Length":"1024"}}}"#;
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut received = Vec::new();
    let mut buffer = [0; 8192];
    let _ = stream.set_nodelay(true);
    while let Ok(count @ 1..) = stream.read(&mut buffer) {
        received.extend_from_slice(&buffer[..count]);
        while let Some(length) = whole_request(&received) {
            received.drain(..length);
            if stream.write_all(response.as_bytes()).is_err() {
                return;
            }
        }
    }
}

/// The length of the first request, once it is complete.
fn whole_request(received: &[u8]) -> Option<usize> {
    let head = received
        .windows(4)
        .position(|window| window == b"\r\n\r\n")?
        + 4;
    let text = String::from_utf8_lossy(&received[..head]).to_ascii_lowercase();
    let length = text
        .lines()
        .find_map(|line| {
            line.strip_prefix("content-length:")?
                .trim()
                .parse::<usize>()
                .ok()
        })
        .unwrap_or(0);
    (received.len() >= head + length).then_some(head + length)
}

fn lines_of_rust(folder: &Path) -> usize {
    let Ok(entries) = fs::read_dir(folder) else {
        return 0;
    };
    let count = |path: PathBuf| match path.extension() {
        _ if path.is_dir() => lines_of_rust(&path),
        Some(extension) if extension == "rs" => {
            fs::read_to_string(&path).map_or(0, |text| text.lines().count())
        }
        _ => 0,
    };
    entries.flatten().map(|entry| count(entry.path())).sum()
}

fn packages(root: &Path) -> Result<(), String> {
    println!(
        "packages: `cargo tree -e normal` of the library without the command line, each name and version once"
    );
    let tree = [
        "tree",
        "--edges=normal",
        "--prefix=none",
        "--format={p}",
        "--package=connectparticipant",
    ];
    let tree = output(Command::new("cargo").args(tree).current_dir(root))?;
    let names: std::collections::BTreeSet<&str> = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    println!("  {} with the library itself", names.len());
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64()
}
