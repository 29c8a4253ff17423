//! Transfers of files: `swage.api#upload` and `swage.api#download`.

use super::traits::texts_by_key;
use crate::docs::{Docs, summary};
use crate::model::Traits;
use crate::names;
use crate::node::{Node, Span};

/// A transfer of a file, which the operation starts that has it.
#[derive(Debug)]
pub(crate) struct Transfer {
    /// In the model: `UploadAttachment`.
    pub(crate) name: String,
    pub(crate) span: Span,
    /// The client's method: `upload_attachment`.
    pub(crate) method: String,
    /// The subcommand: `upload-attachment`.
    pub(crate) command: String,
    pub(crate) docs: Docs,
    /// The path to the URL.
    pub(crate) url: String,
    /// The path to the time when the URL expires; may be empty.
    pub(crate) expiry: String,
    pub(crate) kind: TransferKind,
}

/// The direction of a transfer.
#[derive(Debug)]
pub(crate) enum TransferKind {
    Upload {
        /// The HTTP method.
        http_method: String,
        /// The path to the headers; may be empty.
        headers: String,
        /// Members of the input that the file sets; may be empty.
        file_name: String,
        file_size: String,
        media_type: String,
        completion: Option<Completion>,
    },
    Download {
        /// The path to the size; may be empty.
        file_size: String,
    },
}

/// What completes an upload.
#[derive(Debug)]
pub(crate) struct Completion {
    /// The name of the operation in the model.
    pub(crate) operation: String,
    /// Members of its input, and paths in the output of the operation that started the upload.
    pub(crate) from_output: Vec<(String, String)>,
    /// Members of its input, and members of the input that started the upload.
    pub(crate) from_input: Vec<(String, String)>,
}

impl Transfer {
    /// The description in lists of commands.
    pub(crate) fn summary(&self) -> String {
        let summary = summary(&self.docs);
        if summary.is_empty() {
            return match &self.kind {
                TransferKind::Upload { .. } => "Uploads a file.".to_owned(),
                TransferKind::Download { .. } => "Downloads a file.".to_owned(),
            };
        }
        summary
    }

    /// The operation that completes the transfer.
    pub(crate) fn completion(&self) -> Option<&Completion> {
        match &self.kind {
            TransferKind::Upload { completion, .. } => completion.as_ref(),
            TransferKind::Download { .. } => None,
        }
    }
}

/// The transfer of an operation. Its method is named later.
pub(super) fn transfer(traits: &Traits) -> Option<Transfer> {
    let (upload, download) = (
        traits.get("swage.api#upload"),
        traits.get("swage.api#download"),
    );
    let node = upload.or(download)?;
    let name = node.string_or_empty("name");
    let text = |key| node.string_or_empty(key);
    let kind = if upload.is_some() {
        let method = node.get("method").and_then(Node::as_str);
        TransferKind::Upload {
            http_method: method.unwrap_or("PUT").to_owned(),
            headers: text("headers"),
            file_name: text("fileName"),
            file_size: text("fileSize"),
            media_type: text("mediaType"),
            completion: node.get("complete").map(completion),
        }
    } else {
        TransferKind::Download {
            file_size: text("fileSize"),
        }
    };
    Some(Transfer {
        command: names::command(&name),
        span: node.span,
        method: String::new(),
        docs: Docs::from_text(node.get("documentation").and_then(Node::as_str)),
        url: text("url"),
        expiry: text("expiry"),
        kind,
        name,
    })
}

fn completion(node: &Node) -> Completion {
    let pairs = |key| texts_by_key(node.get(key)).collect();
    Completion {
        operation: node.string_or_empty("operation"),
        from_output: pairs("fromOutput"),
        from_input: pairs("fromInput"),
    }
}
