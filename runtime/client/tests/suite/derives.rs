//! The derive macros' code for the members of a structure.

#![allow(dead_code, unreachable_pub)] // setters that no test calls

use std::collections::HashMap;
use swage_client::__private::{Shape, UNIT, UnknownMember};

#[derive(Debug, Default, PartialEq, Shape)]
#[shape(UNIT, setters)]
struct Thing {
    map: Option<HashMap<String, String>>,
    name: Option<String>,
    inner: Option<Box<i8>>,
    r#type: ::std::option::Option<::std::string::String>,
}

#[derive(Debug, Shape)]
#[shape(UNIT, setters)]
struct Strict {
    id: String,
    inner: Box<i32>,
    #[default_value]
    count: i32,
    #[default_value(String::from("none"))]
    note: String,
}

#[derive(Shape)]
#[shape(UNIT)]
struct Defaults {
    #[default_value(7)]
    seven: i32,
    #[sensitive]
    secret: Option<String>,
}

macro_rules! structure {
    ($(#[$attribute:meta])* $vis:vis struct $name:ident { $($(#[$of:meta])* $field_vis:vis $field:ident: $ty:ty,)* }) => {
        #[derive(Debug, Shape)]
        $(#[$attribute])*
        $vis struct $name { $($(#[$of])* $field_vis $field: $ty,)* }
    };
}

structure! {
    #[shape(UNIT, setters)]
    pub struct Inserted {
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
    let inserted = Inserted::new("id").note("some").set_note(None).seven(8);
    assert_eq!(
        (inserted.id.as_str(), inserted.note, inserted.seven),
        ("id", None, 8)
    );
    assert_eq!(Inserted::blank().seven, 7);
    assert_eq!(Choice::One(None).variant(), Some(0));
}

#[test]
fn setters_convert_and_set_or_clear() {
    let thing = Thing::new()
        .map(HashMap::new())
        .name("n")
        .inner(1)
        .r#type("t");
    assert_eq!(thing.map, Some(HashMap::new()));
    assert_eq!(thing.name.as_deref(), Some("n"));
    assert_eq!(thing.inner.as_deref(), Some(&1));
    assert_eq!(thing.r#type.as_deref(), Some("t"));
    let thing = thing.set_map(None).set_name(None).set_inner(None);
    assert_eq!(thing.set_type(None), Thing::default());
}

#[test]
fn required_members_are_given_to_new_and_others_have_their_defaults() {
    let strict = Strict::new("id", 2);
    assert_eq!((strict.id.as_str(), *strict.inner), ("id", 2));
    assert_eq!((strict.count, strict.note.as_str()), (0, "none"));
    let strict = strict.note("some").count(3).id(String::from("other"));
    assert_eq!((strict.count, strict.note.as_str()), (3, "some"));
    assert_eq!(strict.id, "other");
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
}
