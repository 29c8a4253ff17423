//! Types as trees, so that those of two crates can be compared.

use super::docs::{Docs, ItemRef};
use rustdoc_types::{
    AssocItemConstraintKind, GenericArg, GenericArgs, GenericBound, GenericParamDefKind, Generics,
    ItemEnum, ItemKind, Path, Term, TraitBoundModifier, Type, WherePredicate,
};
use std::collections::BTreeMap;
use std::fmt;

/// A type without lifetimes: a name and what it applies to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Tree {
    pub(crate) name: String,
    pub(crate) children: Vec<Tree>,
}

/// A parameter of an implementation. It stands for any type.
const ANY: &str = "_";
/// A type that implements traits.
const IMPL: &str = "impl";

impl Tree {
    pub(crate) fn new(name: impl Into<String>, children: Vec<Tree>) -> Self {
        let name = name.into();
        Self { name, children }
    }

    pub(crate) fn leaf(name: impl Into<String>) -> Self {
        Self::new(name, Vec::new())
    }

    pub(crate) fn any() -> Self {
        Self::leaf(ANY)
    }

    /// The type with those that aliases stand for.
    pub(crate) fn expand(&self, aliases: &BTreeMap<String, Tree>) -> Tree {
        if let Some(tree) = aliases.get(&self.name).filter(|_| self.children.is_empty()) {
            return tree.clone();
        }
        let children = self.children.iter().map(|of| of.expand(aliases));
        Tree::new(&self.name, children.collect())
    }

    /// Whether this type stands for the official type, too.
    pub(crate) fn covers(&self, theirs: &Tree) -> bool {
        self.is_any() || self.is_like(theirs, Tree::covers)
    }

    /// Whether a value of the official type can be given where we expect this type.
    pub(crate) fn takes(&self, theirs: &Tree) -> bool {
        if self.is_any() || theirs.is_any() {
            return true;
        }
        match (self.is_impl(), theirs.is_impl()) {
            (true, true) => {
                let is_met = |bound: &Tree| theirs.children.iter().any(|of| bound.takes(of));
                self.children
                    .iter()
                    .all(|bound| bound.is_common() || is_met(bound))
            }
            // What is given as it is may be converted. `None` has no type to convert from.
            (true, false) => self.children.iter().all(|bound| {
                let is_into = bound.name.ends_with("convert::Into") && theirs.name != "Option";
                let takes = |of: &Tree| of.takes(theirs) || of.is_wider(theirs);
                bound.is_common() || (is_into && bound.children.iter().all(takes))
            }),
            _ => self.is_like(theirs, Tree::takes),
        }
    }

    /// Whether a value of this type can be used as one of the official type.
    pub(crate) fn gives(&self, theirs: &Tree) -> bool {
        if self.is_any() || theirs.is_any() {
            return true;
        }
        match (self.is_impl(), theirs.is_impl()) {
            (true, true) => theirs
                .children
                .iter()
                .all(|bound| self.children.iter().any(|of| of.gives(bound))),
            // A type of a name is more than one without. What an associated type stands for isn't looked up.
            (false, true) => true,
            _ if self.name.starts_with("::") => true,
            _ => self.is_like(theirs, Tree::gives),
        }
    }

    fn is_like(&self, theirs: &Tree, compare: fn(&Tree, &Tree) -> bool) -> bool {
        let mut pairs = self.children.iter().zip(&theirs.children);
        self.name == theirs.name
            && self.children.len() == theirs.children.len()
            && pairs.all(|(ours, theirs)| compare(ours, theirs))
    }

    fn is_any(&self) -> bool {
        self.name == ANY
    }

    /// Whether it is an integer into which the other one converts without loss.
    fn is_wider(&self, other: &Tree) -> bool {
        let integers = ["i8", "i16", "i32", "i64"];
        let rank = |of: &Tree| integers.iter().position(|name| *name == of.name);
        matches!((rank(self), rank(other)), (Some(ours), Some(theirs)) if ours > theirs)
    }

    fn is_impl(&self) -> bool {
        self.name == IMPL
    }

