//! Applies traits and flattens mixins, so that every shape has all of its members and traits.

use super::draft::{Draft, DraftKind, Drafts};
use super::merge::{Apply, add_trait};
use crate::diagnostic::Diagnostic;
use crate::model::{Member, Reference, ShapeId, Trait, Traits};
use crate::node::{Key, Node, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::discriminant;

/// Traits applied to a shape's members.
type Applies = BTreeMap<ShapeId, Vec<Apply>>;

/// Flattens mixins, each before the shapes that use it, so that traits applied to a mixin reach its users. Mixins
/// themselves end up with only their own members, since nothing targets them.
pub(super) fn flatten(drafts: &mut Drafts, applies: Vec<Apply>, diagnostics: &mut Vec<Diagnostic>) {
    let mut by_shape = Applies::new();
    for apply in applies {
        if drafts.contains_key(&apply.shape) {
            by_shape.entry(apply.shape.clone()).or_default().push(apply);
        } else {
            diagnostics.push(gone(&apply, "shape"));
        }
    }
    let order = order(drafts, diagnostics);
    let mut mixins = Mixins::new(drafts);
    for id in order {
        let Some(mut draft) = drafts.swap_remove(&id) else {
            continue;
        };
        let own_applies = by_shape.remove(&id).unwrap_or_default();
        let late = apply_own(&id, &mut draft, own_applies, diagnostics);
        let own = mixins.is_used(&id).then(|| draft.clone());
        mix(&id, &mut draft, &mut mixins, diagnostics);
        apply_inherited(&id, &mut draft, late, diagnostics);
        if let Some(own) = own {
            let flat = std::mem::replace(&mut draft, own);
            mixins.flat.insert(id.clone(), flat);
        }
        drafts.insert(id, draft);
    }
    for (id, applies) in by_shape {
        if let Some(draft) = drafts.get_mut(&id) {
            let late = apply_own(&id, draft, applies, diagnostics);
            apply_inherited(&id, draft, late, diagnostics);
        }
    }
}

/// Flattened mixins, each kept until its last user is done, to save memory in long chains.
struct Mixins {
    flat: Drafts,
    /// How many users of each mixin are left.
    uses: BTreeMap<ShapeId, usize>,
}

impl Mixins {
    fn new(drafts: &Drafts) -> Self {
        let mut uses = BTreeMap::new();
        for mixin in drafts.values().flat_map(|draft| &draft.mixins) {
            *uses.entry(mixin.id.clone()).or_default() += 1;
        }
        Self {
            flat: Drafts::default(),
            uses,
        }
    }

    fn is_used(&self, id: &ShapeId) -> bool {
        self.uses.contains_key(id)
    }

    fn take(&mut self, id: &ShapeId) -> Option<Draft> {
        let left = self.uses.get_mut(id)?;
        *left -= 1;
        if *left == 0 {
            self.flat.swap_remove(id)
        } else {
            self.flat.get(id).cloned()
        }
    }
}

fn gone(apply: &Apply, what: &str) -> Diagnostic {
    let message = format!(
        "traits are applied to the unknown {what} `{}`",
        apply.target()
    );
    Diagnostic::new(apply.span, message)
        .label("not found in the models")
        .help("fix or remove this `apply`: the model may have renamed or removed the target")
}

/// The shapes that have mixins or are some, mixins before their users. Cycles are reported; their shapes come last.
fn order(drafts: &mut Drafts, diagnostics: &mut Vec<Diagnostic>) -> Vec<ShapeId> {
    let used = drafts.values().flat_map(|draft| &draft.mixins);
    let used: BTreeSet<ShapeId> = used.map(|mixin| mixin.id.clone()).collect();
    let mut open: BTreeMap<ShapeId, usize> = BTreeMap::new();
    open.extend(
        used.into_iter()
            .filter(|id| drafts.contains_key(id))
            .map(|id| (id, 0)),
    );
    let known: BTreeSet<ShapeId> = open.keys().cloned().collect();
    let mut users: BTreeMap<ShapeId, Vec<ShapeId>> = BTreeMap::new();
    for (id, draft) in drafts
        .iter_mut()
        .filter(|(_, draft)| !draft.mixins.is_empty())
    {
        draft
            .mixins
            .retain(|mixin| known.contains(&mixin.id) || report_missing(mixin, diagnostics));
        open.insert(id.clone(), draft.mixins.len());
        for mixin in &draft.mixins {
            users.entry(mixin.id.clone()).or_default().push(id.clone());
        }
    }
    let mut ready: Vec<ShapeId> = open
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(id, _)| id.clone())
        .collect();
    let mut ordered = Vec::new();
    while let Some(id) = ready.pop() {
        for user in users.remove(&id).unwrap_or_default() {
            if let Some(count) = open.get_mut(&user) {
                *count -= 1;
                if *count == 0 {
                    ready.push(user);
                }
            }
        }
        open.remove(&id);
        ordered.push(id);
    }
    for id in open.keys() {
        if let Some(draft) = drafts.get_mut(id) {
            let message = format!("the mixins of `{id}` form a cycle");
            diagnostics.push(
                Diagnostic::new(draft.span, message)
                    .help("remove one of the references in `mixins`"),
            );
            draft.mixins.clear();
        }
    }
    ordered.extend(open.into_keys());
    ordered
}

