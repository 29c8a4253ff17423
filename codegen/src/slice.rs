//! The slice of the model that the selected operations need.

use crate::Options;
use crate::check::Checked;
use crate::diagnostic::Diagnostic;
use crate::lookup::OrderedSet;
use crate::model::{Member, Model, Operation, Service, Shape, ShapeId, ShapeKind};
use crate::pattern::{did_you_mean, matches};

/// The part of a model to generate.
#[derive(Debug)]
pub(crate) struct Slice<'m> {
    pub(crate) model: &'m Model,
    pub(crate) service_shape: &'m Shape,
    pub(crate) service: &'m Service,
    /// Sorted by name.
    pub(crate) operations: Vec<(&'m Shape, &'m Operation)>,
    /// All reachable shapes, including errors, sorted by id.
    pub(crate) shapes: OrderedSet<&'m ShapeId>,
    /// The shapes that are reachable from an operation's input.
    pub(crate) from_input: OrderedSet<&'m ShapeId>,
}

/// Slices the model.
pub(crate) fn slice<'m>(
    checked: &Checked<'m>,
    options: &Options,
) -> Result<Slice<'m>, Vec<Diagnostic>> {
    let &Checked {
        model,
        service_shape,
        service,
        ..
    } = checked;
    let operations = chosen(model, service_shape, service, &options.operations)?;
    let mut slice = Slice {
        model,
        service_shape,
        service,
        operations,
        shapes: OrderedSet::default(),
        from_input: OrderedSet::default(),
    };
    for index in 0..slice.operations.len() {
        let (_, operation) = slice.operations[index];
        let mut from_input = std::mem::take(&mut slice.from_input);
        reach_members(
            model,
            operation.input.as_ref().map(|input| &input.id),
            &mut from_input,
        );
        slice.from_input = from_input;
        reach_members(
            model,
            operation.output.as_ref().map(|output| &output.id),
            &mut slice.shapes,
        );
        for error in operation.errors.iter().chain(&service.errors) {
            reach(model, &error.id, &mut slice.shapes);
        }
    }
    slice.shapes.extend(&slice.from_input);
    slice.shapes.sort_unstable();
    Ok(slice)
}

/// The operations that the patterns select; the last matching pattern decides. A pattern with `!` excludes what it matches.
/// Without patterns, or if the first one has a `!`, all operations are selected to start with.
fn chosen<'m>(
    model: &'m Model,
    shape: &'m Shape,
    service: &'m Service,
    patterns: &[String],
) -> Result<Vec<(&'m Shape, &'m Operation)>, Vec<Diagnostic>> {
    let all: Vec<_> = service
        .operations
        .iter()
        .filter_map(|reference| operation(model, &reference.id))
        .collect();
    let unknown: Vec<_> = patterns
        .iter()
        .map(|pattern| pattern.strip_prefix('!').unwrap_or(pattern))
        .filter(|pattern| {
            !all.iter()
                .any(|(shape, _)| matches(pattern, shape.id.name()))
        })
        .map(|pattern| unknown_operation(shape, pattern, &all))
        .collect();
    if !unknown.is_empty() {
        return Err(unknown);
    }
    let mut chosen = all.clone();
    chosen.retain(|(operation, _)| is_chosen(operation.id.name(), patterns));
    if chosen.is_empty() && !all.is_empty() {
        let message = format!("the patterns exclude all operations of {}", shape.id.name());
        let help = "choose at least one operation";
        return Err(vec![Diagnostic::new(shape.span, message).help(help)]);
    }
    let completions = completions(&chosen);
    let mut all = all;
    all.retain(|(operation, _)| {
        let name = operation.id.name();
        is_chosen(name, patterns)
            || completions.contains(&name)
            || is_called_for_others(shape, operation)
    });
    Ok(all)
}

/// The names of the operations that complete uploads which these start.
fn completions<'m>(operations: &[(&'m Shape, &Operation)]) -> Vec<&'m str> {
    let uploads = operations.iter();
    let uploads = uploads.filter_map(|(shape, _)| shape.traits.get("swage.api#upload"));
    let names = uploads.filter_map(|node| node.get("complete")?.get("operation")?.as_str());
    names.collect()
}

