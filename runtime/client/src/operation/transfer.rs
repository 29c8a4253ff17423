//! Transfers of files by presigned URLs, as the overlay of a service describes them.
//!
//! Paths lead to a member of an output: names of members joined by dots. Names and paths are empty where the overlay has none.

use super::OperationRef;

/// `swage.api#upload`: an operation starts the upload of a file.
#[derive(Debug)]
pub struct Upload {
    /// The name of the transfer: `UploadAttachment`.
    pub name: &'static str,
    /// The operation that starts the upload.
    pub start: OperationRef,
    /// The HTTP method: `PUT` or `POST`.
    pub method: &'static str,
    /// The path to the URL.
    pub url: &'static str,
    /// The path to the headers that are sent with the file.
    pub headers: &'static str,
    /// The path to the time when the URL expires.
    pub expiry: &'static str,
    /// The member of the input for the name of the file.
    pub file_name: &'static str,
    /// The member of the input for the size of the file.
    pub file_size: &'static str,
    /// The member of the input for the media type of the file.
    pub media_type: &'static str,
    /// What completes the upload.
    pub completion: Option<Completion>,
}

/// The operation that completes an upload.
#[derive(Debug)]
pub struct Completion {
    /// The operation.
    pub operation: OperationRef,
    /// Members of its input, and paths in the output of the operation that started the upload.
    pub from_output: &'static [(&'static str, &'static str)],
    /// Members of its input, and members of the input that started the upload.
    pub from_input: &'static [(&'static str, &'static str)],
}

/// `swage.api#download`: an operation returns the URL of a file.
#[derive(Debug)]
pub struct Download {
    /// The name of the transfer: `DownloadAttachment`.
    pub name: &'static str,
    /// The operation that returns the URL.
    pub start: OperationRef,
    /// The path to the URL.
    pub url: &'static str,
    /// The path to the time when the URL expires.
    pub expiry: &'static str,
    /// The path to the size of the file.
    pub file_size: &'static str,
}

/// A transfer of a file.
#[derive(Clone, Copy, Debug)]
pub enum Transfer {
    /// From here to the service.
    Upload(&'static Upload),
    /// From the service.
    Download(&'static Download),
}
