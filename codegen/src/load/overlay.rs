//! Overlays that come with Swage instead of from the user.

use super::ast::applies;
use super::{Loaded, Source, documents};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, ShapeId, ShapeKind, Trait, Traits};
use crate::node::{Node, NodeValue};
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

    /// Gives the service the protocol with this name if it has none that Swage supports.
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
        let Some(protocol) = PROTOCOLS.iter().find(|of| of.name() == name) else {
            let names = PROTOCOLS.iter().map(Protocol::name);
            let help = did_you_mean(name, names.clone()).unwrap_or_else(|| {
                let names: Vec<_> = names.collect();
                format!("available protocols: {}", names.join(", "))
            });
            let unknown = Diagnostic::new(span, format!("unknown protocol `{name}`"));
            self.problems.push(unknown.help(help));
            return;
        };
        if let Some(shape) = self.model.shapes.get_mut(&id) {
            let value = Node {
                value: NodeValue::Object(Vec::new()),
                span,
            };
            shape
                .traits
                .0
                .insert(protocol.id.to_owned(), Trait { value });
        }
    }

    /// Applies the traits of overlays. `sources` has the model's sources, and from `first` on the overlays. Shapes that this
    /// version of the model doesn't have are skipped, and traits of the model win. Shapes are looked up in the
    /// service's namespace as well, because namespaces differ between formats.
    pub fn overlay(&mut self, sources: &[Source], first: usize) {
        let service = self.model.services().next();
        let namespace = service.map(|(shape, _)| shape.id.namespace().to_owned());
        let roots = documents(sources, first, &mut self.problems).unwrap_or_default();
        for apply in applies(roots, &mut self.problems) {
            let in_service =
                |namespace: &String| ShapeId::new(format!("{namespace}#{}", apply.shape.name()));
            let other = namespace.as_ref().map(in_service);
            let id = other.filter(|_| !self.model.shapes.contains_key(&apply.shape));
            let id = id.unwrap_or(apply.shape);
            if let Some(present) = traits(&mut self.model, &id, apply.member.as_deref()) {
                for (id, value) in apply.traits.0 {
                    present.0.entry(id).or_insert(value);
                }
            }
        }
    }
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
