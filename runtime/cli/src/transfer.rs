//! Commands that transfer a file by a presigned URL.

mod bar;

use crate::args::command::Given;
use crate::command::{Command, Transfer};
use crate::context::Context;
use crate::stop::Stop;
use crate::values::Members;
use crate::{errors, paramfile};
use bar::Bar;
use std::path::PathBuf;
use swage_client::client::Client;
use swage_client::operation::{Download, Operation, Upload};
use swage_client::transfer::{
    DownloadRequest, FileFacts, TransferError, TransferStage, UploadRequest, download, upload,
};
use swage_client::{Any, Record};

/// Sets the members of the input that the file sets, unless they are given.
pub(crate) fn fill(command: &Command, given: &Given, members: &mut Members) -> Result<(), Stop> {
    let Some(transfer) = command.transfer else {
        return Ok(());
    };
    let path = path(command, given)?;
    let Transfer::Upload(table) = transfer else {
        return Ok(());
    };
    let facts = FileFacts::of(&path);
    let facts =
        facts.map_err(|error| Stop::Error(paramfile::describe(&error, &path.to_string_lossy())))?;
    let values = [
        (table.file_name, facts.name.map(Any::String)),
        (table.file_size, Some(Any::Number(facts.size.to_string()))),
        (
            table.media_type,
            Some(Any::String(facts.media_type.to_owned())),
        ),
    ];
    for (name, value) in values {
        let is_given = members.iter().any(|(member, _)| member == name);
        if let Some(value) = value.filter(|_| !name.is_empty() && !is_given) {
            members.push((name.to_owned(), value));
        }
    }
    Ok(())
}

/// The file that is transferred.
fn path(command: &Command, given: &Given) -> Result<PathBuf, Stop> {
    let option = command.file_option().map_or("", |file| file.option);
    let missing = || Stop::Usage(format!("the following arguments are required: {option}"));
    let word = given.file.as_deref().ok_or_else(missing)?;
    if word == "-" {
        return Err(Stop::Error(format!(
            "{option} needs the path of a file, because a transfer that breaks off is repeated or resumed"
        )));
    }
    let bare = word.strip_prefix("fileb://");
    let bare = bare.or_else(|| word.strip_prefix("file://"));
    Ok(paramfile::expand(bare.unwrap_or(word)))
}

/// Transfers the file, and returns what is printed.
pub(crate) fn run(
    context: &Context,
    command: &Command,
    transfer: Transfer,
    client: &Client,
    input: &mut Record,
    given: &Given,
) -> Result<Any, Stop> {
    let path = path(command, given)?;
    let bar = Bar::new();
    let records = match transfer {
        Transfer::Upload(table) => up(context, table, client, input, path, &bar)?,
        Transfer::Download(table) => down(context, table, client, input, path, &bar)?,
    };
    bar.finish();
    let mut shown = Vec::new();
    for mut record in records {
        for (index, member) in record.schema().members().iter().enumerate() {
            let value = record.take(index);
            shown.extend(
                value
                    .filter(|_| !command.is_used_up(member.name()))
                    .map(|value| (member.name().to_owned(), value)),
            );
        }
    }
    Ok(Any::map(shown))
}

fn up(
    context: &Context,
    table: &'static Upload,
    client: &Client,
    input: &mut Record,
    path: PathBuf,
    bar: &Bar,
) -> Result<Vec<Record>, Stop> {
    let mut request = UploadRequest::default();
    request.set_path(path);
    request.set_listener(bar.listener());
    let completed = table.completion.as_ref().map(|of| of.operation.0);
    let output = completed.map_or(&swage_client::schema::UNIT, |of| of.output);
    let start = table.start.0;
    let transfer = upload(
        client,
        table,
        input,
        request,
        || Record::new(start.output),
        || Record::new(output),
    );
    let uploaded = context.runtime.block_on(transfer)?;
    let uploaded = uploaded.map_err(|error| {
        let at_end = error.stage() == TransferStage::Complete;
        let operation = completed.filter(|_| at_end).unwrap_or(start);
        stop(context, error, operation)
    })?;
    Ok(vec![uploaded.started, uploaded.completed])
}

fn down(
    context: &Context,
    table: &'static Download,
    client: &Client,
    input: &mut Record,
    path: PathBuf,
    bar: &Bar,
) -> Result<Vec<Record>, Stop> {
    let mut request = DownloadRequest::default();
    request.set_output_path(path);
    request.set_listener(bar.listener());
    let start = table.start.0;
    let transfer = download(client, table, input, request, || Record::new(start.output));
    let downloaded = context.runtime.block_on(transfer)?;
    let downloaded = downloaded.map_err(|error| stop(context, error, start))?;
    Ok(vec![downloaded.started])
}

/// The error of a transfer; that of a call in the AWS CLI's words.
fn stop(context: &Context, error: TransferError, operation: &Operation) -> Stop {
    let completes = error.stage() == TransferStage::Complete;
    match error.into_call_failure() {
        Ok(failure) if completes => {
            let stop = errors::stop(&failure, operation, &context.settings);
            Stop::Error(format!("The file was sent, but: {}", stop.message()))
        }
        Ok(failure) => errors::stop(&failure, operation, &context.settings),
        Err(error) => Stop::Error(sentence(&error.to_string())),
    }
}

/// The text with a capital.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
