//! Values that pass through serde.

use serde_core::de::DeserializeOwned;
use serde_core::{Serialize, Serializer};
use swage_client::__private::serde::{deserialize_into, serialize};
use swage_client::Shape;

/// A copy of a value, by the traits of its type: through a text format and a binary one.
pub(crate) fn copied<T: Serialize + DeserializeOwned>(value: &T) -> Result<T, String> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string())?;
    let value: T = serde_json::from_str(&text).map_err(|error| format!("{error} in {text}"))?;
    let mut bytes = Vec::new();
    ciborium::into_writer(&value, &mut bytes).map_err(|error| error.to_string())?;
    ciborium::from_reader(bytes.as_slice()).map_err(|error| format!("CBOR: {error}"))
}

/// Serializes a shape as JSON, and deserializes it into a blank one.
pub(crate) fn copy(from: &dyn Shape, into: &mut dyn Shape) -> Result<(), String> {
    let text = serde_json::to_string(&Serialized(from)).map_err(|error| error.to_string())?;
    let mut reader = serde_json::Deserializer::from_str(&text);
    deserialize_into(&mut reader, into).map_err(|error| format!("{error} in {text}"))
}

struct Serialized<'a>(&'a dyn Shape);

impl Serialize for Serialized<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, to)
    }
}
