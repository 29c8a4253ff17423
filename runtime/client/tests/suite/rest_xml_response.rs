//! Responses and errors of restXml.
use crate::markup;

use crate::markup::{
    BLOB_BODY, BlobBody, Choice, ChoiceBody, FAULT, Fault, GARDEN, Garden, GardenBody, LABELS,
    LONE, Lone, MISSING, Missing, Plot, PlotBody, TextBody, broken, error, header_map, operation,
    respond, respond_into,
};
use aws_smithy_types::{Blob, DateTime};
use std::collections::HashMap;
use swage_client::operation::{Operation, OperationTrait};
use swage_client::protocol::Body;
use swage_client::protocol::read_error;
use swage_client::protocol::rest_xml::REST_XML;
use swage_client::{Any, Record, Schema, Shape};

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Reads a document with these contents in its outermost element.
fn garden(inner: &str) -> Garden {
    respond(REST_XML, &format!("<Garden>{inner}</Garden>")).expect("it can be read")
}

/// The error for a document with these contents.
fn fails(inner: &str) -> String {
    broken::<Garden>(REST_XML, &format!("<Garden>{inner}</Garden>"))
}

#[test]
fn scalars() {
    let read = garden(concat!(
        "<name> a &lt;b&gt; &amp; &quot;c&apos; &#x41;&#66;&amp;lt; <![CDATA[<d> &amp;]]><!-- not this -->.</name>",
        "<Open>true</Open><depth>1.5</depth><slope>-Infinity</slope><seed>c2Vl\n  ZD8=</seed>",
        "<planted>1970-01-01T01:00:00.5+01:00</planted><watered>1.5</watered>",
        "<big>123456789012345678901234567890</big><exact>0.10</exact><secret/>",
    ));
    assert_eq!(
        read.name.as_deref(),
        Some(" a <b> & \"c' AB&lt; <d> &amp;.")
    );
    assert_eq!((read.open, read.depth), (Some(true), Some(1.5)));
    assert_eq!(read.slope, Some(f64::NEG_INFINITY));
    assert_eq!(read.seed, Some(Blob::new("seed?")));
    let half = |seconds| DateTime::from_secs_and_nanos(seconds, 500_000_000);
    assert_eq!((read.planted, read.watered), (Some(half(0)), Some(half(1))));
    let big = read.big.expect("there");
    assert_eq!(big.as_ref(), "123456789012345678901234567890");
    assert_eq!(read.exact.expect("there").as_ref(), "0.10");
    assert_eq!(read.secret.as_deref(), Some(""));
    assert_eq!(read.header.as_deref(), Some("h"));
    assert_eq!(
        garden("<name>a\r\nb\rc&#13;</name>").name.as_deref(),
        Some("a\nb\nc\r")
    );
}

#[test]
fn attributes_with_and_without_prefixes() {
    let body = r#"<Garden area="7" xmlns:x="urn:x" x:type="a&lt;&#98;" type="no"/>"#;
    let read: Garden = respond(REST_XML, body).expect("it can be read");
    assert_eq!((read.area, read.kind.as_deref()), (Some(7), Some("a<b")));
    let read = garden(r#"<part y:type="k" y:area="1"/>"#)
        .part
        .expect("there");
    assert_eq!((read.area, read.kind.as_deref()), (Some(1), Some("k")));
    // An element isn't an attribute.
    assert_eq!(garden("<area>1</area>").area, None);
}

#[test]
fn lists_wherever_their_elements_stand() {
    let read = garden(concat!(
        "<flat>a</flat><words><member>m</member><other>o</other><member/></words>",
        "<parts><name>1</name></parts><flat>b</flat><unknown><flat>no</flat></unknown>",
        "<TagSet><tag>t</tag></TagSet><parts><name>2</name><flat>in</flat></parts><flat>c</flat>",
        "<rows><member><member>r</member></member><member/></rows><gaps><member>1</member></gaps>",
    ));
    assert_eq!(read.words, Some(strings(&["m", ""])));
    assert_eq!(read.tags, Some(strings(&["t"])));
    assert_eq!(read.flat, Some(strings(&["a", "b", "c"])));
    assert_eq!(read.rows, Some(vec![vec!["r".to_owned()], vec![]]));
    assert_eq!(read.gaps, Some(vec![Some(1)]));
    let parts = read.parts.expect("there");
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[1].name.as_deref(), Some("2"));
    assert_eq!(parts[1].flat, Some(strings(&["in"])));
    assert_eq!(garden("<words> </words>").words, Some(vec![]));
    assert_eq!(garden("").words, None);
    // The last of two different elements wins.
    let twice = garden("<words><member>a</member></words><words><member>b</member></words>");
    assert_eq!(twice.words, Some(strings(&["b"])));
}

