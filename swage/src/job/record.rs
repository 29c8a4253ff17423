//! Records of what crates were generated from, so that a run that would change nothing ends early.
//!
//! A record is a file in Cargo's target folder, which is neither committed nor packaged. It has hashes of everything that
//! decides the crate (program, settings, models), and of the crate's files, which are read and compared. Without a target
//! folder there is no record. `--check` ignores records.

use super::Done;
use crate::folder;
use crate::problem::Problem;
use crate::settings::Settings;
use foldhash::SharedSeed;
use foldhash::quality::FoldHasher;
use serde_json::{Value as Json, json};
use std::fs;
use std::hash::{BuildHasher, DefaultHasher, Hash, Hasher, RandomState};
use std::path::{Path, PathBuf};
use swage_codegen::diff::Report;
use swage_codegen::{Options, OutputFile, RenamedOption, Source};

/// The record of a crate, as it was left by an earlier run or as this run leaves it.
pub(super) struct Record {
    path: PathBuf,
    out: PathBuf,
    /// What all hashes begin with. It is random, so that nobody can prepare two files with the same hash.
    salt: u64,
    seed: SharedSeed,
    /// The hash of everything that decides the crate.
    inputs: u64,
    /// What the file says.
    earlier: Json,
}

impl Record {
    /// The record of the crate that these models give. None if there is no place for it.
    pub(super) fn new(settings: &Settings, options: &Options, sources: &[Source]) -> Option<Self> {
        let out = std::path::absolute(settings.out()).ok()?;
        let path = place(&out)?;
        let text = fs::read_to_string(&path).unwrap_or_default();
        let earlier: Json = serde_json::from_str(&text).unwrap_or_default();
        let salt = earlier["salt"].as_u64();
        let salt = salt.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        let seed = SharedSeed::from_u64(salt);
        let mut hasher = FoldHasher::with_seed(salt, &seed);
        program()?.hash(&mut hasher);
        format!("{settings:?} {options:?}").hash(&mut hasher);
        for source in sources {
            (&source.name, &source.text).hash(&mut hasher);
        }
        let inputs = hasher.finish();
        Some(Self {
            path,
            out,
            salt,
            seed,
            inputs,
            earlier,
        })
    }

    /// What there is to say if the crate would not change; none if it may.
    pub(super) fn unchanged(&self) -> Result<Option<Done>, Problem> {
        if self.earlier["inputs"].as_u64() != Some(self.inputs) {
            return Ok(None);
        }
        let _lock = folder::Lock::to_write(&self.out)?;
        let mut files = 0_u64;
        folder::read_generated(&self.out, |path, text| {
            files = files.wrapping_add(self.file(path, text));
        })?;
        let is_same = self.earlier["files"].as_u64() == Some(files);
        Ok(is_same.then(|| parse(&self.earlier["done"])).flatten())
    }

    /// Keeps what was done, for the next run. A record that can't be written only costs the next run time.
    pub(super) fn keep(&self, files: &[OutputFile], done: &Done) {
        let hashes = files
            .iter()
            .map(|file| self.file(Path::new(&file.path), file.text.as_bytes()));
        let record = json!({
            "salt": self.salt,
            "inputs": self.inputs,
            "files": hashes.fold(0, u64::wrapping_add),
            "done": to_json(done),
        });
        let written = self.path.parent().map(|folder| {
            let staged = folder.join(format!("{}.new", std::process::id()));
            fs::create_dir_all(folder)?;
            fs::write(&staged, record.to_string())?;
            fs::rename(&staged, &self.path)
        });
        drop(written);
    }

    /// The hash of a file. Those of all files are added up, so that their order doesn't matter.
    fn file(&self, path: &Path, text: &[u8]) -> u64 {
        let mut hasher = FoldHasher::with_seed(self.salt, &self.seed);
        (path, text).hash(&mut hasher);
        hasher.finish()
    }
}

/// The record's file in the target folder: the one that the environment names, or the first that Cargo made beside the crate
/// or above it.
fn place(out: &Path) -> Option<PathBuf> {
    let named = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let mut found = out.ancestors().map(|folder| folder.join("target"));
    let target = match named {
        Some(named) => named.is_dir().then_some(named),
        None => found.find(|target| target.join("CACHEDIR.TAG").is_file()),
    }?;
    let mut hasher = DefaultHasher::new();
    out.hash(&mut hasher);
    Some(target.join(format!("swage/{:016x}.json", hasher.finish())))
}

/// What tells this program from another build of it.
fn program() -> Option<impl Hash> {
    let path = std::env::current_exe().ok()?;
    let metadata = fs::metadata(&path).ok()?;
    Some((path, metadata.len(), metadata.modified().ok()?))
}

fn to_json(done: &Done) -> Json {
    let renamed = done
        .renamed_options
        .iter()
        .map(|of| json!([of.operation, of.member, of.option, of.reason]));
    json!({
        "sources": done.sources,
        "package": done.package,
        "files": done.written + done.unchanged,
        "renamed_options": renamed.collect::<Vec<_>>(),
        "tests": done.tests,
        "outdated": done.outdated,
    })
}

fn parse(done: &Json) -> Option<Done> {
    let count = |name: &str| usize::try_from(done[name].as_u64()?).ok();
    let text = |json: &Json| json.as_str().map(str::to_owned);
    let renamed = |json: &Json| {
        Some(RenamedOption {
            operation: text(&json[0])?,
            member: text(&json[1])?,
            option: text(&json[2])?,
            reason: text(&json[3])?,
        })
    };
    Some(Done {
        sources: done["sources"]
            .as_array()?
            .iter()
            .map(text)
            .collect::<Option<_>>()?,
        package: text(&done["package"])?,
        changes: Some(Report::default()),
        version: None,
        written: 0,
        removed: 0,
        unchanged: count("files")?,
        renamed_options: done["renamed_options"]
            .as_array()?
            .iter()
            .map(renamed)
            .collect::<Option<_>>()?,
        tests: count("tests")?,
        failed: 0,
        outdated: count("outdated")?,
    })
}
