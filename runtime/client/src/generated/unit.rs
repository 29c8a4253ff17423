//! `smithy.api#Unit`.

use crate::schema::Schema;
use crate::shape::{Shape, Value};

/// The value of a union's variant without a type: `smithy.api#Unit`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit;

impl Shape for Unit {
    fn schema(&self) -> &'static Schema {
        &crate::schema::UNIT
    }

    fn member(&self, _index: usize) -> Option<&dyn Value> {
        None
    }

    fn member_mut(&mut self, _index: usize) -> Option<&mut dyn Value> {
        None
    }

    fn blank() -> Self {
        Self
    }
}
crate::shape_value!(Unit);
