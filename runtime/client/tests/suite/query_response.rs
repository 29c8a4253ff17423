//! Responses and errors of awsQuery and ec2Query.

use crate::markup::{
    FAULT, Fault, GARDEN, Garden, MISSING, Missing, broken, error, header_map, operation, respond,
    respond_into,
};
use swage_client::operation::Protocol;
use swage_client::protocol::query::{AWS_QUERY, EC2_QUERY};
use swage_client::protocol::read_error;
use swage_client::{Record, Schema};

/// A response with these members, in the protocol's form.
fn response(protocol: Protocol, members: &str) -> String {
    if protocol.id() == AWS_QUERY.id() {
        format!(
            "<TendResponse xmlns=\"urn:t\">\n  <TendResult>{members}</TendResult>\n  \
             <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>\n</TendResponse>\n"
        )
    } else {
        format!("<TendResponse xmlns=\"urn:t\"><requestId>r-1</requestId>{members}</TendResponse>")
    }
}

#[test]
fn members() {
    let members = concat!(
        "<name>n</name><Open>true</Open><words><member>a</member></words><flat>b</flat><new/><flat>c</flat>",
        "<labels><entry><key>k</key><value>v</value></entry></labels><part area='3'><slope>1</slope></part>",
    );
    for protocol in [AWS_QUERY, EC2_QUERY] {
        let body = response(protocol, members);
        let read: Garden = respond(protocol, &body).expect("it can be read");
        assert_eq!((read.name.as_deref(), read.open), (Some("n"), Some(true)));
        assert_eq!(read.words, Some(vec!["a".to_owned()]));
        assert_eq!(read.flat, Some(vec!["b".to_owned(), "c".to_owned()]));
        let part = read.part.expect("there");
        assert_eq!((part.area, part.slope), (Some(3), Some(1.0)));
        let mut record = Record::new(&GARDEN);
        respond_into(protocol, &mut record, body.as_bytes()).expect("it can be read");
        let expected = concat!(
            r#"Garden { name: String("n"), open: Boolean(true), words: [String("a")], "#,
            r#"flat: [String("b"), String("c")], labels: {"k": String("v")}, "#,
            r#"part: Structure(Garden { area: Number("3"), slope: Number("1.0") }) }"#,
        );
        assert_eq!(format!("{record:?}"), expected);
        let id = protocol.request_id(&header_map(&[]), body.as_bytes());
        assert_eq!(id.as_deref(), Some("r-1"));
    }
}

#[test]
fn little_is_needed() {
    for protocol in [AWS_QUERY, EC2_QUERY] {
        let read: Garden = respond(protocol, &response(protocol, "")).expect("it can be read");
        assert_eq!(read, Garden::default());
        let unit = &mut Record::new(&swage_client::schema::UNIT);
        for body in [
            "",
            "<Any/>",
            "<TendResponse/>",
            &response(protocol, "<new/>"),
        ] {
            respond_into(protocol, unit, body.as_bytes()).expect("it can be read");
        }
        let error = broken::<Garden>(protocol, "");
        assert_eq!(error, "the document ends too early at line 1 column 0");
    }
    respond::<Garden>(EC2_QUERY, "<TendResponse/>").expect("it can be read");
    // An element named after another operation, which happens if operations share an output.
    let other = "<R><new/><OtherResult><name>n</name></OtherResult><ZResult/></R>";
    let other: Garden = respond(AWS_QUERY, other).expect("it can be read");
    assert_eq!(other.name.as_deref(), Some("n"));
    // Some services leave out the element around the members.
    let bare: Garden =
        respond(AWS_QUERY, "<TendResponse><name>n</name></TendResponse>").expect("read");
    assert_eq!(bare.name.as_deref(), Some("n"));
}

#[test]
fn what_is_no_response_of_the_protocol_is_an_error() {
    let strangers = [
        "<html><body>hush</body></html>",
        "<html/>",
        "<ErrorResponse><Error><Code>hush</Code></Error></ErrorResponse>",
        "<",
        "hush",
    ];
    for protocol in [AWS_QUERY, EC2_QUERY] {
        for body in strangers {
            let error = broken::<Garden>(protocol, body);
            assert!(
                error.contains(" at line ") && !error.contains("hush"),
                "{error}"
            );
            // A body without members is ignored, whatever it contains.
            let unit = &mut Record::new(&swage_client::schema::UNIT);
            respond_into(protocol, unit, body.as_bytes()).expect("a success");
        }
        for failed in [
            "<Error><Code>hush</Code></Error>",
            "<ErrorResponse><Error><Code>hush</Code></Error></ErrorResponse>",
            "<Response><Errors><Error><Code>hush</Code></Error></Errors></Response>",
        ] {
            let is_error = protocol.is_error(&operation(&GARDEN), failed.as_bytes());
            assert!(is_error, "{failed}");
            assert_eq!(error(protocol, 200, &[], failed).status, 500);
        }
    }
    for body in [
        "<TendResponse/>",
        "<TendResponse><ResponseMetadata/></TendResponse>",
    ] {
        let error = broken::<Garden>(AWS_QUERY, body);
        assert!(
            error.starts_with("expected an element whose name ends with Result"),
            "{error}"
        );
    }
}

