//! Structures and unions that contain each other.

use crate::lookup::Lookup;
use crate::model::{Model, Shape, ShapeId, ShapeKind};

/// A number for each structure and union. Two have the same number if each contains the other without a list or map
/// in between, so that a box is needed.
pub(super) fn cycles(model: &Model) -> Lookup<&ShapeId, usize> {
    let mut search = Search {
        model,
        places: Lookup::default(),
        open: Vec::new(),
        starts: Vec::new(),
        closed: Lookup::default(),
    };
    for shape in model.shapes.values() {
        search.from(shape);
    }
    search.closed
}

/// Gabow's path-based algorithm for strongly connected components; iterative, since models may nest deeply.
struct Search<'m> {
    model: &'m Model,
    /// The index of each entered shape in `open`.
    places: Lookup<&'m ShapeId, usize>,
    /// Shapes whose component isn't complete yet.
    open: Vec<&'m ShapeId>,
    /// The index in `open` at which each of their components starts, as far as known.
    starts: Vec<usize>,
    closed: Lookup<&'m ShapeId, usize>,
}

/// A step of the search.
enum Step<'m> {
    Enter(&'m Shape),
    Leave(&'m Shape),
}

impl<'m> Search<'m> {
    fn from(&mut self, start: &'m Shape) {
        let mut steps = vec![Step::Enter(start)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(shape) if self.is_new(shape) => {
                    steps.push(Step::Leave(shape));
                    let model = self.model;
                    let targets = shape.members().iter().map(|member| &member.target.id);
                    let targets = targets.filter_map(|id| model.shapes.get(id));
                    steps.extend(targets.map(Step::Enter));
                }
                Step::Enter(_) => {}
                Step::Leave(shape) => self.leave(shape),
            }
        }
    }

    /// Enters a new shape. An open one closes a cycle, to which all shapes entered since belong.
    fn is_new(&mut self, shape: &'m Shape) -> bool {
        if !matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_)) {
            return false;
        }
        let Some(place) = self.places.get(&shape.id) else {
            self.places.insert(&shape.id, self.open.len());
            self.starts.push(self.open.len());
            self.open.push(&shape.id);
            return true;
        };
        if !self.closed.contains_key(&shape.id) {
            while self.starts.last().is_some_and(|start| start > place) {
                self.starts.pop();
            }
        }
        false
    }

    fn leave(&mut self, shape: &'m Shape) {
        let Some(start) = self
            .starts
            .pop_if(|start| self.places.get(&shape.id) == Some(start))
        else {
            return;
        };
        let number = self.closed.len();
        let cycle = self.open.split_off(start).into_iter();
        self.closed.extend(cycle.map(|id| (id, number)));
    }
}
