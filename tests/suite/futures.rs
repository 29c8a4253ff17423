//! The size of futures: a program may have thousands of calls at once.

use connectparticipant::operation::get_transcript::GetTranscriptOutput;
use connectparticipant::operation::start_attachment_upload::StartAttachmentUploadInput;
use golden_waiters::operation::get_thing::GetThingInput;
use std::mem::size_of_val;
use std::time::Duration;

/// The limit for the size of a future, without the input or output in it.
const LIMIT: usize = 512;

fn check<F>(name: &str, future: &F, input: usize) {
    let size = size_of_val(future);
    assert!(
        size <= input + LIMIT,
        "{name}: {size} bytes, of which input or output have {input}"
    );
}

#[test]
fn of_generated_requests() {
    let client = connectparticipant::Client::builder()
        .region("us-east-1")
        .build()
        .expect("settings");
    let upload = client.start_attachment_upload().send();
    check("send", &upload, size_of::<StartAttachmentUploadInput>());

    let mut pages = client.get_transcript().into_paginator().send();
    check("next", &pages.next(), 0);
    check("try_next", &pages.try_next(), 0);
    let page = size_of::<GetTranscriptOutput>();
    check("collect", &pages.try_collect(), page);
}

#[test]
fn of_waiters() {
    let client = golden_waiters::Client::builder()
        .region("us-east-1")
        .build()
        .expect("settings");
    let wait = client.wait_until_thing_on().wait(Duration::from_secs(1));
    check("wait", &wait, size_of::<GetThingInput>());
}
