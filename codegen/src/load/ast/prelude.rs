//! Shapes that models can target without defining them.

use super::draft::{Draft, DraftKind, Drafts, set_trait, simple};
use super::read::read_shape;
use crate::load::json;
use crate::model::{ShapeId, Traits};
use crate::node::{NodeValue, Span};
use std::collections::BTreeSet;

/// The prelude is in no source.
const NOWHERE: Span = Span {
    source: u32::MAX,
    start: 0,
    end: 0,
};

/// The shapes of Smithy's validation package, which many models list as an error.
const FRAMEWORK: &str = r#"{
    "smithy.framework#ValidationException": {
        "type": "structure",
        "members": {
            "message": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } },
            "fieldList": { "target": "smithy.framework#ValidationExceptionFieldList" }
        },
        "traits": { "smithy.api#error": "client", "smithy.api#documentation": "The input violates a constraint of the model." }
    },
    "smithy.framework#ValidationExceptionFieldList": {
        "type": "list",
        "member": { "target": "smithy.framework#ValidationExceptionField" }
    },
    "smithy.framework#ValidationExceptionField": {
        "type": "structure",
        "members": {
            "path": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } },
            "message": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } }
        },
        "traits": { "smithy.api#documentation": "A member that violates a constraint." }
    }
}"#;

/// The shapes of Alloy, which are in a library that models rarely come with. Its formats of strings don't change messages.
const ALLOY: &str = r#"{
    "alloy#UUID": { "type": "string" },
    "alloy#LocalDate": { "type": "string" },
    "alloy#LocalTime": { "type": "string" },
    "alloy#LocalDateTime": { "type": "string" },
    "alloy#OffsetTime": { "type": "string" },
    "alloy#ZoneId": { "type": "string" },
    "alloy#ZoneOffset": { "type": "string" },
    "alloy#ZonedDateTime": { "type": "string" },
    "alloy#YearMonth": { "type": "string" },
    "alloy#MonthDay": { "type": "string" },
    "alloy#Year": { "type": "integer" },
    "alloy#Duration": { "type": "bigDecimal" },
    "alloy#OffsetDateTime": { "type": "timestamp", "traits": { "smithy.api#timestampFormat": "date-time" } },
    "alloy#DayOfWeek": {
        "type": "enum",
        "members": {
            "MONDAY": { "target": "smithy.api#Unit" },
            "TUESDAY": { "target": "smithy.api#Unit" },
            "WEDNESDAY": { "target": "smithy.api#Unit" },
            "THURSDAY": { "target": "smithy.api#Unit" },
            "FRIDAY": { "target": "smithy.api#Unit" },
            "SATURDAY": { "target": "smithy.api#Unit" },
            "SUNDAY": { "target": "smithy.api#Unit" }
        }
    },
    "alloy#Month": {
        "type": "enum",
        "members": {
            "JANUARY": { "target": "smithy.api#Unit" },
            "FEBRUARY": { "target": "smithy.api#Unit" },
            "MARCH": { "target": "smithy.api#Unit" },
            "APRIL": { "target": "smithy.api#Unit" },
            "MAY": { "target": "smithy.api#Unit" },
            "JUNE": { "target": "smithy.api#Unit" },
            "JULY": { "target": "smithy.api#Unit" },
            "AUGUST": { "target": "smithy.api#Unit" },
            "SEPTEMBER": { "target": "smithy.api#Unit" },
            "OCTOBER": { "target": "smithy.api#Unit" },
            "NOVEMBER": { "target": "smithy.api#Unit" },
            "DECEMBER": { "target": "smithy.api#Unit" }
        }
    }
}"#;

/// Adds the shapes that no source defines.
pub(super) fn add(drafts: &mut Drafts) {
    add_all(drafts, FRAMEWORK);
    add_all(drafts, ALLOY);
    for (name, kind, default) in shapes() {
        let mut traits = Traits::default();
        if let Some(value) = default {
            set_trait(&mut traits, "default", value, NOWHERE);
        }
        if name == "Unit" {
            set_trait(
                &mut traits,
                "unitType",
                NodeValue::Object(Vec::new()),
                NOWHERE,
            );
        }
        drafts
            .entry(ShapeId::new(format!("smithy.api#{name}")))
            .or_insert(Draft {
                span: NOWHERE,
                legacy: false,
                kind,
                traits,
                members: Vec::new(),
                mixins: Vec::new(),
            });
    }
}

/// Adds the shapes of a JSON AST.
fn add_all(drafts: &mut Drafts, shapes: &str) {
    let (root, _) = json::parse(NOWHERE.source, shapes);
    let Some(NodeValue::Object(entries)) = root.map(|root| root.value) else {
        return;
    };
    for entry in entries {
        let id = ShapeId::new(entry.key);
        let draft = read_shape(
            &id,
            entry.value,
            NOWHERE,
            false,
            &mut BTreeSet::new(),
            &mut Vec::new(),
        );
        if let Some(draft) = draft {
            drafts.entry(id).or_insert(draft);
        }
    }
}

fn shapes() -> impl Iterator<Item = (String, DraftKind, Option<NodeValue>)> {
    let plain = [
        "boolean",
        "byte",
        "short",
        "integer",
        "long",
        "float",
        "double",
        "bigInteger",
        "bigDecimal",
        "string",
        "blob",
        "timestamp",
        "document",
    ];
    let primitive = [
        "boolean", "byte", "short", "integer", "long", "float", "double",
    ];
    let plain = plain.into_iter().map(|name| (capital(name), name, None));
    let primitive = primitive.into_iter().map(|name| {
        (
            format!("Primitive{}", capital(name)),
            name,
            Some(zero(name)),
        )
    });
    let unit = std::iter::once(("Unit".to_owned(), DraftKind::Structure, None));
    let simple = |(id, name, default): (String, &str, Option<NodeValue>)| {
        Some((id, DraftKind::Simple(simple(name)?), default))
    };
    plain.chain(primitive).filter_map(simple).chain(unit)
}

fn zero(name: &str) -> NodeValue {
    if name == "boolean" {
        NodeValue::Boolean(false)
    } else {
        NodeValue::Number("0".to_owned())
    }
}

fn capital(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_ascii_uppercase() + rest
}
