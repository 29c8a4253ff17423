//! What setters may look like in generated code.

use std::collections::HashMap;

#[derive(Default)]
struct Thing {
    map: Option<HashMap<String, String>>,
    name: Option<String>,
    inner: Option<Box<u8>>,
    plain: String,
}

// The commas are those of lines that were too long.
#[rustfmt::skip]
swage_client::setters! {
    trait Thing {
        fn map(
            value: HashMap<String, String>,
        ) -> set_map;
        fn name(
            value: impl Into<String>,
        ) -> set_name;
        fn inner(
            value: Box<u8>,
        ) -> set_inner;
        fn plain(
            value: impl Into<String>,
        );
    }
}

#[test]
fn long_lines_and_short_ones_are_the_same() {
    let thing = Thing::default()
        .map(HashMap::new())
        .name("n")
        .inner(1)
        .plain("p");
    assert_eq!(thing.map, Some(HashMap::new()));
    assert_eq!(
        (thing.name.as_deref(), thing.plain.as_str()),
        (Some("n"), "p")
    );
    assert_eq!(thing.inner.as_deref(), Some(&1));
    let thing = thing.set_map(None).set_name(None).set_inner(None);
    assert!(thing.map.is_none() && thing.name.is_none() && thing.inner.is_none());
}
