//! The derive macros' code for the members of a structure.

#![allow(dead_code)] // methods that no test calls

use std::collections::HashMap;
use swage_client::__private::{Shape, StringEnum, UNIT, UnknownMember};

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(UNIT)]
struct Thing {
    map: Option<HashMap<String, String>>,
    name: Option<String>,
    inner: Option<Box<i8>>,
    list: Option<Vec<String>>,
    other: Option<std::collections::HashMap<String, i32>>,
    size: Option<i64>,
    r#type: ::std::option::Option<::std::string::String>,
}

#[derive(Clone, Debug, PartialEq, Shape)]
#[shape(UNIT)]
struct Strict {
    id: String,
    inner: Box<i32>,
    #[default_value]
    count: i32,
    #[default_value(String::from("none"))]
    note: String,
}

#[derive(Clone, PartialEq, Shape)]
#[shape(UNIT)]
struct Defaults {
    #[default_value(7)]
    seven: i32,
    #[sensitive]
    secret: Option<String>,
}

macro_rules! structure {
    ($(#[$attribute:meta])* $vis:vis struct $name:ident { $($(#[$of:meta])* $field_vis:vis $field:ident: $ty:ty,)* }) => {
        #[derive(Clone, Debug, PartialEq, Shape)]
        $(#[$attribute])*
        $vis struct $name { $($(#[$of])* $field_vis $field: $ty,)* }
    };
}

structure! {
    #[shape(UNIT)]
    pub(crate) struct Inserted {
        pub id: String,
        pub(crate) note: Option<String>,
        #[default_value(7)]
        seven: i32,
    }
}

macro_rules! union {
    ($name:ident: $ty:ty) => {
        #[derive(Debug, Shape)]
        #[shape(UNIT)]
        enum $name {
            One($ty),
            Unknown(UnknownMember),
        }
    };
}

union!(Choice: Option<String>);

#[test]
fn types_can_be_made_by_macros() {
    let builder = Inserted::builder().id("id").note("some").set_note(None);
    let inserted = builder.seven(8).build().expect("complete");
    assert_eq!(
        (inserted.id(), inserted.note(), inserted.seven()),
        ("id", None, 8)
    );
    assert_eq!(Inserted::blank().seven, 7);
    assert_eq!(Choice::One(None).variant(), Some(0));
}

#[test]
fn builders_convert_append_and_set_or_clear() {
    let thing = Thing::builder()
        .map("k", "v")
        .name("n")
        .inner(1)
        .list("a")
        .list("b")
        .other("one", 1)
        .r#type("t");
    assert_eq!(
        thing.get_list(),
        &Some(vec!["a".to_owned(), "b".to_owned()])
    );
    let thing = thing.build();
    assert_eq!(
        thing.map().and_then(|map| map["k"].as_str().into()),
        Some("v")
    );
    assert_eq!(thing.name(), Some("n"));
    assert_eq!(thing.inner(), Some(&1));
    assert_eq!(thing.list(), ["a", "b"]);
    assert_eq!(thing.other().map(|of| of["one"]), Some(1));
    assert_eq!(thing.size(), None);
    assert_eq!(thing.r#type(), Some("t"));
    assert_eq!(Thing::default().list(), [] as [String; 0]);
    let builder = Thing::builder()
        .name("n")
        .set_name(None)
        .size(2)
        .set_size(None);
    assert_eq!(builder, Thing::builder());
    assert_eq!(builder.build(), Thing::default());
}

#[test]
fn a_builder_names_what_is_missing_and_fills_in_defaults() {
    let error = Strict::builder().id("id").build().expect_err("incomplete");
    assert!(
        error
            .to_string()
            .contains("`inner` isn't set, but Strict requires it"),
        "{error}"
    );
    let strict = Strict::builder()
        .id("id")
        .inner(2)
        .build()
        .expect("complete");
    assert_eq!((strict.id(), strict.inner()), ("id", &2));
    assert_eq!((strict.count(), strict.note()), (0, "none"));
    let builder = Strict::builder().id("id").inner(2).count(3).note("some");
    assert_eq!(builder, builder.clone().inner(Box::new(2)));
    assert_eq!(builder.get_count(), &Some(3));
    let strict = builder.build().expect("complete");
    assert_eq!((strict.count, strict.note.as_str()), (3, "some"));
}

#[test]
fn defaults_that_are_not_blank_make_default_and_sensitive_members_are_hidden() {
    let defaults = Defaults {
        secret: Some("hidden".into()),
        ..Defaults::default()
    };
    assert_eq!(defaults.seven, 7);
    let shown = format!("{defaults:?}");
    assert!(
        shown.starts_with("Defaults { seven: 7, secret: "),
        "{shown}"
    );
    assert!(!shown.contains("hidden"), "{shown}");
    let shown = format!("{:?}", Defaults::builder().secret("hidden"));
    assert!(shown.starts_with("DefaultsBuilder { seven: "), "{shown}");
    assert!(!shown.contains("hidden"), "{shown}");
}

#[test]
fn builders_show_their_members() {
    let unset = ", list: None, other: None, size: None, type: None }";
    assert_eq!(
        format!("{:?}", Thing::builder().name("n").inner(2)),
        format!(r#"ThingBuilder {{ map: None, name: Some("n"), inner: Some(2){unset}"#)
    );
    assert_eq!(
        format!("{:#?}", Defaults::builder()),
        "DefaultsBuilder {\n    seven: None,\n    secret: \"*** Sensitive Data Redacted ***\",\n}"
    );
    assert_eq!(
        format!("{:#?}", Note::builder().text("some")),
        "NoteBuilder {\n    text: Some(\n        \"some\",\n    ),\n}"
    );
    // Required members are kept beside the structure.
    assert_eq!(
        format!("{:?}", Strict::builder().id("id").count(3)),
        r#"StrictBuilder { id: Some("id"), inner: None, count: Some(3), note: None }"#
    );
}

#[derive(Clone, Debug, Default, PartialEq, Shape)]
#[shape(UNIT)]
struct Note {
    text: Option<String>,
}

#[derive(Clone, Debug, PartialEq, StringEnum)]
enum Suit {
    #[wire("HEARTS")]
    Hearts,
    Unknown(String),
}

#[derive(Clone, PartialEq, StringEnum)]
#[sensitive]
enum Hidden {
    #[wire("A")]
    A,
    Unknown(String),
}

#[test]
fn an_enum_parses_only_what_the_model_lists() {
    assert_eq!(Suit::try_parse("HEARTS"), Ok(Suit::Hearts));
    let error = Suit::try_parse("SPADES").expect_err("unknown");
    assert_eq!(error.to_string(), "unknown enum variant: 'SPADES'");
    let error = Hidden::try_parse("SECRET").expect_err("unknown");
    assert_eq!(
        format!("{error:?}"),
        r#"UnknownVariantError { value: "*** Sensitive Data Redacted ***" }"#
    );
    assert_eq!(Suit::from("SPADES"), Suit::Unknown("SPADES".to_owned()));
}
