//! A client without the feature `tls`.

use crate::server::{Server, builder, ok, put};
use swage_client::Failure;
use swage_client::error::TransportErrorKind;

#[tokio::test]
async fn https_is_an_error_that_names_the_feature() {
    let server = Server::new(vec![ok()]);
    let client = builder()
        .endpoint_url(format!("https://{}", server.address))
        .build()
        .expect("a client");
    let Err(Failure::Transport(error)) = put(&client).await else {
        panic!("https must fail")
    };
    assert_eq!(error.kind, TransportErrorKind::Tls);
    assert!(error.to_string().contains("the feature `tls`"), "{error}");
    assert_eq!(server.requests().len(), 0);
}