#[test]
fn what_is_wrong_is_told_with_path_and_place() {
    for protocol in [AWS_QUERY, EC2_QUERY] {
        for (members, expected) in [
            (
                "<gaps><member>hush</member></gaps>",
                "gaps[0]: expected an integer",
            ),
            (
                "<part><depth>hush</depth></part>",
                "part.depth: expected a number",
            ),
            ("<name>&hush;</name>", "name: an entity is unknown"),
            (
                "<name>hush",
                "name: a tag, a declaration or a reference has no counterpart",
            ),
        ] {
            let error = broken::<Garden>(protocol, &response(protocol, members));
            assert!(
                error.starts_with(expected) && error.contains(" at line "),
                "{error}"
            );
            assert!(!error.contains("hush"), "{error}");
        }
        let text = response(protocol, "<name>n</name>");
        for length in [1, 30, 60, text.len() - 20] {
            let error = broken::<Garden>(protocol, &text[..length]);
            assert!(
                error.contains("the document ends too early at line"),
                "{error}"
            );
        }
        let declared = format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{text}");
        let error = broken::<Garden>(protocol, &declared);
        assert!(error.starts_with("a document type declaration"), "{error}");
        let deep = response(
            protocol,
            &format!("{}{}", "<x>".repeat(10_000), "</x>".repeat(10_000)),
        );
        respond::<Garden>(protocol, &deep).expect("it is skipped");
        let deep = response(
            protocol,
            &format!("{}{}", "<part>".repeat(10_000), "</part>".repeat(10_000)),
        );
        let error = broken::<Garden>(protocol, &deep);
        assert!(error.contains("recursion limit exceeded"), "{error}");
    }
}

#[test]
fn errors() {
    let query = concat!(
        "<ErrorResponse xmlns='urn:t'><Error><Type>Sender</Type><Code>Missing</Code><Message>gone</Message></Error>",
        "<RequestId>r-2</RequestId></ErrorResponse>",
    );
    let ec2 = concat!(
        "<Response><Errors><Error><Code>Missing</Code><Message>gone</Message></Error></Errors>",
        "<RequestID>r-2</RequestID></Response>",
    );
    for (protocol, body) in [(AWS_QUERY, query), (EC2_QUERY, ec2)] {
        let error = error(protocol, 400, &[], body);
        assert_eq!(error.code.as_deref(), Some("Missing"));
        assert_eq!(error.message.as_deref(), Some("gone"));
        assert_eq!(error.request_id.as_deref(), Some("r-2"));
        assert_eq!(error.schema.map(Schema::id), Some(MISSING.id()));
        assert_eq!(error.protocol, protocol.id());
        let mut read = Missing::default();
        read_error(protocol, &error, &mut read).expect("it can be read");
        assert_eq!(read.message.as_deref(), Some("gone"));
    }
}

#[test]
fn errors_by_their_code_and_of_no_model() {
    let of = |code: &str, rest: &str| {
        let body =
            format!("<ErrorResponse><Error><Code>{code}</Code>{rest}</Error></ErrorResponse>");
        error(AWS_QUERY, 402, &[("x-amzn-requestid", "h")], &body)
    };
    let custom = of(
        "Fault.Custom",
        "<Message>m</Message><garden><name>n</name></garden>",
    );
    assert_eq!(custom.code.as_deref(), Some("Fault.Custom"));
    assert_eq!(custom.schema.map(Schema::id), Some(FAULT.id()));
    assert_eq!(custom.request_id.as_deref(), Some("h"));
    let mut read = Fault::default();
    read_error(AWS_QUERY, &custom, &mut read).expect("it can be read");
    assert_eq!(read.message.as_deref(), Some("m"));
    assert_eq!(
        read.garden.and_then(|garden| garden.name).as_deref(),
        Some("n")
    );
    let other = of("InvalidInstanceID.NotFound", "");
    assert_eq!(other.code.as_deref(), Some("InvalidInstanceID.NotFound"));
    assert!(other.schema.is_none() && other.message.is_none());
    let page = error(AWS_QUERY, 503, &[], "<html>Service Unavailable</html>");
    assert_eq!(
        page.message.as_deref(),
        Some("<html>Service Unavailable</html>")
    );
    assert_eq!(error(EC2_QUERY, 503, &[], "").message, None);
}
