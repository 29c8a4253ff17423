//! `swage pack`: the tables of many services in one file.

use super::progress::Progress;
use super::report::Format;
use super::takes_colour;
use crate::models::shown_here;
use crate::pack;
use crate::problem::{Error, Problem};
use crate::settings::Settings;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

/// Write the tables of services into one file, for programs that read them at run time.
///
/// Models are recognized by their content: Smithy JSON, Smithy IDL or the AWS JSON format. Folders are searched, such as the
/// folder `data` of an installed botocore or a clone of aws/api-models-aws. Of folders that are named by dates and stand
/// side by side, as versions do, the newest is taken.
#[derive(clap::Args)]
pub struct Arguments {
    /// Models, or folders of models
    #[arg(value_name = "MODEL", required = true)]
    models: Vec<PathBuf>,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Leave out the overlays that Swage carries for the services
    #[arg(long)]
    no_overlays: bool,
    /// Write nothing; exit with 1 when the file isn't what the models give
    #[arg(long)]
    check: bool,
}

impl Arguments {
    /// Runs the command.
    pub fn run(&self) -> ExitCode {
        let start = Instant::now();
        match self.pack() {
            Ok(()) => {
                println!("took    {} ms", start.elapsed().as_millis());
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprint!("{}", error.render(takes_colour(&std::io::stderr())));
                ExitCode::FAILURE
            }
        }
    }

    fn pack(&self) -> Result<(), Error> {
        let settings = Settings {
            models: self.models.clone(),
            builtin_overlays: !self.no_overlays,
            ..Settings::default()
        };
        let services = pack::services(&settings)?;
        let progress = Progress::new(services.len(), Format::Human);
        let mut packed = None;
        progress.watch(|| packed = Some(pack::pack(&services, |_, _| progress.done(|| ()))));
        let Some(packed) = packed.transpose()? else {
            return Ok(());
        };
        let (out, pack::Packed { bytes, services }) = (shown_here(&self.out), packed);
        let summary = format!("{services} services, {} bytes", bytes.len());
        if !self.check {
            let verb = if pack::write(&self.out, &bytes)? {
                "wrote  "
            } else {
                "kept   "
            };
            println!("{verb} {out}: {summary}");
            return Ok(());
        }
        if fs::read(&self.out).is_ok_and(|there| there == bytes) {
            println!("checked {out}: {summary}");
            return Ok(());
        }
        let message = format!("{out} isn't what the models give");
        Err(Problem::with_help(message, "`swage pack` without --check writes it").into())
    }
}