/// Whether the client itself calls the operation, for others: for a region, an endpoint or credentials.
fn is_called_for_others(service: &Shape, operation: &Shape) -> bool {
    let named = |id: &str, key| {
        service
            .traits
            .get(id)
            .and_then(|node| node.get(key)?.as_str())
    };
    gives_endpoints(service, operation)
        || named("swage.api#regionRedirects", "lookup") == Some(operation.id.name())
        || operation.traits.has("swage.api#sessionCredentials")
}

/// Whether the operation is the one that is asked for endpoints.
pub(crate) fn gives_endpoints(service: &Shape, operation: &Shape) -> bool {
    let discovery = service.traits.get("aws.api#clientEndpointDiscovery");
    let named = discovery.and_then(|node| node.get("operation")?.as_str());
    named == Some(operation.id.as_str())
}

fn is_chosen(name: &str, patterns: &[String]) -> bool {
    let by_default = patterns.first().is_none_or(|first| first.starts_with('!'));
    patterns.iter().fold(by_default, |chosen, pattern| {
        match pattern.strip_prefix('!') {
            Some(pattern) => chosen && !matches(pattern, name),
            None => chosen || matches(pattern, name),
        }
    })
}

fn operation<'m>(model: &'m Model, id: &ShapeId) -> Option<(&'m Shape, &'m Operation)> {
    let shape = model.shapes.get(id)?;
    let ShapeKind::Operation(operation) = &shape.kind else {
        return None;
    };
    Some((shape, operation))
}

fn unknown_operation(service: &Shape, pattern: &str, all: &[(&Shape, &Operation)]) -> Diagnostic {
    let names = all.iter().map(|(shape, _)| shape.id.name());
    let (message, help) = if pattern.contains(['*', '?']) {
        let message = format!("no operation of {} matches {pattern}", service.id.name());
        (message, None)
    } else {
        let message = format!("unknown operation {pattern} in {}", service.id.name());
        (message, did_you_mean(pattern, names))
    };
    let help = help.unwrap_or_else(|| "use the names from the model, such as PutObject".into());
    Diagnostic::new(service.span, message).help(help)
}

fn reach_members<'m>(model: &'m Model, id: Option<&ShapeId>, into: &mut OrderedSet<&'m ShapeId>) {
    if let Some(shape) = id.and_then(|id| model.shapes.get(id)) {
        for member in members(shape) {
            reach(model, &member.target.id, into);
        }
    }
}

/// Whether a shape is an event stream: a union with `@streaming`.
pub(crate) fn is_event_stream(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Union(_)) && shape.traits.has("streaming")
}

/// Adds a shape and everything reachable from it. Iterative, since models may nest deeply.
fn reach<'m>(model: &'m Model, id: &ShapeId, into: &mut OrderedSet<&'m ShapeId>) {
    let mut work: Vec<&ShapeId> = vec![id];
    while let Some(id) = work.pop() {
        let Some(shape) = model.shapes.get(id) else {
            continue;
        };
        if into.insert(&shape.id) {
            work.extend(members(shape).map(|member| &member.target.id));
            let target = shape.pattern_target().and_then(|id| model.shapes.get(&id));
            work.extend(target.map(|target| &target.id));
        }
    }
}

/// The members of a shape, except those of an enum.
pub(crate) fn members(shape: &Shape) -> impl Iterator<Item = &Member> {
    let (list, first, second): (&[Member], Option<&Member>, Option<&Member>) = match &shape.kind {
        ShapeKind::Structure(members) | ShapeKind::Union(members) => (members, None, None),
        ShapeKind::List(member) => (&[], Some(member), None),
        ShapeKind::Map(key, value) => (&[], Some(key), Some(value)),
        ShapeKind::Simple(_)
        | ShapeKind::Enum(_)
        | ShapeKind::IntEnum(_)
        | ShapeKind::Operation(_)
        | ShapeKind::Resource(_)
        | ShapeKind::Service(_) => (&[], None, None),
    };
    list.iter().chain(first).chain(second)
}
