//! Runtimes that lack what calls need.

use connectparticipant::Client;
use tokio::runtime::Builder;

#[test]
fn a_call_without_a_driver_of_tokio_is_an_error() {
    for (io, time, missing) in [
        (false, false, "disabled"),
        (true, false, "timers are disabled"),
        (false, true, "IO is disabled"),
    ] {
        let mut builder = Builder::new_current_thread();
        if io {
            builder.enable_io();
        }
        if time {
            builder.enable_time();
        }
        let runtime = builder.build().expect("a runtime");
        let client: Client = Client::builder()
            .region("us-east-1")
            .endpoint_url("http://127.0.0.1:9")
            .no_proxy()
            .build()
            .expect("a client");
        let request = client.get_transcript().connection_token("a-token");
        let error = runtime.block_on(request.send()).expect_err("an error");
        let text = error.to_string();
        assert!(text.contains(missing), "{text}");
        assert!(text.contains("enable_all()"), "{text}");
    }
}