    /// Bounds that most types meet.
    fn is_common(&self) -> bool {
        matches!(self.name.as_str(), "Send" | "Sync" | "Unpin" | "Sized")
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, separator: &str| {
            for (index, child) in self.children.iter().enumerate() {
                let separator = if index == 0 { "" } else { separator };
                write!(f, "{separator}{child}")?;
            }
            Ok(())
        };
        match self.name.as_str() {
            "&" | "&mut " => {
                f.write_str(&self.name)?;
                list(f, "")
            }
            IMPL | "dyn" => {
                write!(f, "{} ", self.name)?;
                list(f, " + ")
            }
            "(" => {
                f.write_str("(")?;
                list(f, ", ")?;
                f.write_str(")")
            }
            "[" => {
                f.write_str("[")?;
                list(f, "")?;
                f.write_str("]")
            }
            name => {
                f.write_str(name)?;
                if !self.children.is_empty() {
                    f.write_str("<")?;
                    list(f, ", ")?;
                    f.write_str(">")?;
                }
                Ok(())
            }
        }
    }
}

/// What types are called: by a public path of the crate if they have one, otherwise by the path of their definition.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    pub(crate) by_definition: BTreeMap<String, String>,
    /// Aliases by the types that they stand for.
    pub(crate) aliases: BTreeMap<String, String>,
    /// How many arguments some types have in programs, by their definitions.
    pub(crate) arities: BTreeMap<String, usize>,
    /// The crate whose types can't be named if they have no public path.
    pub(crate) own: Option<String>,
}

impl Names {
    fn of(&self, definition: &str) -> String {
        if let Some(name) = self.by_definition.get(definition) {
            return name.clone();
        }
        let own = self.own.as_ref();
        if own.is_some_and(|own| definition.starts_with(&format!("{own}::"))) {
            return ANY.to_owned();
        }
        match definition {
            "core::option::Option" => "Option".to_owned(),
            "core::result::Result" => "Result".to_owned(),
            "alloc::string::String" => "String".to_owned(),
            "alloc::vec::Vec" => "Vec".to_owned(),
            "core::marker::Send" => "Send".to_owned(),
            "core::marker::Sync" => "Sync".to_owned(),
            "core::marker::Unpin" => "Unpin".to_owned(),
            "core::marker::Sized" => "Sized".to_owned(),
            _ => definition.to_owned(),
        }
    }
}

/// How deep types are followed, because a bound may name its own parameter.
const DEPTH: usize = 12;

/// Makes trees of types in a crate.
#[derive(Clone)]
pub(crate) struct Scope<'d> {
    pub(crate) docs: &'d Docs,
    pub(crate) names: &'d Names,
    pub(crate) krate: usize,
    /// What parameters stand for.
    pub(crate) parameters: BTreeMap<String, Tree>,
}

impl<'d> Scope<'d> {
    pub(crate) fn new(docs: &'d Docs, names: &'d Names, krate: usize) -> Self {
        Self {
            docs,
            names,
            krate,
            parameters: BTreeMap::new(),
        }
    }

    /// Adds parameters of an implementation, which stand for any type.
    pub(crate) fn add_any(&mut self, generics: &Generics) {
        for parameter in &generics.params {
            if matches!(parameter.kind, GenericParamDefKind::Type { .. }) {
                self.parameters.insert(parameter.name.clone(), Tree::any());
            }
        }
    }

    /// Adds parameters of a function, which stand for their bounds.
    pub(crate) fn add_bounds(&mut self, generics: &Generics) {
        let mut bounds: BTreeMap<&str, Vec<&GenericBound>> = BTreeMap::new();
        for parameter in &generics.params {
            if let GenericParamDefKind::Type { bounds: of, .. } = &parameter.kind {
                bounds.entry(&parameter.name).or_default().extend(of);
            }
        }
        for predicate in &generics.where_predicates {
            if let WherePredicate::BoundPredicate {
                type_, bounds: of, ..
            } = predicate
                && let Type::Generic(name) = type_
                && let Some(bounds) = bounds.get_mut(name.as_str())
            {
                bounds.extend(of);
            }
        }
        // Parameters may be named before they are declared.
        for name in bounds.keys() {
            self.parameters.insert((*name).to_owned(), Tree::any());
        }
        for _ in 0..2 {
            for (name, of) in &bounds {
                let tree = self.bounds(IMPL, of.iter().copied(), 0);
                self.parameters.insert((*name).to_owned(), tree);
            }
        }
    }

