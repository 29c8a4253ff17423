//! What programs can name and call in a crate: each public path, with its signature.

use super::docs::{Docs, ItemRef};
use super::tree::{Names, Scope, Tree, is_type};
use rustdoc_types::{
    Function, Id, Impl, Item, ItemEnum, Path, StructKind, Type, TypeAlias, VariantKind, Visibility,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A kind of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Module,
    Struct,
    Field,
    Enum,
    Variant,
    Function,
    Method,
    Trait,
    TraitImpl,
    Type,
    ReExport,
    Const,
    Macro,
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Module => "module",
            Self::Struct => "struct",
            Self::Field => "field",
            Self::Enum => "enum",
            Self::Variant => "variant",
            Self::Function => "fn",
            Self::Method => "method",
            Self::Trait => "trait",
            Self::TraitImpl => "trait impl",
            Self::Type => "type",
            Self::ReExport => "re-export",
            Self::Const => "const",
            Self::Macro => "macro",
        }
    }
}

/// An item, and what it must agree on.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: Kind,
    pub(crate) form: Form,
}

/// What must agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The kind alone.
    Plain,
    /// Types that must be equal: those of fields.
    Types(Vec<Tree>),
    /// A function.
    Function {
        inputs: Vec<Tree>,
        output: Tree,
        is_async: bool,
    },
    /// An item of another crate, with the path of its definition.
    External { definition: String, at: ItemRef },
}

impl Form {
    /// The form with the types that aliases stand for.
    pub(crate) fn expand(&self, aliases: &BTreeMap<String, Tree>) -> Self {
        let all = |of: &[Tree]| of.iter().map(|of| of.expand(aliases)).collect();
        match self {
            Self::Types(of) => Self::Types(all(of)),
            Self::Function {
                inputs,
                output,
                is_async,
            } => Self::Function {
                inputs: all(inputs),
                output: output.expand(aliases),
                is_async: *is_async,
            },
            Self::Plain | Self::External { .. } => self.clone(),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |of: &[Tree]| {
            of.iter()
                .map(Tree::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        };
        match self {
            Self::Plain => Ok(()),
            Self::Types(of) => f.write_str(&list(of)),
            Self::Function {
                inputs,
                output,
                is_async,
            } => {
                let start = if *is_async { "async " } else { "" };
                write!(f, "{start}fn({}) -> {output}", list(inputs))
            }
            Self::External { definition, .. } => f.write_str(definition),
        }
    }
}

/// Items by their paths below the crate. Methods end with `()`, implementations are `Type: Trait`.
pub(crate) type Surface = BTreeMap<String, Entry>;

/// A public path of an item.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) at: ItemRef,
}

/// Reads the surface of a crate.
pub(crate) struct Reader<'d> {
    docs: &'d Docs,
    /// Crates whose items are read as if they were the crate's own.
    home: BTreeSet<usize>,
}

impl<'d> Reader<'d> {
    pub(crate) fn new(docs: &'d Docs, home: BTreeSet<usize>) -> Self {
        Self { docs, home }
    }

    /// Whether a crate's items are read as if they were the first crate's own.
    pub(crate) fn is_home(&self, krate: usize) -> bool {
        self.home.contains(&krate)
    }

    /// The public paths of a crate's items.
    pub(crate) fn paths(&self) -> Vec<Found> {
        let mut found = Vec::new();
        if let Some(root) = self.docs.root(0) {
            self.module(root, "", &mut Vec::new(), &mut found);
        }
        found
    }

    fn module(&self, at: ItemRef, prefix: &str, above: &mut Vec<ItemRef>, found: &mut Vec<Found>) {
        let Some(ItemEnum::Module(module)) = self.docs.item(at).map(|of| &of.inner) else {
            return;
        };
        if above.contains(&at) {
            return;
        }
        above.push(at);
        for id in &module.items {
            let at = ItemRef { id: *id, ..at };
            if let Some(item) = self.docs.item(at).filter(|of| is_public(of)) {
                self.module_item(at, item, prefix, above, found);
            }
        }
        above.pop();
    }

