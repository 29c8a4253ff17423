//! Signed StartAttachmentUpload calls, one after the other, by the official crate.

use aws_sdk_connectparticipant::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_connectparticipant::{Client, Config};
use swage_bench::{arguments, report, user_time};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (endpoint, calls) = arguments();
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::from_keys("AKID", "SECRET", None))
        .endpoint_url(endpoint)
        .build();
    let client = Client::from_conf(config);
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
    assert_eq!(output.attachment_id(), Some("an-attachment"));
}
