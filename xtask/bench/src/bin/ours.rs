//! Signed StartAttachmentUpload calls, one after the other, by the generated crate.

use aws_credential_types::Credentials;
use connectparticipant::Client;
use swage_bench::{arguments, report, user_time};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (endpoint, calls) = arguments();
    let client = Client::builder()
        .region("us-east-1")
        .credentials_provider(Credentials::from_keys("AKID", "SECRET", None))
        .endpoint_url(endpoint)
        .build()
        .expect("settings");
    upload(&client).await;
    let before = user_time();
    for _ in 0..calls {
        upload(&client).await;
    }
    report(before, calls);
}

async fn upload(client: &Client) {
    let output = client
        .start_attachment_upload()
        .content_type("image/png")
        .attachment_size_in_bytes(1024)
        .attachment_name("cat.png")
        .connection_token("token")
        .send()
        .await
        .expect("the server answers");
    assert_eq!(output.attachment_id.as_deref(), Some("an-attachment"));
}