    fn module_item(
        &self,
        at: ItemRef,
        item: &Item,
        prefix: &str,
        above: &mut Vec<ItemRef>,
        found: &mut Vec<Found>,
    ) {
        let (at, name) = match &item.inner {
            ItemEnum::Use(of) => {
                let Some(id) = of.id else { return };
                let target = ItemRef { id, ..at };
                let (at, target) = match self.docs.resolve(target) {
                    Some((at, item)) => (at, Some(item)),
                    None => (target, None),
                };
                if of.is_glob {
                    return self.module(at, prefix, above, found);
                }
                // A re-export of a re-export.
                if let Some(ItemEnum::Use(_)) = target.map(|of| &of.inner)
                    && let Some(target) = target
                {
                    let mut inner = Vec::new();
                    self.module_item(at, target, "", above, &mut inner);
                    if let Some(inner) = inner.into_iter().next() {
                        return self.add(inner.at, &join(prefix, &of.name), above, found);
                    }
                }
                (at, of.name.clone())
            }
            _ => (at, item.name.clone().unwrap_or_default()),
        };
        self.add(at, &join(prefix, &name), above, found);
    }

    fn add(&self, at: ItemRef, path: &str, above: &mut Vec<ItemRef>, found: &mut Vec<Found>) {
        let is_module = self.docs.kind(at) == Some(rustdoc_types::ItemKind::Module);
        found.push(Found {
            path: path.to_owned(),
            at,
        });
        if is_module {
            self.module(at, path, above, found);
        }
    }

    /// The items at the paths, with everything that they have.
    pub(crate) fn surface(&self, paths: &[Found], names: &Names) -> Surface {
        let mut surface = Surface::new();
        for found in paths {
            if self.home.contains(&found.at.krate) && self.docs.item(found.at).is_some() {
                self.read(found, names, &mut surface);
            } else if let Some(definition) = self.docs.definition(found.at) {
                let at = found.at;
                let form = Form::External { definition, at };
                let entry = Entry {
                    kind: Kind::ReExport,
                    form,
                };
                surface.insert(found.path.clone(), entry);
            }
        }
        surface
    }

    /// An item with everything that it has.
    pub(crate) fn read(&self, found: &Found, names: &Names, surface: &mut Surface) {
        let Some(item) = self.docs.item(found.at) else {
            return;
        };
        let scope = Scope::new(self.docs, names, found.at.krate);
        let path = found.path.as_str();
        let mut add = |kind, form| {
            surface.insert(path.to_owned(), Entry { kind, form });
        };
        match &item.inner {
            ItemEnum::Module(_) => add(Kind::Module, Form::Plain),
            ItemEnum::Struct(_) | ItemEnum::Enum(_) | ItemEnum::Union(_) => {
                let this = Target {
                    path,
                    at: found.at,
                    arguments: None,
                };
                self.read_type(&this, item, names, surface);
            }
            ItemEnum::TypeAlias(of) => match &of.type_ {
                Type::ResolvedPath(path) => self.read_alias(found, of, path, names, surface),
                other => add(Kind::Type, Form::Types(vec![scope.tree(other)])),
            },
            ItemEnum::Trait(of) => {
                add(Kind::Trait, Form::Plain);
                let at = found.at;
                self.read_methods(path, at, &of.items, &scope, Kind::Method, surface);
            }
            ItemEnum::Function(of) => add(Kind::Function, function(of, scope)),
            ItemEnum::Constant { type_, .. } => {
                add(Kind::Const, Form::Types(vec![scope.tree(type_)]));
            }
            ItemEnum::Static(of) => add(Kind::Const, Form::Types(vec![scope.tree(&of.type_)])),
            ItemEnum::Macro(_) | ItemEnum::ProcMacro(_) => add(Kind::Macro, Form::Plain),
            _ => {}
        }
    }

    /// An alias of a type is that type.
    fn read_alias(
        &self,
        found: &Found,
        alias: &TypeAlias,
        path: &Path,
        names: &Names,
        surface: &mut Surface,
    ) {
        let scope = Scope::new(self.docs, names, found.at.krate);
        let target = ItemRef {
            id: path.id,
            ..found.at
        };
        match self.docs.resolve(target) {
            Some((at, item))
                if is_type(item.inner.item_kind()) && self.home.contains(&at.krate) =>
            {
                // The alias may be among the names; its arguments are not.
                let arguments = Names {
                    aliases: BTreeMap::new(),
                    ..names.clone()
                };
                let mut scope = Scope::new(self.docs, &arguments, found.at.krate);
                scope.add_any(&alias.generics);
                let this = Target {
                    path: &found.path,
                    at,
                    arguments: Some(scope.path(path).children),
                };
                self.read_type(&this, item, names, surface);
            }
            resolved => {
                let form = match (resolved, self.docs.definition(target)) {
                    (_, Some(definition)) => Form::External {
                        definition,
                        at: target,
                    },
                    _ => Form::Types(vec![scope.path(path)]),
                };
                let kind = Kind::ReExport;
                surface.insert(found.path.clone(), Entry { kind, form });
            }
        }
    }

