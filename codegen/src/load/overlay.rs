//! Overlays that come with Swage instead of from the user.

use super::ast::{Apply, applies};
use super::{Loaded, Source, documents, source_region, timestamps};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Shape, ShapeId, ShapeKind, Trait, Traits};
use crate::node::{Node, NodeValue, Span};
use crate::pattern::did_you_mean;
use crate::registry::{PROTOCOLS, Protocol};

impl Loaded {
    /// The `sdkId` of the service, if there is exactly one service with one.
    pub fn sdk_id(&self) -> Option<&str> {
        let mut services = self.model.services();
        let (shape, _) = services.next()?;
        let is_only = services.next().is_none();
        let service = shape.traits.get("aws.api#service").filter(|_| is_only)?;
        service.get("sdkId")?.as_str()
    }

    /// Leaves out all services but the one with this name or shape id.
    pub fn choose_service(&mut self, name: &str) {
        let services: Vec<_> = self.model.services().map(|(shape, _)| shape).collect();
        let Some(first) = services.first() else {
            return;
        };
        let is_chosen = |shape: &&&Shape| shape.id.name() == name || shape.id.as_str() == name;
        let chosen: Vec<_> = services.iter().filter(is_chosen).collect();
        if let [only] = *chosen {
            self.model = self.model.of_service(&only.id);
        } else if chosen.is_empty() {
            let names = services.iter().map(|shape| shape.id.name());
            let help = help(name, names, "services of the model");
            let unknown = Diagnostic::new(first.span, format!("unknown service `{name}`"));
            self.problems.push(unknown.help(help));
            // The problem is not that there are several.
            self.model = self.model.of_service(&first.id);
        }
    }

    /// Gives the service the protocol with this name or shape id if it has none that Swage supports.
    pub fn assume_protocol(&mut self, name: &str) {
        let mut services = self.model.services();
        let (Some((shape, _)), None) = (services.next(), services.next()) else {
            return;
        };
        if PROTOCOLS.iter().any(|of| shape.traits.has(of.id)) {
            return;
        }
        let (id, span) = (shape.id.clone(), shape.span);
        drop(services);
        let protocol = PROTOCOLS.iter().find(|of| of.is_called(name));
        if protocol.is_none() {
            let names = PROTOCOLS.iter().map(Protocol::name);
            let help = help(name, names, "available protocols");
            let unknown = Diagnostic::new(span, format!("unknown protocol `{name}`"));
            self.problems.push(unknown.help(help));
        }
        // If it is unknown, the problem is not that there is none: any that needs nothing of the model stands for it.
        let any = || PROTOCOLS.iter().find(|of| !of.http_bindings);
        let Some(protocol) = protocol.or_else(any) else {
            return;
        };
        if let Some(shape) = self.model.shapes.get_mut(&id) {
            let value = Node {
                value: NodeValue::Object(Vec::new()),
                span,
            };
            shape.traits.0.insert(protocol.id.into(), Trait { value });
        }
    }

    /// Applies the traits of overlays; traits of the model win. `sources` has the model's sources, and from `first` on the
    /// overlays. Targets are looked up in the service's namespace as well, because namespaces differ between formats.
    ///
    /// A target that the model doesn't have is an error, unless the overlay's metadata says that only some versions of
    /// the model have it.
    pub fn overlay(&mut self, sources: &[Source], first: usize) {
        let missing = self.apply_overlay(sources, first);
        self.problems.extend(missing);
    }

    /// As [`Self::overlay`], for a model with only a part of the service's shapes: targets that it doesn't have are ignored.
    pub fn overlay_excerpt(&mut self, sources: &[Source], first: usize) {
        self.apply_overlay(sources, first);
    }

    /// Applies the traits, and returns a problem for each target that the model should have.
    fn apply_overlay(&mut self, sources: &[Source], first: usize) -> Vec<Diagnostic> {
        let roots = documents(sources, first, &mut self.problems).unwrap_or_default();
        let (applies, metadata) = applies(roots, &mut self.problems);
        let service = self.service_of(&applies);
        let mut versions = Versions::read(metadata.get(VERSIONS), &mut self.problems);
        let mut problems = Vec::new();
        for apply in applies {
            let is_partial = versions.has(&apply);
            let id = self.target(&apply.shape, service.as_ref());
            if let Some(present) = traits(&mut self.model, &id, apply.member.as_deref()) {
                for (id, value) in apply.traits.0 {
                    present.0.insert_missing(id, value);
                }
            } else if !is_partial && !self.unreadable.contains(&id) {
                problems.push(missing(&apply));
            }
        }
        versions.unused(&mut self.problems);
        source_region::add(&mut self.model);
        timestamps::make(&mut self.model);
        problems
    }