    /// Binds a type's parameters to arguments; without arguments they stand for any type.
    pub(crate) fn bind(&mut self, generics: &Generics, arguments: Option<&[Tree]>) {
        match arguments {
            Some(arguments) => drop(self.fill(generics, arguments, 0)),
            None => self.add_any(generics),
        }
    }

    pub(crate) fn tree(&self, of: &Type) -> Tree {
        self.at(of, 0)
    }

    fn at(&self, of: &Type, depth: usize) -> Tree {
        if depth > DEPTH {
            return Tree::any();
        }
        let inner = |of: &Type| self.at(of, depth + 1);
        match of {
            Type::ResolvedPath(path) => self.path_at(path, depth),
            Type::DynTrait(of) => {
                let traits = of
                    .traits
                    .iter()
                    .map(|of| self.path_at(&of.trait_, depth + 1));
                sorted("dyn", traits.collect())
            }
            Type::Generic(name) => {
                let known = self.parameters.get(name).cloned();
                known.unwrap_or_else(|| Tree::leaf(name))
            }
            Type::Primitive(name) => Tree::leaf(name),
            Type::FunctionPointer(of) => {
                let inputs = of.sig.inputs.iter().map(|(_, of)| inner(of));
                let output = of.sig.output.as_ref().map_or(Tree::leaf("("), inner);
                Tree::new("fn", inputs.chain([output]).collect())
            }
            Type::Tuple(of) => Tree::new("(", of.iter().map(inner).collect()),
            Type::Slice(of) => Tree::new("[", vec![inner(of)]),
            Type::Array { type_, len } => Tree::new(format!("[{len}]"), vec![inner(type_)]),
            Type::Pat { type_, .. } => inner(type_),
            Type::ImplTrait(bounds) => self.bounds(IMPL, bounds.iter(), depth + 1),
            Type::Infer => Tree::any(),
            Type::RawPointer { type_, .. } => Tree::new("*", vec![inner(type_)]),
            Type::BorrowedRef {
                is_mutable, type_, ..
            } => Tree::new(if *is_mutable { "&mut " } else { "&" }, vec![inner(type_)]),
            Type::QualifiedPath {
                name, self_type, ..
            } => Tree::new(format!("::{name}"), vec![inner(self_type)]),
        }
    }

    pub(crate) fn path(&self, path: &Path) -> Tree {
        self.path_at(path, 0)
    }

    fn path_at(&self, path: &Path, depth: usize) -> Tree {
        if depth > DEPTH {
            return Tree::any();
        }
        let at = ItemRef {
            krate: self.krate,
            id: path.id,
        };
        let mut children = path
            .args
            .as_deref()
            .map_or_else(Vec::new, |args| self.arguments(args, depth));
        if let Some((place, item)) = self.docs.resolve(at) {
            if let ItemEnum::TypeAlias(alias) = &item.inner {
                let mut inside = Scope::new(self.docs, self.names, place.krate);
                inside.fill(&alias.generics, &children, depth);
                return inside.at(&alias.type_, depth + 1);
            }
            let generics = match &item.inner {
                ItemEnum::Struct(of) => Some(&of.generics),
                ItemEnum::Enum(of) => Some(&of.generics),
                ItemEnum::Trait(of) => Some(&of.generics),
                _ => None,
            };
            if let Some(generics) = generics {
                let mut inside = Scope::new(self.docs, self.names, place.krate);
                let constraints = children.split_off(children.len().min(type_count(&children)));
                children = inside.fill(generics, &children, depth);
                if inside.defaults(generics, depth).as_ref() == Some(&children) {
                    children.clear();
                }
                children.extend(constraints);
            }
        }
        let definition = self.docs.definition(at);
        let arity = definition
            .as_ref()
            .and_then(|of| self.names.arities.get(of));
        children.truncate(arity.copied().unwrap_or(children.len()));
        let name = definition.map_or_else(|| path.path.clone(), |of| self.names.of(&of));
        if name == ANY {
            return Tree::any();
        }
        let tree = Tree::new(name, children);
        match self.names.aliases.get(&tree.to_string()) {
            Some(alias) => Tree::leaf(alias),
            None => tree,
        }
    }