    fn read_type(&self, this: &Target<'_>, item: &Item, names: &Names, surface: &mut Surface) {
        let mut scope = Scope::new(self.docs, names, this.at.krate);
        let (kind, generics) = match &item.inner {
            ItemEnum::Struct(of) => (Kind::Struct, &of.generics),
            ItemEnum::Enum(of) => (Kind::Enum, &of.generics),
            ItemEnum::Union(of) => (Kind::Struct, &of.generics),
            ItemEnum::TypeAlias(of) => {
                // An alias of an alias.
                if let Type::ResolvedPath(path) = &of.type_ {
                    let found = Found {
                        path: this.path.to_owned(),
                        at: this.at,
                    };
                    self.read_alias(&found, of, path, names, surface);
                }
                return;
            }
            _ => return,
        };
        let defaults = scope.defaults(generics, 0);
        let this = &Target {
            arguments: this.arguments.clone().or(defaults),
            ..*this
        };
        scope.bind(generics, this.arguments.as_deref());
        let form = Form::Plain;
        surface.insert(this.path.to_owned(), Entry { kind, form });
        match &item.inner {
            ItemEnum::Struct(of) => {
                self.read_fields(this.path, this.at, struct_fields(&of.kind), &scope, surface);
            }
            ItemEnum::Union(of) => {
                let fields = of.fields.iter().copied();
                self.read_fields(this.path, this.at, fields, &scope, surface);
            }
            ItemEnum::Enum(of) => {
                for id in &of.variants {
                    let at = ItemRef { id: *id, ..this.at };
                    if let Some(variant) = self.docs.item(at) {
                        self.read_variant(this.path, at, variant, &scope, surface);
                    }
                }
            }
            _ => {}
        }
        for id in Docs::impls(item) {
            let at = ItemRef { id: *id, ..this.at };
            if let Some(ItemEnum::Impl(of)) = self.docs.item(at).map(|of| &of.inner) {
                self.read_impl(this, of, names, surface);
            }
        }
    }

    fn read_fields(
        &self,
        path: &str,
        at: ItemRef,
        fields: impl Iterator<Item = Id>,
        scope: &Scope<'_>,
        surface: &mut Surface,
    ) {
        for id in fields {
            let Some(item) = self.docs.item(ItemRef { id, ..at }) else {
                continue;
            };
            if let ItemEnum::StructField(of) = &item.inner
                && is_public(item)
            {
                let name = join(path, item.name.as_deref().unwrap_or_default());
                let form = Form::Types(vec![scope.tree(of)]);
                let kind = Kind::Field;
                surface.insert(name, Entry { kind, form });
            }
        }
    }

    fn read_variant(
        &self,
        path: &str,
        at: ItemRef,
        item: &Item,
        scope: &Scope<'_>,
        surface: &mut Surface,
    ) {
        let ItemEnum::Variant(variant) = &item.inner else {
            return;
        };
        if Docs::is_hidden(item) {
            return;
        }
        let fields: Vec<Option<Id>> = match &variant.kind {
            VariantKind::Plain => Vec::new(),
            VariantKind::Tuple(of) => of.clone(),
            VariantKind::Struct { fields, .. } => fields.iter().copied().map(Some).collect(),
        };
        let types = fields.into_iter().map(|id| {
            let item = id.and_then(|id| self.docs.item(ItemRef { id, ..at }));
            match item.map(|item| (&item.inner, item.name.as_deref())) {
                Some((ItemEnum::StructField(of), _)) => scope.tree(of),
                _ => Tree::any(),
            }
        });
        let form = Form::Types(types.collect());
        let kind = Kind::Variant;
        let name = join(path, item.name.as_deref().unwrap_or_default());
        surface.insert(name, Entry { kind, form });
    }