#[test]
fn maps_with_keys_before_and_after_values() {
    let read = garden(concat!(
        "<labels><entry><key>a</key><value>1</value></entry>",
        "<entry><value>2</value><more/><key>b</key></entry><entry><key>a</key><value>3</value></entry></labels>",
        "<Prices><Item>rose</Item><Price>3</Price></Prices><Prices><Price>4</Price><Item>tulip</Item></Prices>",
        "<nested><entry><key>n</key><value><entry><key>k</key><value>v</value></entry></value></entry></nested>",
    ));
    let map = |pairs: &[(&str, &str)]| {
        let pair = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
        pairs.iter().map(pair).collect::<HashMap<_, _>>()
    };
    assert_eq!(read.labels, Some(map(&[("a", "3"), ("b", "2")])));
    let prices = HashMap::from([("rose".to_owned(), 3), ("tulip".to_owned(), 4)]);
    assert_eq!(read.prices, Some(prices));
    let nested = HashMap::from([("n".to_owned(), map(&[("k", "v")]))]);
    assert_eq!(read.nested, Some(nested));
    assert_eq!(garden("<labels/>").labels, Some(HashMap::new()));
}

#[test]
fn unions() {
    let read = |inner: &str| garden(&format!("<choice>{inner}</choice>")).choice;
    assert_eq!(read("<text>t</text>"), Some(Choice::Text("t".to_owned())));
    let plot = Plot {
        number: Some(1),
        ..Plot::default()
    };
    assert_eq!(
        read("<plot><number>1</number></plot>"),
        Some(Choice::Plot(plot))
    );
    let many = Choice::Many(strings(&["a", "b"]));
    assert_eq!(read("<many>a</many><many>b</many>"), Some(many));
    let Some(Choice::Unknown(later)) = read("<later><x/></later>") else {
        panic!("a known member")
    };
    assert_eq!(later.name, "later");
    for (inner, found) in [("", 0), ("<text/><many/>", 2), ("<later/><text/>", 2)] {
        let error = fails(&format!("<choice>{inner}</choice>"));
        let expected = format!("choice: expected one member of the union, found {found} at line 1");
        assert!(error.starts_with(&expected), "{error}");
    }
}

#[test]
fn whatever_surrounds_the_data_is_skipped() {
    let read: Garden = respond(
        REST_XML,
        concat!(
            "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c --><?pi x?>\n",
            "<a:Any xmlns:a=\"urn:a\" xmlns=\"urn:b\">\n  <![CDATA[not this]]><?pi y?>\n",
            "  <a:name><!-- c -->n<?pi z?></a:name>\n  <new><a><b c='d'>e</b></a></new><new/>\n",
            "</a:Any>\n<!-- c -->\n<?pi?>\n",
        ),
    )
    .expect("it can be read");
    assert_eq!(read.name.as_deref(), Some("n"));
    assert_eq!(respond::<Garden>(REST_XML, "").expect("nothing").name, None);
}

