//! The crate of a program for many services: a few files of code, and the pack.

use super::{Done, Mode, Outcome, out_of_date};
use crate::folder::{Changes, Lock};
use crate::models::shown;
use crate::pack;
use crate::problem::{Error, Problem};
use crate::settings::Settings;
use std::fs;
use swage_codegen::{Options, PROGRAM_PACK};

/// Generates the crate, or compares it with what is there.
pub(super) fn generate_and_write(
    settings: &Settings,
    options: &Options,
    mode: Mode,
    outcome: &mut Outcome,
) -> Result<Done, Error> {
    let models = settings.sources();
    let models: Vec<_> = models
        .iter()
        .map(|path| shown(path, &settings.root))
        .collect();
    let names: Vec<_> = models.iter().map(String::as_str).collect();
    let package = settings.name.clone().unwrap_or_else(|| "aws".to_owned());
    let packed = pack::pack(&pack::services(settings)?, |_, _| ())?.bytes;
    let files = swage_codegen::program(&package, &names, options);
    let files = files.map_err(|problems| Problem::errors(problems, Vec::new()))?;
    let out = &settings.out();
    let place = out.join(PROGRAM_PACK);
    let _lock = if mode.check {
        Lock::to_read(out)?
    } else {
        Lock::to_write(out)?
    };
    let changes = Changes::find(out, &files)?;
    let is_packed = fs::read(&place).is_ok_and(|there| there == packed);
    if mode.check {
        if !changes.is_empty() || !is_packed {
            outcome.diff = changes.diff();
            return Err(out_of_date(settings).into());
        }
    } else {
        pack::write(&place, &packed)?;
        changes.apply(out)?;
    }
    Ok(Done {
        sources: models,
        package,
        changes: None,
        version: None,
        written: changes.written.len() + usize::from(!is_packed),
        removed: changes.removed.len(),
        unchanged: changes.unchanged + usize::from(is_packed),
        renamed_options: Vec::new(),
        tests: 0,
        failed: 0,
        outdated: 0,
    })
}
