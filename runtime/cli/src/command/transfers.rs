//! The options of commands that transfer a file.

use super::Command;
use swage_client::operation::{Operation, Transfer};

/// The option for the file: its name, and its description.
pub(crate) struct FileOption {
    /// With hyphens in front: `--file`.
    pub(crate) option: &'static str,
    pub(crate) documentation: &'static str,
}

const UPLOAD: FileOption = FileOption {
    option: "--file",
    documentation: "The file to upload. Options that describe the file are optional: its name, size and type are taken from \
        the file.",
};
const DOWNLOAD: FileOption = FileOption {
    option: "--output-file",
    documentation: "The file to write to. It is replaced when the download is complete.",
};

impl Command {
    /// The option for the file that is transferred.
    pub(crate) fn file_option(&self) -> Option<&'static FileOption> {
        Some(match self.transfer? {
            Transfer::Upload(_) => &UPLOAD,
            Transfer::Download(_) => &DOWNLOAD,
        })
    }

    /// Whether the file sets that member of the input.
    pub(crate) fn is_set_by_file(&self, member: &str) -> bool {
        match self.transfer {
            Some(Transfer::Upload(of)) => {
                [of.file_name, of.file_size, of.media_type].contains(&member)
            }
            _ => false,
        }
    }

    /// The operation that completes the upload.
    pub(crate) fn completed(&self) -> Option<&'static Operation> {
        match self.transfer? {
            Transfer::Upload(of) => Some(of.completion.as_ref()?.operation.0),
            Transfer::Download(_) => None,
        }
    }

    /// Whether a member of the output isn't shown: what is needed to transfer the file is of no use afterwards.
    pub(crate) fn is_used_up(&self, member: &str) -> bool {
        let paths = match self.transfer {
            None => return false,
            Some(Transfer::Upload(of)) => [of.url, of.headers, of.expiry],
            Some(Transfer::Download(of)) => [of.url, of.expiry, ""],
        };
        let mut used = paths.iter().map(|path| path.split('.').next());
        used.any(|name| name == Some(member))
    }
}
