//! Behaviour of records that types get from generated code.

use swage_client::schema::{INTEGER, Member, STRING, Schema, TIMESTAMP, Trait};
use swage_client::{Any, Record};

static LEAF: Schema = Schema::structure(
    "example#Leaf",
    &[
        Member::new("name", &STRING).required(),
        Member::new("loose", &STRING).required().client_optional(),
        Member::new("extra", &STRING),
        Member::new("size", &INTEGER)
            .required()
            .with(&[Trait::Default(swage_client::schema::DefaultValue::Number(
                "5",
            ))]),
    ],
);
static LEAVES: Schema = Schema::list("example#Leaves", &[Member::new("member", &LEAF)]);
static CHOICE: Schema = Schema::union(
    "example#Choice",
    &[
        Member::new("one", &STRING).required(),
        Member::new("two", &STRING),
    ],
);
static TREE: Schema = Schema::structure(
    "example#Tree",
    &[
        Member::new("at", &TIMESTAMP).required(),
        Member::new("leaf", &LEAF).required(),
        Member::new("leaves", &LEAVES),
        Member::new("choice", &CHOICE).required(),
    ],
);
/// It has no finite value.
static ENDLESS: Schema = Schema::structure(
    "example#Endless",
    &[Member::new("next", &ENDLESS).required()],
);

#[test]
fn what_a_server_failed_to_send_is_filled_in_when_asked_for() {
    let mut tree = Record::new(&TREE);
    tree.set(2, Any::List(vec![Any::Structure(Record::new(&LEAF))]));
    tree.correct_errors();
    let leaf = r#"Structure(Leaf { name: String(""), size: Number("5") })"#;
    let found = format!("{tree:?}");
    let expected = format!("leaf: {leaf}, leaves: [{leaf}], choice: Structure(Choice) }}");
    assert!(found.ends_with(&expected), "{found}");
    assert!(matches!(tree.get(0), Some(Any::Timestamp(at)) if at.secs() == 0));
}

#[test]
fn what_came_stays() {
    let mut leaf = Record::new(&LEAF);
    leaf.set(0, Any::String("oak".to_owned()));
    leaf.correct_errors();
    let found = format!("{leaf:?}");
    assert_eq!(found, r#"Leaf { name: String("oak"), size: Number("5") }"#);
}

#[test]
fn a_shape_without_an_end_is_filled_in_as_far_as_anyone_reads() {
    let mut endless = Record::new(&ENDLESS);
    endless.correct_errors();
    let mut depth = 0;
    let mut next = endless.take(0);
    while let Some(Any::Structure(mut record)) = next {
        depth += 1;
        next = record.take(0);
    }
    assert_eq!(depth, 128);
}
