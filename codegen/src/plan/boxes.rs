//! Members that are boxed, because structures and unions contain each other.

use crate::lookup::{Lookup, LookupSet};
use crate::model::{Member, Model, Shape, ShapeId, ShapeKind};
use std::collections::VecDeque;

/// Members, by their owner and name.
pub(super) type Boxes<'m> = LookupSet<(&'m ShapeId, &'m str)>;

/// Boxes a member of each cycle that has no list or map: the one whose id comes first, as in the official crates.
pub(super) fn boxes(model: &Model) -> Boxes<'_> {
    let mut boxes = Boxes::default();
    loop {
        let mut search = Search::new(model, &boxes);
        for shape in model.shapes.values() {
            search.from(shape);
        }
        let cyclic = search.cyclic;
        if cyclic.is_empty() {
            return boxes;
        }
        for shape in cyclic {
            while let Some(first) = first_of_cycle(model, &boxes, shape) {
                boxes.insert(first);
            }
        }
    }
}

/// Without case first, as Smithy compares ids.
fn sort_key(owner: &ShapeId, member: &str) -> (String, String) {
    let id = format!("{owner}${member}");
    (id.to_lowercase(), id)
}

/// The structures and unions that a shape contains without boxes, with the members.
fn contained<'m>(
    model: &'m Model,
    boxes: &Boxes<'m>,
    shape: &'m Shape,
) -> impl Iterator<Item = (&'m Member, &'m Shape)> {
    let is_owner = matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_));
    let members = shape.members().iter().filter(move |_| is_owner);
    let members = members.filter(|member| !boxes.contains(&(&shape.id, &*member.name)));
    members.filter_map(|member| Some((member, model.shapes.get(&member.target.id)?)))
}

/// The first member of a shortest cycle through a shape.
fn first_of_cycle<'m>(
    model: &'m Model,
    boxes: &Boxes<'m>,
    start: &'m Shape,
) -> Option<(&'m ShapeId, &'m str)> {
    let mut came: Lookup<&ShapeId, (&'m Shape, &'m str)> = Lookup::default();
    let mut next = VecDeque::from([start]);
    while let Some(shape) = next.pop_front() {
        for (member, target) in contained(model, boxes, shape) {
            if came.contains_key(&target.id) {
                continue;
            }
            came.insert(&target.id, (shape, &member.name));
            next.push_back(target);
        }
        if came.contains_key(&start.id) {
            break;
        }
    }
    let mut cycle = Vec::new();
    let mut at = &start.id;
    while let Some((owner, member)) = came.get(at) {
        cycle.push((&owner.id, *member));
        at = &owner.id;
        if *at == start.id {
            break;
        }
    }
    let members = cycle.into_iter();
    members.min_by_key(|(owner, member)| sort_key(owner, member))
}

/// Gabow's path-based algorithm for strongly connected components; iterative, since models may nest deeply.
struct Search<'m, 'b> {
    model: &'m Model,
    boxes: &'b Boxes<'m>,
    /// The index of each entered shape in `open`.
    places: Lookup<&'m ShapeId, usize>,
    /// Shapes whose component isn't complete yet.
    open: Vec<&'m Shape>,
    /// The index in `open` at which each of their components starts, as far as known.
    starts: Vec<usize>,
    closed: LookupSet<&'m ShapeId>,
    /// The first shape of each component that has a cycle.
    cyclic: Vec<&'m Shape>,
}

/// A step of the search.
enum Step<'m> {
    Enter(&'m Shape),
    Leave(&'m Shape),
}

impl<'m, 'b> Search<'m, 'b> {
    fn new(model: &'m Model, boxes: &'b Boxes<'m>) -> Self {
        Self {
            model,
            boxes,
            places: Lookup::default(),
            open: Vec::new(),
            starts: Vec::new(),
            closed: LookupSet::default(),
            cyclic: Vec::new(),
        }
    }

    fn from(&mut self, start: &'m Shape) {
        let mut steps = vec![Step::Enter(start)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(shape) if self.is_new(shape) => {
                    steps.push(Step::Leave(shape));
                    let contained = contained(self.model, self.boxes, shape);
                    steps.extend(contained.map(|(_, target)| Step::Enter(target)));
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
            self.open.push(shape);
            return true;
        };
        if !self.closed.contains(&shape.id) {
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
        let component = self.open.split_off(start);
        self.closed.extend(component.iter().map(|shape| &shape.id));
        let first = component.iter().min_by_key(|shape| &shape.id);
        let contains_itself = || {
            let mut contained = contained(self.model, self.boxes, shape);
            contained.any(|(_, target)| target.id == shape.id)
        };
        if component.len() > 1 || contains_itself() {
            self.cyclic.extend(first);
        }
    }
}