    /// Binds a definition's parameters to arguments or to their defaults, and returns what they are bound to.
    fn fill(&mut self, generics: &Generics, arguments: &[Tree], depth: usize) -> Vec<Tree> {
        let mut arguments = arguments.iter();
        let mut bound = Vec::new();
        for parameter in &generics.params {
            if let GenericParamDefKind::Type { default, .. } = &parameter.kind {
                if parameter.name == "Self" {
                    continue;
                }
                let given = arguments.next().cloned();
                let tree = given.or_else(|| Some(self.at(default.as_ref()?, depth + 1)));
                let Some(tree) = tree else { continue };
                self.parameters.insert(parameter.name.clone(), tree.clone());
                bound.push(tree);
            }
        }
        bound
    }

    /// What a definition's parameters stand for if programs give no arguments; `None` if they must.
    pub(crate) fn defaults(&self, generics: &Generics, depth: usize) -> Option<Vec<Tree>> {
        let parameters = generics.params.iter().filter(|of| of.name != "Self");
        let defaults = parameters.filter_map(|of| match &of.kind {
            GenericParamDefKind::Type { default, .. } => Some(default.as_ref()),
            _ => None,
        });
        let tree = |of: Option<&Type>| of.map(|of| self.at(of, depth + 1));
        defaults.map(tree).collect()
    }

    fn arguments(&self, of: &GenericArgs, depth: usize) -> Vec<Tree> {
        match of {
            GenericArgs::AngleBracketed { args, constraints } => {
                let types = args.iter().filter_map(|of| match of {
                    GenericArg::Type(of) => Some(self.at(of, depth + 1)),
                    GenericArg::Const(of) => Some(Tree::leaf(&of.expr)),
                    GenericArg::Infer => Some(Tree::any()),
                    GenericArg::Lifetime(_) => None,
                });
                let constraints = constraints.iter().map(|of| {
                    let tree = match &of.binding {
                        AssocItemConstraintKind::Equality(Term::Type(of)) => self.at(of, depth + 1),
                        AssocItemConstraintKind::Equality(Term::Constant(of)) => {
                            Tree::leaf(&of.expr)
                        }
                        AssocItemConstraintKind::Constraint(of) => {
                            self.bounds(IMPL, of.iter(), depth + 1)
                        }
                    };
                    Tree::new(format!("={}", of.name), vec![tree])
                });
                types.chain(constraints).collect()
            }
            GenericArgs::Parenthesized { inputs, output } => {
                let inputs = inputs.iter().map(|of| self.at(of, depth + 1));
                let output = output.as_ref().map(|of| self.at(of, depth + 1));
                let output = output.unwrap_or_else(|| Tree::leaf("("));
                inputs.chain([Tree::new("=Output", vec![output])]).collect()
            }
            GenericArgs::ReturnTypeNotation => Vec::new(),
        }
    }

    fn bounds<'b>(
        &self,
        name: &str,
        of: impl Iterator<Item = &'b GenericBound>,
        depth: usize,
    ) -> Tree {
        let traits = of.filter_map(|of| match of {
            GenericBound::TraitBound {
                trait_,
                modifier: TraitBoundModifier::None,
                ..
            } => Some(self.path_at(trait_, depth + 1)),
            _ => None,
        });
        sorted(name, traits.collect())
    }
}

/// How many of the arguments are types, which come before constraints of associated types.
fn type_count(arguments: &[Tree]) -> usize {
    let is_type = |of: &&Tree| !of.name.starts_with('=');
    arguments.iter().take_while(is_type).count()
}

fn sorted(name: &str, mut children: Vec<Tree>) -> Tree {
    children.sort();
    children.dedup();
    Tree::new(name, children)
}

/// Kinds of items that types are.
pub(crate) fn is_type(kind: ItemKind) -> bool {
    matches!(
        kind,
        ItemKind::Struct | ItemKind::Enum | ItemKind::Union | ItemKind::Trait | ItemKind::TypeAlias
    )
}