    /// The service that an overlay is about: among several, the one whose namespace it names.
    fn service_of(&self, applies: &[Apply]) -> Option<ShapeId> {
        let is_named = |id: &ShapeId| {
            let mut namespaces = applies.iter().map(|apply| apply.shape.namespace());
            namespaces.any(|namespace| namespace == id.namespace())
        };
        let ids = || self.model.services().map(|(shape, _)| &shape.id);
        ids().find(|id| is_named(id)).or(ids().next()).cloned()
    }

    /// The shape of the model that an overlay means by `id`.
    fn target(&self, id: &ShapeId, service: Option<&ShapeId>) -> ShapeId {
        match service {
            Some(service) if id.as_str() == THE_SERVICE => service.clone(),
            Some(service) if !self.model.shapes.contains_key(id) => {
                ShapeId::new(format!("{}#{}", service.namespace(), id.name()))
            }
            _ => id.clone(),
        }
    }
}

/// The name that is meant, or all of them.
fn help<'n>(name: &str, names: impl Iterator<Item = &'n str> + Clone, title: &str) -> String {
    did_you_mean(name, names.clone()).unwrap_or_else(|| {
        let names: Vec<_> = names.collect();
        format!("{title}: {}", names.join(", "))
    })
}

/// The metadata of an overlay that lists the targets that only some versions of a model have.
const VERSIONS: &str = "swageVersions";

/// The shape that stands for the model's service in overlays.
const THE_SERVICE: &str = "swage.overlay#Service";

fn missing(apply: &Apply) -> Diagnostic {
    let target = apply.target();
    Diagnostic::new(apply.span, format!("the model has no `{target}`"))
        .label("an overlay applies traits to it")
        .help(format!(
            "if only some versions of the model have it, add `metadata {VERSIONS} = [{{ target: \"{target}\", since: \"YYYY-MM-DD\" \
             }}]` to the overlay; `--no-overlays` leaves out those that Swage carries"
        ))
}

/// The targets that only some versions of a model have, and whether the overlay applies a trait to them.
#[derive(Default)]
struct Versions(Vec<(String, Span, bool)>);

impl Versions {
    fn read(node: Option<&Node>, problems: &mut Vec<Diagnostic>) -> Self {
        let Some(node) = node else {
            return Self::default();
        };
        let elements = node.elements().unwrap_or(std::slice::from_ref(node));
        let mut targets = Vec::new();
        for element in elements {
            match target_of(element) {
                Some(target) => targets.push((target.to_owned(), element.span, false)),
                None => problems.push(
                    Diagnostic::new(element.span, format!("invalid entry of `{VERSIONS}`")).help(
                        "expected `target`, a shape id, and at least one of `since` and `until`, dates like \"2026-01-31\"",
                    ),
                ),
            }
        }
        Self(targets)
    }

    /// Whether the target of an `apply` or its shape is listed.
    fn has(&mut self, apply: &Apply) -> bool {
        let target = apply.target();
        let mut is_listed = false;
        for (listed, _, is_used) in &mut self.0 {
            if *listed == target || *listed == apply.shape.as_str() {
                *is_used = true;
                is_listed = true;
            }
        }
        is_listed
    }

    /// Reports the targets that the overlay applies nothing to.
    fn unused(self, problems: &mut Vec<Diagnostic>) {
        for (target, span, is_used) in self.0 {
            if !is_used {
                let message = format!("the overlay applies no trait to `{target}`");
                problems.push(
                    Diagnostic::new(span, message).help("remove the entry or fix its `target`"),
                );
            }
        }
    }
}

/// The target of an entry, if the entry is valid.
fn target_of(entry: &Node) -> Option<&str> {
    let entries = entry.entries()?;
    let is_valid = entries.iter().all(|entry| match &*entry.key {
        "target" => true,
        "since" | "until" => entry.value.as_str().is_some_and(is_date),
        _ => false,
    });
    let target = entry.get("target")?.as_str()?;
    (is_valid && entries.len() > 1).then_some(target)
}

/// Whether a text has the form of `2026-01-31`.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// The traits of a shape or of one of its members.
fn traits<'m>(model: &'m mut Model, id: &ShapeId, member: Option<&str>) -> Option<&'m mut Traits> {
    let shape = model.shapes.get_mut(id)?;
    let Some(name) = member else {
        return Some(&mut shape.traits);
    };
    let (ShapeKind::Enum(members)
    | ShapeKind::IntEnum(members)
    | ShapeKind::Structure(members)
    | ShapeKind::Union(members)) = &mut shape.kind
    else {
        return None;
    };
    let member = members.iter_mut().find(|member| member.name == name)?;
    Some(&mut member.traits)
}