#[test]
fn payloads() {
    let read: PlotBody = respond(REST_XML, "<Any><number>1</number></Any>").expect("read");
    assert_eq!(read.plot.expect("there").number, Some(1));
    let read: GardenBody = respond(REST_XML, r#"<Any area="2"/>"#).expect("read");
    assert_eq!(read.garden.expect("there").area, Some(2));
    let read: ChoiceBody = respond(REST_XML, "<Any><text>t</text></Any>").expect("read");
    assert_eq!(read.choice, Some(Choice::Text("t".to_owned())));
    let read: ChoiceBody = respond(REST_XML, "").expect("read");
    assert_eq!(read.choice, None);
    let read: TextBody = respond(REST_XML, "<as it is>").expect("read");
    assert_eq!(read.text.as_deref(), Some("<as it is>"));
    let read: BlobBody = respond(REST_XML, "<").expect("read");
    assert_eq!(read.blob, Some(Blob::new("<")));
}

#[test]
fn output_whose_member_is_the_document() {
    let of = |body: &str| {
        let operation: Operation = operation(&LONE).with(&[OperationTrait::UnwrappedXmlOutput]);
        let mut output = Lone::default();
        let body = Body::from(body.as_bytes().to_vec());
        REST_XML
            .response(
                &operation,
                http::StatusCode::OK,
                &header_map(&[]),
                body,
                &mut output,
            )
            .map(|()| output.place)
            .map_err(|error| error.to_string())
    };
    let document = r#"<?xml version="1.0"?><Place xmlns="urn:x">here</Place>"#;
    assert_eq!(of(document), Ok(Some("here".to_owned())));
    assert_eq!(of("<Place/>"), Ok(Some(String::new())));
    assert_eq!(of("<Other>there</Other>"), Ok(Some("there".to_owned())));
    let error = of("<html>there</html>").expect_err("a page");
    assert!(error.starts_with("this is no response"), "{error}");
}

#[test]
fn booleans_are_true_or_else_false() {
    for text in ["false", "", "True", "TRUE", " true ", "1", "yes"] {
        let inner = format!("<Open>{text}</Open>");
        assert_eq!(garden(&inner).open, Some(false), "{text}");
        let read = record(&GARDEN, &format!("<G>{inner}</G>"));
        assert!(
            format!("{read:?}").contains("open: Boolean(false)"),
            "{text}"
        );
    }
    assert_eq!(garden("<Open/>").open, Some(false));
    assert_eq!(garden("<Open>true</Open>").open, Some(true));
}

#[test]
fn wrong_content_is_an_error_with_path_and_place_and_without_the_value() {
    for (inner, expected) in [
        (
            "<area/><depth>maybe</depth>",
            "depth: expected a number, found other text at line 1 column 35",
        ),
        ("<depth/>", "depth: expected a number, found other text"),
        ("<part area=''/>", "part.area: expected an integer"),
        (
            "<slope>much</slope>",
            "slope: expected a number, found other text",
        ),
        (
            "<slope>inf</slope>",
            "slope: expected a number, found other text",
        ),
        ("<seed>*</seed>", "seed: expected Base64, found other text"),
        (
            "<planted>today</planted>",
            "planted: the timestamp is not an RFC 3339 date and time",
        ),
        (
            "<gaps>\n<member>1</member>\n<member>x</member></gaps>",
            "gaps[1]: expected an integer of at most 64 bits",
        ),
        (
            "<gaps><member>99999999999</member></gaps>",
            "gaps[0]: the number is too large for an integer",
        ),
        (
            "<part><parts/><parts><depth>2,5</depth></parts></part>",
            "part.parts[1].depth: expected a number",
        ),
        (
            "<Prices><Item>gold</Item><Price>x</Price></Prices>",
            "prices.*: expected an integer",
        ),
        (
            "<labels><entry><key>k</key><value><x/></value></entry></labels>",
            "labels.k: expected text, found an element",
        ),
        (
            "<labels><entry><value>v</value></entry></labels>",
            "labels: an entry of the map has no key",
        ),
        (
            "<name><b>bold</b></name>",
            "name: expected text, found an element",
        ),
        ("<part>text</part>", "part: expected elements, found text"),
        (
            "<words>text</words>",
            "words: expected elements, found text",
        ),
        (
            "<labels>text</labels>",
            "labels: expected elements, found text",
        ),
        (
            "<document>1</document>",
            "document: XML can't hold a document",
        ),
        ("<part area=\"x\"/>", "part.area: expected an integer"),
        ("<part area=x/>", "part: an attribute is malformed"),
        (
            "<part area='&no;'/>",
            "part: an attribute has an unknown or broken reference",
        ),
    ] {
        let error = fails(inner);
        assert!(error.starts_with(expected), "{inner}: {error}");
        assert!(error.contains(" at line "), "{error}");
        for secret in [
            "maybe",
            "much",
            "today",
            "gold",
            "bold",
            "99999999999",
            "text at the",
        ] {
            assert!(!error.contains(secret), "{error}");
        }
    }
    let second = fails("<gaps>\n<member>1</member>\n<member>x</member></gaps>");
    assert!(second.ends_with("at line 3 column 18"), "{second}");
}

#[test]
fn a_document_of_somebody_else_is_an_error() {
    for body in [
        "<html><body>hush</body></html>",
        "<Error><Code>hush</Code></Error>",
        "<HTML/>",
        "<ErrorResponse><Error><Code>hush</Code></Error></ErrorResponse>",
    ] {
        let no_response = "this is no response to the operation at line 1";
        let error = broken::<Garden>(REST_XML, body);
        assert!(error.starts_with(no_response), "{error}");
        let error = broken::<GardenBody>(REST_XML, body);
        assert!(
            error.starts_with(&format!("garden: {no_response}")),
            "{error}"
        );
    }
    // The outermost element may have any name.
    for body in [
        "<TendResult><new/></TendResult>",
        "<Other/>",
        "<Other><new/></Other>",
        "<x:Garden xmlns:x='u'/>",
        "<Other><new/><name>n</name></Other>",
    ] {
        respond::<Garden>(REST_XML, body).expect("it can be read");
    }
}

#[test]
fn what_is_not_xml_is_an_error() {
    for (body, expected) in [
        ("x", "expected an element, found text at line 1 column 1"),
        (" ", "the document ends too early"),
        ("<", "the document ends too early"),
        ("<a>", "the document ends too early"),
        ("<a><name>n", "name: the document ends too early"),
        ("<a><name>n</name>", "the document ends too early"),
        (
            "<a><new><b></new>",
            "a tag, a declaration or a reference has no counterpart",
        ),
        (
            "<a><name>n</nam></a>",
            "name: a tag, a declaration or a reference has no counterpart",
        ),
        (
            "<a></b>",
            "a tag, a declaration or a reference has no counterpart",
        ),
        (
            "</a>",
            "a tag, a declaration or a reference has no counterpart",
        ),
        ("<a/><a/>", "the document goes on after its end"),
        ("<a/>x", "the document goes on after its end"),
        ("<a><name>&no;</name></a>", "name: an entity is unknown"),
        (
            "<a><name>&#0;</name></a>",
            "name: a character reference is malformed",
        ),
        (
            "<a><name>&#xD800;</name></a>",
            "name: a character reference is malformed",
        ),
        (
            "<a><name>&amp</name></a>",
            "name: a tag, a declaration or a reference has no counterpart",
        ),
        ("{\"a\": 1}", "expected an element, found text"),
    ] {
        let error = broken::<Garden>(REST_XML, body);
        assert!(error.starts_with(expected), "{body}: {error}");
        assert!(error.contains(" at line 1 column "), "{error}");
    }
    let latin = respond_into(
        REST_XML,
        &mut Garden::default(),
        b"<a>\n<name>caf\xe9</name></a>",
    );
    let latin = latin.expect_err("not UTF-8").to_string();
    assert_eq!(latin, "the document is not UTF-8 at line 2 column 9");
}

#[test]
fn entities_are_never_declared() {
    let laughs =
        "<!DOCTYPE a [<!ENTITY l \"lol\"><!ENTITY m \"&l;&l;&l;\">]><a><name>&m;</name></a>";
    let file = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
    for body in [laughs, file] {
        let error = broken::<Garden>(REST_XML, body);
        assert!(
            error.starts_with("a document type declaration is not accepted"),
            "{error}"
        );
    }
    let inside = fails("<new><!DOCTYPE a [<!ENTITY l \"lol\">]></new>");
    assert!(
        inside.starts_with("a document type declaration is not accepted"),
        "{inside}"
    );
}

#[test]
fn depth_is_bounded_where_it_matters() {
    let nested = |open: &str, close: &str, times: usize| {
        format!(
            "<Garden>{}{}</Garden>",
            open.repeat(times),
            close.repeat(times)
        )
    };
    // Skipped elements may nest to any depth.
    let body = nested("<new>", "</new>", 10_000);
    respond::<Garden>(REST_XML, &body).expect("it is skipped");
    respond_into(REST_XML, &mut Record::new(&GARDEN), body.as_bytes()).expect("it is skipped");
    for (open, close) in [
        ("<part>", "</part>"),
        ("<parts>", "</parts>"),
        ("<nested><entry><key/><value>", "</value></entry></nested>"),
    ] {
        let body = nested(open, close, 10_000);
        let record = respond_into(REST_XML, &mut Record::new(&GARDEN), body.as_bytes());
        if open == "<nested><entry><key/><value>" {
            // This nests no deeper than the schema.
            record.expect("it is skipped");
            continue;
        }
        let record = record.expect_err("too deep").to_string();
        for error in [broken::<Garden>(REST_XML, &body), record] {
            assert!(
                error.contains("recursion limit exceeded at line 1"),
                "{error}"
            );
        }
    }
    let fits = nested("<part>", "</part>", 127);
    respond::<Garden>(REST_XML, &fits).expect("within the limit");
    assert!(respond::<Garden>(REST_XML, &nested("<part>", "</part>", 128)).is_err());
    // Never closed.
    let error = broken::<Garden>(REST_XML, &"<new>".repeat(100_000));
    assert!(error.starts_with("the document ends too early"), "{error}");
}

fn record(schema: &'static Schema, body: &str) -> Record {
    let mut record = Record::new(schema);
    respond_into(REST_XML, &mut record, body.as_bytes()).expect("it can be read");
    record
}

#[test]
fn records_become_what_the_schema_says() {
    let read = record(
        &GARDEN,
        concat!(
            "<G area=' 7 '><name>12</name><Open>true</Open><depth>2</depth><slope>1e3</slope><seed> c2VlZD8= </seed>",
            "<planted>1970-01-01T00:00:00Z</planted><watered>1.5</watered><flat>a</flat><words><member>true</member></words>",
            "<flat>b</flat><gaps><member>5</member></gaps><parts><name>p</name></parts><big>+12345678901234567890123</big>",
            "<exact>0.10</exact><labels><entry><key>k</key><value>1</value></entry></labels>",
            "<labels><entry><key>k</key><value>2</value></entry><entry><key>k</key><value>3</value></entry></labels>",
            "<choice><later>1</later></choice></G>",
        ),
    );
    let expected = concat!(
        r#"Garden { name: String("12"), open: Boolean(true), area: Number("7"), depth: Number("2.0"), "#,
        r#"slope: Number("1e3"), seed: String("c2VlZD8="), planted: String("1970-01-01T00:00:00Z"), "#,
        r#"watered: String("1.5"), words: [String("true")], flat: [String("a"), String("b")], "#,
        r#"gaps: [Number("5")], labels: {"k": String("3")}, parts: [Structure(Garden { name: String("p") })], "#,
        r#"big: Number("12345678901234567890123"), exact: Number("0.10"), header: String("h"), "#,
        r#"choice: Structure(Choice { later: *** Sensitive Data Redacted *** }) }"#,
    );
    assert_eq!(format!("{read:?}"), expected);
    let mut broken = Record::new(&GARDEN);
    let error = respond_into(
        REST_XML,
        &mut broken,
        b"<a><gaps><member>x</member></gaps></a>",
    );
    let error = error.expect_err("no number").to_string();
    assert!(
        error.starts_with("gaps[0]: expected a number, found other text"),
        "{error}"
    );
    let payload = record(&BLOB_BODY, "raw");
    assert!(matches!(payload.get(0), Some(Any::Blob(raw)) if raw == b"raw"));
    assert_eq!(LABELS.members().len(), 2);
}

#[test]
fn errors_in_every_wrapper() {
    let fields = "<Type>Sender</Type><Code>Missing</Code><Message>gone &amp; lost</Message>";
    for (body, id) in [
        (
            format!(
                "<ErrorResponse><Error>{fields}</Error><RequestId>r</RequestId></ErrorResponse>"
            ),
            Some("r"),
        ),
        (
            format!(
                "<ErrorResponse xmlns='urn:x'>\n<RequestID>r</RequestID><Error>{fields}</Error></ErrorResponse>"
            ),
            Some("r"),
        ),
        (
            format!(
                "<?xml version='1.0'?><Error>{fields}<RequestId>r</RequestId><HostId>h</HostId></Error>"
            ),
            Some("r"),
        ),
        (
            format!(
                "<Response><Errors><Error>{fields}</Error></Errors><RequestID>r</RequestID></Response>"
            ),
            Some("r"),
        ),
        (
            format!("<e:ErrorResponse><e:Error>{fields}</e:Error></e:ErrorResponse>"),
            None,
        ),
    ] {
        let error = error(REST_XML, 404, &[], &body);
        assert_eq!(error.code.as_deref(), Some("Missing"), "{body}");
        assert_eq!(error.message.as_deref(), Some("gone & lost"), "{body}");
        assert_eq!(error.request_id.as_deref(), id, "{body}");
        assert_eq!(error.schema.map(Schema::id), Some(MISSING.id()), "{body}");
        assert_eq!((error.status, error.protocol), (404, REST_XML.id()));
        let mut read = Missing::default();
        read_error(REST_XML, &error, &mut read).expect("it can be read");
        assert_eq!(read.message.as_deref(), Some("gone & lost"));
    }
    let header = [("x-amz-request-id", "from header")];
    let both = error(
        REST_XML,
        400,
        &header,
        "<Error><RequestId>r</RequestId></Error>",
    );
    assert_eq!(both.request_id.as_deref(), Some("from header"));
}

#[test]
fn the_first_message_counts_and_message_with_a_capital_goes_first() {
    for fields in [
        "<Message>first</Message><message>second</message>",
        "<message>second</message><Message>first</Message>",
        "<Message>first</Message><Message>second</Message>",
        "<message>first</message><message>second</message>",
    ] {
        let body =
            format!("<Error><Code>Fault</Code><garden><name>n</name></garden>{fields}</Error>");
        let error = error(REST_XML, 400, &[], &body);
        assert_eq!(error.message.as_deref(), Some("first"), "{fields}");
        let mut read = Fault::default();
        read_error(REST_XML, &error, &mut read).expect("it can be read");
        assert_eq!(read.message.as_deref(), Some("first"), "{fields}");
        assert_eq!(
            read.garden.and_then(|garden| garden.name).as_deref(),
            Some("n")
        );
    }
}

#[test]
fn errors_have_members_in_body_and_headers() {
    let body = concat!(
        "<ErrorResponse><Error><Code>Fault</Code><Message>m</Message>",
        "<garden area='3'><flat>a</flat><flat>b</flat></garden></Error></ErrorResponse>",
    );
    let error = error(REST_XML, 400, &[("x-retry", "soon")], body);
    assert_eq!(error.schema.map(Schema::id), Some(FAULT.id()));
    let mut read = Fault::default();
    read_error(REST_XML, &error, &mut read).expect("it can be read");
    // The name is capitalized on the wire, but not in the model.
    assert_eq!(read.message.as_deref(), Some("m"));
    assert_eq!(read.retry.as_deref(), Some("soon"));
    let garden = read.garden.expect("there");
    assert_eq!(
        (garden.area, garden.flat),
        (Some(3), Some(strings(&["a", "b"])))
    );
    let mut record = Record::new(&FAULT);
    read_error(REST_XML, &error, &mut record).expect("it can be read");
    assert!(record.member(0).is_some() && record.member(2).is_some());
}

#[test]
fn errors_of_another_form_say_what_they_can() {
    let page = error(REST_XML, 502, &[], " <html><body>Bad Gateway</body></html>");
    assert_eq!(page.message.as_deref(), Some("Bad Gateway"));
    assert!(page.code.is_none() && page.schema.is_none());
    let empty = error(REST_XML, 404, &[], "");
    assert_eq!(
        (empty.code, empty.message.as_deref()),
        (None, Some("Not Found"))
    );
    let cut = error(
        REST_XML,
        400,
        &[],
        "<Error><Code>Missing</Code><Message>half",
    );
    assert_eq!(cut.code.as_deref(), Some("Missing"));
    assert!(read_error(REST_XML, &cut, &mut Missing::default()).is_err());
    let text = error(REST_XML, 400, &[], "no");
    assert_eq!(text.message.as_deref(), Some("Bad Request"));
    let other = error(REST_XML, 403, &[], "<Foo><Message>no</Message></Foo>");
    assert_eq!(other.message.as_deref(), Some("Forbidden"));
    let deep = format!("<Error>{}</Error>", "<a>".repeat(10_000));
    assert_eq!(error(REST_XML, 400, &[], &deep).code, None);
}

#[test]
fn errors_with_the_status_of_a_success() {
    let failed = "<?xml version='1.0'?><Error><Code>Missing</Code><Message>m</Message></Error>";
    let is_error = |schema, body: &str| REST_XML.is_error(&operation(schema), body.as_bytes());
    assert!(is_error(&GARDEN, failed));
    let error = error(REST_XML, 200, &[], failed);
    assert_eq!(
        (error.status, error.code.as_deref()),
        (500, Some("Missing"))
    );
    let wrapped = format!("<ErrorResponse xmlns='u'>{failed}</ErrorResponse>")
        .replace("<?xml version='1.0'?>", "");
    for body in [
        failed,
        &wrapped,
        "<e:Error><Code>Missing</Code><Message>cut",
    ] {
        assert!(is_error(&GARDEN, body), "{body}");
        assert!(is_error(&markup::GARDEN_BODY, body), "{body}");
        assert!(is_error(&swage_client::schema::UNIT, body), "{body}");
        // Where it is data.
        assert!(!is_error(&BLOB_BODY, body), "{body}");
        assert!(!is_error(&markup::TEXT_BODY, body), "{body}");
    }
    for body in [
        "",
        "<Error/>",
        "<ErrorResponse><Code>Missing</Code></ErrorResponse>",
        "<Any><Error><Code>Missing</Code></Error></Any>",
        "x",
    ] {
        assert!(!is_error(&GARDEN, body), "{body}");
    }
}

#[test]
fn request_ids_of_successes() {
    let id = |headers: &[(&str, &str)], body: &str| {
        REST_XML.request_id(&header_map(headers), body.as_bytes())
    };
    let body = "<R><ResponseMetadata><RequestId>b</RequestId></ResponseMetadata></R>";
    assert_eq!(id(&[], body).as_deref(), Some("b"));
    assert_eq!(id(&[("x-amzn-requestid", "h")], body).as_deref(), Some("h"));
    assert_eq!(id(&[], ""), None);
}