    fn read_impl(&self, this: &Target<'_>, of: &Impl, names: &Names, surface: &mut Surface) {
        if of.is_negative || of.is_synthetic {
            return;
        }
        let mut scope = Scope::new(self.docs, names, this.at.krate);
        let Some(bound) = bind_impl(&scope, of, this.arguments.as_deref()) else {
            return;
        };
        scope.add_any(&of.generics);
        scope.parameters.extend(bound);
        let it = scope.tree(&of.for_);
        scope.parameters.insert("Self".to_owned(), it);
        let Some(trait_) = &of.trait_ else {
            return self.read_methods(this.path, this.at, &of.items, &scope, Kind::Method, surface);
        };
        let path = match &of.for_ {
            // Implementations for other types that name this one are listed there.
            Type::ResolvedPath(path) if of.blanket_impl.is_none() => {
                let id = path.id;
                match self.docs.resolve(ItemRef { id, ..this.at }) {
                    Some((at, _)) if at != this.at => return,
                    Some(_) => this.path.to_owned(),
                    None => scope.tree(&of.for_).to_string(),
                }
            }
            _ => this.path.to_owned(),
        };
        let name = match &of.blanket_impl {
            Some(_) => format!("{path}: {} (blanket)", scope.path(trait_).name),
            None => format!("{path}: {}", scope.path(trait_)),
        };
        let form = Form::Types(vec![scope.path(trait_)]);
        let kind = Kind::TraitImpl;
        surface.insert(name, Entry { kind, form });
    }

    fn read_methods(
        &self,
        path: &str,
        at: ItemRef,
        items: &[Id],
        scope: &Scope<'_>,
        kind: Kind,
        surface: &mut Surface,
    ) {
        for id in items {
            let Some(item) = self.docs.item(ItemRef { id: *id, ..at }) else {
                continue;
            };
            let is_trait = item.visibility == Visibility::Default;
            if !(is_public(item) || is_trait) || Docs::is_hidden(item) {
                continue;
            }
            let name = join(path, item.name.as_deref().unwrap_or_default());
            match &item.inner {
                ItemEnum::Function(of) => {
                    let form = function(of, scope.clone());
                    surface.insert(format!("{name}()"), Entry { kind, form });
                }
                ItemEnum::AssocConst { type_, .. } => {
                    let form = Form::Types(vec![scope.tree(type_)]);
                    let kind = Kind::Const;
                    surface.insert(name, Entry { kind, form });
                }
                _ => {}
            }
        }
    }
}

/// A type that is read at a path.
struct Target<'p> {
    path: &'p str,
    at: ItemRef,
    /// What an alias gives for the type's parameters.
    arguments: Option<Vec<Tree>>,
}

/// What the parameters of an implementation stand for if it is one for the arguments.
fn bind_impl(
    scope: &Scope<'_>,
    of: &Impl,
    arguments: Option<&[Tree]>,
) -> Option<Vec<(String, Tree)>> {
    let (Some(arguments), Type::ResolvedPath(path)) = (arguments, &of.for_) else {
        return Some(Vec::new());
    };
    let Some(args) = &path.args else {
        return Some(Vec::new());
    };
    let rustdoc_types::GenericArgs::AngleBracketed { args, .. } = args.as_ref() else {
        return Some(Vec::new());
    };
    let types = args.iter().filter_map(|of| match of {
        rustdoc_types::GenericArg::Type(of) => Some(of),
        _ => None,
    });
    let mut bound = Vec::new();
    for (of, argument) in types.zip(arguments) {
        match of {
            Type::Generic(name) => bound.push((name.clone(), argument.clone())),
            other if !scope.tree(other).takes(argument) => return None,
            _ => {}
        }
    }
    Some(bound)
}

fn function(of: &Function, mut scope: Scope<'_>) -> Form {
    scope.add_bounds(&of.generics);
    let output = of.sig.output.as_ref();
    let output = output.map_or_else(|| Tree::leaf("("), |of| scope.tree(of));
    let (output, is_future) = match future(&output) {
        Some(inner) => (inner.clone(), true),
        None => (output, false),
    };
    Form::Function {
        inputs: of.sig.inputs.iter().map(|(_, of)| scope.tree(of)).collect(),
        output,
        is_async: is_future || of.header.is_async,
    }
}

/// What a future gives.
fn future(of: &Tree) -> Option<&Tree> {
    let is_future = |of: &&Tree| of.name == "core::future::future::Future";
    let bounds = (of.name == "impl").then_some(&of.children)?;
    bounds
        .iter()
        .find(is_future)?
        .children
        .first()?
        .children
        .first()
}

fn struct_fields(kind: &StructKind) -> impl Iterator<Item = Id> {
    let fields: Vec<Id> = match kind {
        StructKind::Unit => Vec::new(),
        StructKind::Tuple(of) => of.iter().copied().flatten().collect(),
        StructKind::Plain { fields, .. } => fields.clone(),
    };
    fields.into_iter()
}

fn is_public(item: &Item) -> bool {
    item.visibility == Visibility::Public && !Docs::is_hidden(item)
}

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}::{name}")
    }
}