fn report_missing(mixin: &Reference, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let message = format!("unknown mixin `{}`", mixin.id);
    diagnostics.push(
        Diagnostic::new(mixin.span, message)
            .label("not found in the models")
            .help("fix the shape id"),
    );
    false
}

/// Applies traits to the shape and its own members, and returns the rest.
fn apply_own(
    id: &ShapeId,
    draft: &mut Draft,
    applies: Vec<Apply>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Apply> {
    let mut late = Vec::new();
    for apply in applies {
        let (traits, name) = match &apply.member {
            None => (&mut draft.traits, id.to_string()),
            Some(member) => {
                let Some(own) = draft.members.iter_mut().find(|own| own.name == *member) else {
                    late.push(apply);
                    continue;
                };
                (&mut own.traits, format!("{id}${member}"))
            }
        };
        for (key, value) in apply.traits.0 {
            add_trait(traits, key, value, &name, diagnostics);
        }
    }
    late
}

/// Applies traits to members from mixins; they override the mixin's.
fn apply_inherited(
    id: &ShapeId,
    draft: &mut Draft,
    late: Vec<Apply>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut local: BTreeMap<String, Traits> = BTreeMap::new();
    for apply in late {
        let Some(member) = apply.member.clone() else {
            continue;
        };
        if !draft
            .members
            .iter()
            .any(|inherited| inherited.name == member)
        {
            if !apply.repeated {
                diagnostics.push(gone(&apply, "member"));
            }
            continue;
        }
        let name = format!("{id}${member}");
        let traits = local.entry(member).or_default();
        for (key, value) in apply.traits.0 {
            add_trait(traits, key, value, &name, diagnostics);
        }
    }
    for (name, traits) in local {
        if let Some(member) = draft.members.iter_mut().find(|member| member.name == name) {
            member.traits.0.extend(traits.0);
        }
    }
}

/// Copies the mixins into the shape.
fn mix(id: &ShapeId, draft: &mut Draft, mixins: &mut Mixins, diagnostics: &mut Vec<Diagnostic>) {
    let mut traits = Traits::default();
    let mut members: Vec<Member> = Vec::new();
    let mut inherited = draft.kind.clone();
    let references = std::mem::take(&mut draft.mixins);
    for (index, reference) in references.iter().enumerate() {
        let Some(mixin) = mixins.take(&reference.id) else {
            continue;
        };
        if let Some(problem) = misfit(reference, &mixin, draft) {
            diagnostics.push(problem);
            continue;
        }
        traits.0.extend(inheritable(&mixin));
        add_members(id, &mut members, mixin.members, diagnostics);
        if index == 0 {
            inherited = mixin.kind;
        } else {
            join(&mut inherited, mixin.kind);
        }
    }
    if references.is_empty() {
        return;
    }
    traits.0.extend(std::mem::take(&mut draft.traits.0));
    draft.traits = traits;
    let own = std::mem::take(&mut draft.members);
    add_members(id, &mut members, own, diagnostics);
    draft.members = members;
    join(&mut inherited, draft.kind.clone());
    draft.kind = inherited;
}

fn misfit(reference: &Reference, mixin: &Draft, draft: &Draft) -> Option<Diagnostic> {
    let problem = |message: String, help: &str| {
        Some(
            Diagnostic::new(reference.span, message)
                .related(mixin.span, "defined here")
                .help(help),
        )
    };
    if !mixin.traits.has("mixin") {
        return problem(
            format!("`{}` is used as a mixin, but has no @mixin", reference.id),
            "add `smithy.api#mixin` to it",
        );
    }
    let same = match (&mixin.kind, &draft.kind) {
        (DraftKind::Simple(one), DraftKind::Simple(other)) => one == other,
        (one, other) => discriminant(one) == discriminant(other),
    };
    if same {
        return None;
    }
    problem(
        format!("the mixin `{}` has a different type", reference.id),
        "mix in a shape of the same type",
    )
}

/// The traits that users of a mixin get: all except `mixin` and its `localTraits`.
fn inheritable(mixin: &Draft) -> impl Iterator<Item = (Key, Trait)> {
    let local = mixin
        .traits
        .get("mixin")
        .and_then(|value| value.get("localTraits"))
        .and_then(Node::elements);
    let local: BTreeSet<&str> = local
        .unwrap_or_default()
        .iter()
        .filter_map(Node::as_str)
        .collect();
    let inherited = mixin
        .traits
        .0
        .iter()
        .filter(move |(id, _)| *id != "smithy.api#mixin" && !local.contains(id.as_ref()));
    inherited.map(|(id, value)| (id.clone(), value.clone()))
}

/// Adds members; for existing ones, only their traits.
fn add_members(
    id: &ShapeId,
    members: &mut Vec<Member>,
    added: Vec<Member>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let before = members.len();
    for member in added {
        let mut present = members.iter_mut().take(before);
        let Some(present) = present.find(|present| present.name == member.name) else {
            members.push(member);
            continue;
        };
        if present.target.id != member.target.id {
            diagnostics.push(retargeted(id, member.span, present.span, &member.name));
        }
        present.traits.0.extend(member.traits.0);
        present.span = member.span;
        present.target = member.target;
    }
}

fn retargeted(id: &ShapeId, span: Span, other: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        span,
        format!("conflicting targets for the member `{name}` of `{id}` in mixins"),
    )
    .label("this target")
    .related(other, "differs from this one")
    .help("use the same target in all of them, or rename one")
}

/// Adds the properties of a shape to those from its mixins.
fn join(inherited: &mut DraftKind, own: DraftKind) {
    match (inherited, own) {
        (DraftKind::Operation(to), DraftKind::Operation(from)) => {
            to.input = from.input.or_else(|| to.input.take());
            to.output = from.output.or_else(|| to.output.take());
            add_references(&mut to.errors, from.errors);
        }
        (DraftKind::Service(to), DraftKind::Service(from)) => {
            if !from.version.is_empty() {
                to.version = from.version;
            }
            add_references(&mut to.operations, from.operations);
            add_references(&mut to.resources, from.resources);
            add_references(&mut to.errors, from.errors);
            to.rename.extend(from.rename);
        }
        (to, from) => *to = from,
    }
}

fn add_references(to: &mut Vec<Reference>, from: Vec<Reference>) {
    for reference in from {
        if !to.iter().any(|present| present.id == reference.id) {
            to.push(reference);
        }
    }
}
