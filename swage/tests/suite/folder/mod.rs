//! A folder with models and an output folder, and runs of `swage generate` in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

/// A service with two operations.
pub(crate) const MODEL: &str = r#"{"smithy": "2.0", "shapes": {
    "a.b#Thing": {"type": "service", "version": "1", "operations": [{"target": "a.b#Do"}, {"target": "a.b#Undo"}],
        "traits": {"aws.protocols#restJson1": {}, "aws.api#service": {"sdkId": "Thing"}}},
    "a.b#Do": {"type": "operation", "traits": {"smithy.api#http": {"method": "POST", "uri": "/do"}}},
    "a.b#Undo": {"type": "operation", "traits": {"smithy.api#http": {"method": "POST", "uri": "/undo"}}}}}"#;

/// A folder of a test's own, empty at its start and removed at its end.
pub(crate) struct Folder(pub PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("swage-generate-{}-{test}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("models")).expect("a folder");
        Self(path)
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_swage"));
        command
            .args(["generate", "--model", "models", "--out", "out"])
            .args(arguments)
            .env_remove("CARGO_TARGET_DIR")
            .current_dir(&self.0);
        command
    }

    pub(crate) fn codegen(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("swage runs")
    }

    pub(crate) fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.codegen(arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    }

    pub(crate) fn fails(&self, arguments: &[&str]) -> String {
        let output = self.codegen(arguments);
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr)
    }

    /// All files of the output, with their texts.
    pub(crate) fn texts(&self) -> Vec<(PathBuf, String)> {
        let files = self.out().into_iter();
        files.map(|(path, text, _)| (path, text)).collect()
    }

    /// All files of the output, with their texts and times.
    pub(crate) fn out(&self) -> Vec<(PathBuf, String, SystemTime)> {
        let mut files = Vec::new();
        collect(&self.0.join("out"), &mut files);
        files.sort();
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String, SystemTime)>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            let time = entry.metadata().and_then(|m| m.modified()).expect("a time");
            files.push((
                path.clone(),
                fs::read_to_string(path).expect("a text"),
                time,
            ));
        }
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
