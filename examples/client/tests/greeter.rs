//! The program `greeter` in a process of its own, with a server on loopback.

use connectparticipant::operation::get_transcript::GetTranscriptOutput;
use connectparticipant::operation::send_message::SendMessageOutput;
use connectparticipant::types::Item;
use connectparticipant::{Client, mock};
use std::process::Command;

#[test]
fn the_program_greets() {
    let transcript = mock::rule(Client::get_transcript).then_output(|| {
        let joined = "application/vnd.amazonaws.connect.event.participant.joined";
        let item = Item::builder().content_type(joined).display_name("Ann");
        GetTranscriptOutput::builder()
            .transcript(item.build())
            .build()
    });
    let sent = mock::rule(Client::send_message)
        .match_requests(|input| input.content() == Some("Hello, Ann!"))
        .then_output(|| SendMessageOutput::builder().build());
    let server = mock::Server::start([&transcript, &sent]).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_greeter"))
        .arg("token")
        .env("ENDPOINT_URL", server.url())
        .output()
        .unwrap();

    assert_eq!(output.stdout, b"1 greeted\n");
    assert_eq!(sent.num_calls(), 1);
    assert_eq!(server.unanswered(), [""; 0]);
}
