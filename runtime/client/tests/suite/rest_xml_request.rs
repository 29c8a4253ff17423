//! Requests of restXml.
use crate::markup;

use crate::markup::{
    BlobBody, Choice, ChoiceBody, Garden, GardenBody, NAMESPACED, NamedBody, PLOT, Plot, PlotBody,
    TextBody, body, operation, request, text_of,
};
use aws_smithy_types::{Blob, DateTime, Document};
use std::collections::HashMap;
use swage_client::error::EncodeError;
use swage_client::protocol::rest_xml::REST_XML;
use swage_client::shape::UnknownMember;
use swage_client::{Any, Record};

fn strings(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn xml(garden: Garden) -> String {
    let mut garden = garden;
    let text = body(REST_XML, &mut garden);
    let start = r#"<Garden xmlns="urn:garden""#;
    let inner = text.strip_prefix(start).expect("the document's element");
    inner.strip_suffix("</Garden>").expect("its end").to_owned()
}

#[test]
fn scalars() {
    let garden = Garden {
        name: Some(" a <b> & \"c\"\r\n".to_owned()),
        open: Some(true),
        depth: Some(f32::NAN),
        slope: Some(f64::NEG_INFINITY),
        seed: Some(Blob::new("seed?")),
        planted: Some(DateTime::from_secs(0)),
        watered: Some(DateTime::from_secs_and_nanos(1, 500_000_000)),
        big: "123456789012345678901234567890".parse().ok(),
        exact: "0.10".parse().ok(),
        secret: Some(String::new()),
        ..Garden::default()
    };
    let expected = concat!(
        "><name> a &lt;b&gt; &amp; \"c\"&#13;\n</name><Open>true</Open><depth>NaN</depth><slope>-Infinity</slope>",
        "<seed>c2VlZD8=</seed><planted>1970-01-01T00:00:00Z</planted><watered>1.5</watered><secret></secret>",
        "<big>123456789012345678901234567890</big><exact>0.10</exact>",
    );
    assert_eq!(xml(garden), expected);
}

#[test]
fn attributes_come_first_and_keep_every_character() {
    let garden = Garden {
        name: Some("n".to_owned()),
        area: Some(-4),
        kind: Some("<\"&'>\n\t\r".to_owned()),
        part: Some(Box::new(Garden {
            kind: Some("k".to_owned()),
            ..Garden::default()
        })),
        ..Garden::default()
    };
    let expected = concat!(
        r#" area="-4" x:type="&lt;&quot;&amp;&apos;&gt;&#10;&#9;&#13;"><name>n</name>"#,
        r#"<part xmlns:x="urn:part" x:type="k"></part>"#,
    );
    assert_eq!(xml(garden), expected);
}

#[test]
fn lists_plain_named_flattened_and_nested() {
    let garden = Garden {
        words: Some(vec![]),
        tags: Some(strings(&["a", "b"])),
        flat: Some(strings(&["c", "d"])),
        rows: Some(vec![strings(&["e"]), vec![]]),
        gaps: Some(vec![Some(1), None]),
        parts: Some(vec![Garden::default(), Garden::default()]),
        ..Garden::default()
    };
    let expected = concat!(
        "><words></words>",
        r#"<TagSet><tag xmlns="urn:tag">a</tag><tag xmlns="urn:tag">b</tag></TagSet>"#,
        r#"<flat xmlns="urn:tag">c</flat><flat xmlns="urn:tag">d</flat>"#,
        "<rows><member><member>e</member></member><member></member></rows>",
        "<gaps><member>1</member><member></member></gaps><parts></parts><parts></parts>",
    );
    assert_eq!(xml(garden), expected);
}

#[test]
fn maps_plain_flattened_and_nested() {
    let labels = HashMap::from([("k".to_owned(), "v".to_owned())]);
    let garden = Garden {
        labels: Some(labels.clone()),
        prices: Some(HashMap::from([("rose".to_owned(), 3)])),
        nested: Some(HashMap::from([("n".to_owned(), labels)])),
        ..Garden::default()
    };
    let entry = "<entry><key>k</key><value>v</value></entry>";
    let expected = format!(
        "><labels>{entry}</labels><Prices xmlns:p=\"urn:prices\"><Item>rose</Item><Price>3</Price></Prices>\
         <nested><entry><key>n</key><value>{entry}</value></entry></nested>"
    );
    assert_eq!(xml(garden), expected);
}

#[test]
fn unions() {
    let with = |choice| {
        xml(Garden {
            choice: Some(choice),
            ..Garden::default()
        })
    };
    assert_eq!(
        with(Choice::Text("t".to_owned())),
        "><choice><text>t</text></choice>"
    );
    assert_eq!(
        with(Choice::Plot(Plot {
            number: Some(1),
            ..Plot::default()
        })),
        "><choice><plot><number>1</number></plot></choice>"
    );
    assert_eq!(
        with(Choice::Many(strings(&["a", "b"]))),
        "><choice><many>a</many><many>b</many></choice>"
    );
}

#[test]
fn documents_are_called_after_shapes_or_what_they_say() {
    let plot = || Plot {
        number: Some(1),
        ..Plot::default()
    };
    let inner = "<number>1</number>";
    assert_eq!(
        body(REST_XML, &mut plot()),
        format!("<PlotDocument>{inner}</PlotDocument>")
    );
    let mut payload = PlotBody { plot: Some(plot()) };
    assert_eq!(
        body(REST_XML, &mut payload),
        format!("<PlotDocument>{inner}</PlotDocument>")
    );
    let mut named = NamedBody { plot: Some(plot()) };
    assert_eq!(
        body(REST_XML, &mut named),
        format!("<Own xmlns:o=\"urn:own\">{inner}</Own>")
    );
    let mut own = GardenBody {
        garden: Some(Garden::default()),
    };
    assert_eq!(
        body(REST_XML, &mut own),
        r#"<Garden xmlns="urn:garden"></Garden>"#
    );
    let mut operation = operation(&PLOT);
    operation.service = &NAMESPACED;
    let sent = REST_XML
        .request(&operation, &mut plot())
        .expect("it can be encoded");
    assert_eq!(
        text_of(sent),
        format!("<PlotDocument xmlns=\"urn:service\">{inner}</PlotDocument>")
    );
}

#[test]
fn content_types() {
    let sent = |input: &mut dyn swage_client::Shape| {
        let sent = request(REST_XML, input).expect("it can be encoded");
        let media = sent.headers.get("content-type");
        let media = media.map(|value| value.to_str().expect("text").to_owned());
        (media, text_of(sent))
    };
    let mut plot = Plot {
        number: Some(1),
        ..Plot::default()
    };
    assert_eq!(sent(&mut plot).0.as_deref(), Some("application/xml"));
    assert_eq!(sent(&mut Plot::default()), (None, String::new()));
    let mut text = TextBody {
        text: Some("<as it is>".to_owned()),
    };
    assert_eq!(
        sent(&mut text),
        (Some("text/plain".to_owned()), "<as it is>".to_owned())
    );
    let mut blob = BlobBody {
        blob: Some(Blob::new("b")),
    };
    assert_eq!(
        sent(&mut blob).0.as_deref(),
        Some("application/octet-stream")
    );
    assert_eq!(sent(&mut ChoiceBody::default()), (None, String::new()));
    // A missing structure has no document.
    assert_eq!(sent(&mut PlotBody::default()), (None, String::new()));
}

#[test]
fn what_xml_cannot_hold_is_an_error() {
    let fails = |garden: Garden| -> EncodeError {
        let mut garden = garden;
        request(REST_XML, &mut garden).expect_err("it can't be encoded")
    };
    let document = Garden {
        part: Some(Box::new(Garden {
            document: Some(Document::Null),
            ..Garden::default()
        })),
        ..Garden::default()
    };
    assert_eq!(
        fails(document).to_string(),
        "part.document: XML can't hold a document"
    );
    let later = UnknownMember {
        name: "later".to_owned(),
        value: Document::Null,
    };
    let unknown = Garden {
        choice: Some(Choice::Unknown(later)),
        ..Garden::default()
    };
    assert!(
        fails(unknown)
            .to_string()
            .starts_with("choice: a member of a union that")
    );
}

#[test]
fn records_are_written_as_types_are() {
    let text = |text: &str| Any::String(text.to_owned());
    let mut record = Record::new(&markup::GARDEN);
    record.set(0, text("rose"));
    record.set(2, Any::Number("7".to_owned()));
    record.set(6, Any::Blob(b"seed?".to_vec()));
    record.set(7, text("1970-01-01T00:00:00Z"));
    record.set(11, Any::List(vec![text("c"), text("d")]));
    record.set(
        15,
        Any::Map(vec![("a".to_owned(), Any::Number("1".to_owned()))]),
    );
    record.set(
        17,
        Any::Map(vec![
            ("Open".to_owned(), Any::Null),
            ("open".to_owned(), Any::Boolean(false)),
        ]),
    );
    let expected = concat!(
        r#"<Garden xmlns="urn:garden" area="7"><name>rose</name><seed>c2VlZD8=</seed>"#,
        r#"<planted>1970-01-01T00:00:00Z</planted><flat xmlns="urn:tag">c</flat><flat xmlns="urn:tag">d</flat>"#,
        r#"<Prices xmlns:p="urn:prices"><Item>a</Item><Price>1</Price></Prices>"#,
        r#"<part xmlns:x="urn:part"><Open>false</Open></part></Garden>"#,
    );
    assert_eq!(body(REST_XML, &mut record), expected);
}
