//! `cargo xtask help-words`: compares the help pages of a generated command with those of the AWS CLI.
//!
//! Both use the AWS CLI's model. Line breaks are ignored.

use crate::conformance::utf8;
use crate::process::{aws, botocore, cargo, newest_model, output, target};
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

const SERVICE: &str = "connectparticipant";

/// Options of the AWS CLI that our command doesn't have, each with the first word after its description.
const NOT_OURS: [(&str, &str); 1] = [("v2debug", "OUTPUT")];

/// Runs the task.
pub(crate) fn run(root: &Path) -> Result<ExitCode, String> {
    let Some((aws, model)) = peer() else {
        println!("skipped: no AWS CLI version 1 with help pages and the model");
        return Ok(ExitCode::SUCCESS);
    };
    let ours = build(&model, root)?;
    let names = commands(&page(Command::new(&ours).arg("help"))?);
    let mut different = 0;
    for name in std::iter::once("").chain(names.iter().map(String::as_str)) {
        let words: Vec<&str> = [name, "help"]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let theirs = page(Command::new(&aws).arg(SERVICE).args(&words))?;
        let ours = page(Command::new(&ours).args(&words))?;
        let said = differences(&theirs, &ours);
        if !said.is_empty() {
            different += 1;
            println!("{SERVICE} {}:\n{said}", words.join(" "));
        }
    }
    println!(
        "{} pages have the words of {}, {different} don't",
        names.len() + 1 - different,
        aws.display()
    );
    Ok(if different == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The AWS CLI and the folder of its model, if installed. Version 2 has different pages; pages need groff.
fn peer() -> Option<(PathBuf, PathBuf)> {
    let aws = aws()?;
    let version = output(Command::new(&aws).arg("--version")).ok()?;
    let model = model(&aws).ok()?;
    page(Command::new(&aws).args([SERVICE, "help"])).ok()?;
    (version.starts_with("aws-cli/1.") && model.is_dir()).then_some((aws, model))
}

/// The folder of the AWS CLI's model, in a library of its Python.
fn model(aws: &Path) -> Result<PathBuf, String> {
    let folder = botocore(aws)?.join(SERVICE);
    newest_model(&folder).ok_or_else(|| format!("error: no model in {}", folder.display()))
}

/// Generates the command from the model, and builds it.
fn build(model: &Path, root: &Path) -> Result<PathBuf, String> {
    let target = std::path::absolute(target(root)).map_err(|error| error.to_string())?;
    let out = target.join("help-words");
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let (from, to) = (utf8(model)?, utf8(&out)?);
    output(Command::new(this).args(["codegen", "--model", &from, "--out", &to]))?;
    let copied = std::fs::copy(root.join("Cargo.lock"), out.join("Cargo.lock"));
    copied.map_err(|error| error.to_string())?;
    // Built with the workspace's profile, so that dependencies are compiled once.
    let profile = "profile.dev.debug=\"line-tables-only\"";
    let folder = utf8(&target)?;
    cargo(
        &out,
        &[
            "build",
            "--quiet",
            "--features",
            "cli",
            "--config",
            profile,
            "--target-dir",
            &folder,
        ],
    )?;
    let built = out.join(SERVICE);
    std::fs::rename(target.join("debug").join(SERVICE), &built).map_err(|e| e.to_string())?;
    Ok(built)
}

/// A page without a terminal and without bold text.
fn page(command: &mut Command) -> Result<String, String> {
    let shown =
        output(command.envs([("MANPAGER", "cat"), ("PAGER", "cat"), ("LC_ALL", "C.UTF-8")]))?;
    let mut plain = String::with_capacity(shown.len());
    for character in shown.chars() {
        if character == '\u{8}' {
            plain.pop();
        } else {
            plain.push(character);
        }
    }
    Ok(plain)
}

/// The commands listed on a page.
fn commands(page: &str) -> Vec<String> {
    let lines = page.lines().map(str::trim);
    let listed = lines.skip_while(|line| *line != "AVAILABLE COMMANDS");
    let names = listed.filter_map(|line| line.strip_prefix("o "));
    names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// The words that are only on one of the pages.
fn differences(theirs: &str, ours: &str) -> String {
    let (theirs, ours) = (words(theirs), words(ours));
    let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
    let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
    let diff = TextDiff::from_slices(&theirs, &ours);
    let changes = diff.iter_all_changes();
    let mut said = String::new();
    for change in changes.filter(|change| change.tag() != ChangeTag::Equal) {
        let _ = writeln!(said, "  {}{}", change.tag(), change.value());
    }
    said
}

/// The words of a page. Ignores hyphens, of which the AWS CLI's pages have more at the end of lines, and
/// characters that those pages lose.
fn words(page: &str) -> Vec<String> {
    let joined = page
        .lines()
        .map(str::trim_start)
        .fold(String::new(), |text, line| match text.strip_suffix('-') {
            Some(text) => format!("{text}{line}"),
            None => format!("{text}\n{line}"),
        });
    let kept = |c: &char| c.is_ascii() && !matches!(c, '-' | '\\' | '`');
    let words = joined.split_whitespace();
    let words = words.map(|word| word.chars().filter(kept).collect::<String>());
    let mut words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    for (option, next) in NOT_OURS {
        words.retain(|word| *word != format!("[{option}]"));
        if let Some(start) = words.iter().position(|word| word == option) {
            let length = words.iter().skip(start).position(|word| word == next);
            words.drain(start..start + length.unwrap_or(0));
        }
    }
    words
}
