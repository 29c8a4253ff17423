//! Runs a program repeatedly, in a process of its own, so that the measured time and memory are that program's only.

use super::{median, milliseconds};
use crate::process::output;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Runs one program repeatedly.
#[derive(clap::Args)]
pub(crate) struct Measure {
    /// Print processor time instead of wall time
    #[arg(long)]
    cpu: bool,
    /// Remove this folder before each run
    #[arg(long)]
    remove: Option<PathBuf>,
    runs: usize,
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
    command: Vec<OsString>,
}

impl Measure {
    /// Prints the microseconds of each run, and the memory of the largest in KiB.
    pub(crate) fn run(&self) -> Result<ExitCode, String> {
        let (program, arguments) = self.command.split_first().ok_or("no program")?;
        for _ in 0..self.runs {
            if let Some(folder) = self.remove.as_ref().filter(|folder| folder.exists()) {
                fs::remove_dir_all(folder).map_err(|e| e.to_string())?;
            }
            let mut command = Command::new(program);
            command.args(arguments).stdout(Stdio::null());
            let (start, before) = (Instant::now(), children()?.0);
            let status = command.status().map_err(|e| e.to_string())?;
            if !status.success() {
                return Err(format!("error: {command:?} ended with {status}"));
            }
            let took = if self.cpu {
                children()?.0.saturating_sub(before)
            } else {
                start.elapsed()
            };
            println!("{}", took.as_micros());
        }
        println!("{}", children()?.1);
        Ok(ExitCode::SUCCESS)
    }
}

/// The processor time of the child processes, and the peak memory of the largest in KiB.
#[cfg(unix)]
fn children() -> Result<(Duration, i64), String> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike;
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|e| e.to_string())?;
    let unit = if cfg!(target_os = "macos") { 1024 } else { 1 };
    let micros = (usage.user_time() + usage.system_time()).num_microseconds();
    let time = Duration::from_micros(micros.unsigned_abs());
    Ok((time, usage.max_rss() / unit))
}

#[cfg(not(unix))]
fn children() -> Result<(Duration, i64), String> {
    Err("error: processor time and memory can only be measured on Unix".to_owned())
}

/// What the runs of a program took.
pub(super) struct Measured {
    /// The median of their processor times.
    pub(super) cpu: Duration,
    kib: u64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (time, mib) = (milliseconds(self.cpu), self.kib / 1024);
        write!(f, "{time} ms, {mib} MiB")
    }
}

/// The processor time of a command. `remove` is a folder that it finds missing each time.
pub(super) fn processor_time(
    runs: usize,
    remove: Option<&Path>,
    command: &Command,
) -> Result<Measured, String> {
    let this = std::env::current_exe().map_err(|e| e.to_string())?;
    let mut measure = Command::new(this);
    measure.args(["measure", "--cpu"]);
    if let Some(folder) = remove {
        measure.arg("--remove").arg(folder);
    }
    measure.arg(runs.to_string()).arg(command.get_program());
    let mut numbers = numbers(&output(measure.args(command.get_args()))?)?;
    let kib = numbers.pop().unwrap_or_default();
    let times = numbers.into_iter().map(Duration::from_micros).collect();
    Ok(Measured {
        cpu: median(times),
        kib,
    })
}

/// What `measure` printed: the microseconds of each run, and KiB.
pub(super) fn numbers(printed: &str) -> Result<Vec<u64>, String> {
    let number = |line: &str| line.parse();
    let numbers = printed.lines().map(number).collect::<Result<_, _>>();
    numbers.map_err(|_| format!("error: measure printed {printed:?}"))
}
