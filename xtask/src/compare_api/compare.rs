//! What the official crate has and ours lacks.

use super::docs::{Docs, ItemRef};
use super::surface::{Entry, Form, Found, Kind, Reader, Surface};
use super::tree::{Names, Scope, Tree, is_type};
use rustdoc_types::{GenericArg, GenericArgs, Generics, ItemEnum, Path, Type};
use std::collections::{BTreeMap, BTreeSet};

/// An item that ours lacks, or has with another signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) kind: Kind,
    pub(crate) path: String,
    pub(crate) what: What,
}

/// How ours differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Missing { theirs: String },
    Different { theirs: String, ours: String },
}

/// How many items the official crate has, and which of them ours lacks.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    pub(crate) counts: BTreeMap<Kind, usize>,
    pub(crate) differences: Vec<Difference>,
    /// Our aliases, with the types that they stand for.
    aliases: BTreeMap<String, Tree>,
}

/// Compares two crates, each with those that it re-exports from.
pub(crate) fn compare(theirs: &Docs, ours: &Docs, is_ours: impl Fn(&str) -> bool) -> Comparison {
    let home = (0..ours.crate_count()).filter(|of| *of == 0 || is_ours(ours.crate_name(*of)));
    let side = Sides {
        theirs,
        their_reader: Reader::new(theirs, BTreeSet::from([0])),
        ours,
        our_reader: Reader::new(ours, home.collect()),
    };
    side.compare()
}

struct Sides<'d> {
    theirs: &'d Docs,
    their_reader: Reader<'d>,
    ours: &'d Docs,
    our_reader: Reader<'d>,
}

impl Sides<'_> {
    fn compare(&self) -> Comparison {
        let (their_paths, our_paths) = (self.their_reader.paths(), self.our_reader.paths());
        let their_names = names(self.theirs, &their_paths, &BTreeSet::new(), |_| true);
        let preferred: BTreeSet<&str> = their_names.values().map(String::as_str).collect();
        let is_home = |krate| self.our_reader.is_home(krate);
        let our_names = names(self.ours, &our_paths, &preferred, is_home);
        let their_names = Names {
            by_definition: their_names,
            aliases: BTreeMap::new(),
            arities: BTreeMap::new(),
            own: Some(self.theirs.crate_name(0).to_owned()),
        };
        let mut our_names = Names {
            by_definition: our_names,
            ..Names::default()
        };
        our_names.arities = arities(self.ours, &our_paths);
        let aliases = aliases(self.ours, &our_paths, &our_names, is_home);
        for (alias, tree) in &aliases {
            let name = our_names.aliases.entry(tree.to_string());
            name.or_insert_with(|| alias.clone());
        }
        let their_surface = self.their_reader.surface(&their_paths, &their_names);
        let our_surface = self.our_reader.surface(&our_paths, &our_names);
        let mut comparison = Comparison {
            aliases: aliases.into_iter().collect(),
            ..Comparison::default()
        };
        for (path, entry) in &their_surface {
            let our = our_surface.get(path);
            match (&entry.form, our) {
                (Form::External { definition, at }, Some(our)) if !is_same(definition, our) => {
                    // Another type of the same name must have everything that theirs has.
                    let mut theirs = Surface::new();
                    let found = |at| Found {
                        path: path.clone(),
                        at,
                    };
                    if let Some((at, _)) = self.theirs.resolve(*at) {
                        self.their_reader
                            .read(&found(at), &their_names, &mut theirs);
                    }
                    let mut external = Surface::new();
                    if let Form::External { at, .. } = &our.form
                        && let Some((at, _)) = self.ours.resolve(*at)
                    {
                        self.our_reader.read(&found(at), &our_names, &mut external);
                    }
                    if theirs.is_empty() {
                        theirs.insert(path.clone(), entry.clone());
                    }
                    for (path, entry) in &theirs {
                        let our = external.get(path).or_else(|| our_surface.get(path));
                        comparison.judge(path, entry, our, &our_surface);
                    }
                }
                _ => comparison.judge(path, entry, our, &our_surface),
            }
        }
        comparison
    }
}

/// Whether a re-export of ours is the same item.
fn is_same(definition: &str, ours: &Entry) -> bool {
    matches!(&ours.form, Form::External { definition: of, .. } if of == definition)
}

impl Comparison {
    fn judge(&mut self, path: &str, theirs: &Entry, ours: Option<&Entry>, all: &Surface) {
        // Neither is written for the type: one is for all types, and the compiler adds the other to `PartialEq`.
        let of_compiler = ["(blanket)", "StructuralPartialEq"];
        if theirs.kind == Kind::TraitImpl && of_compiler.iter().any(|end| path.ends_with(end)) {
            return;
        }
        *self.counts.entry(theirs.kind).or_default() += 1;
        let ours = ours.or_else(|| self.general_impl(path, theirs, all));
        let form = |of: &Entry| format!("{} {}", of.kind.name(), of.form);
        let what = match ours {
            None => What::Missing {
                theirs: theirs.form.to_string(),
            },
            Some(ours) if !self.fits(theirs, ours) => What::Different {
                theirs: form(theirs),
                ours: form(ours),
            },
            Some(_) => return,
        };
        self.differences.push(Difference {
            kind: theirs.kind,
            path: path.to_owned(),
            what,
        });
    }

    /// Whether a program that uses theirs compiles with ours. Several of our aliases may stand for one type.
    fn fits(&self, theirs: &Entry, ours: &Entry) -> bool {
        let expand = |of: &Entry| Entry {
            kind: of.kind,
            form: of.form.expand(&self.aliases),
        };
        fits(theirs, ours) || fits(&expand(theirs), &expand(ours))
    }

    /// An implementation of ours that covers one of theirs, for instance of a trait with a parameter.
    fn general_impl<'s>(&self, path: &str, theirs: &Entry, all: &'s Surface) -> Option<&'s Entry> {
        let (Form::Types(theirs), Kind::TraitImpl) = (&theirs.form, theirs.kind) else {
            return None;
        };
        let (this, _) = path.split_once(": ")?;
        let theirs = theirs.first()?;
        let expanded = theirs.expand(&self.aliases);
        let start = format!("{this}: ");
        let of_this = all
            .range(start.clone()..)
            .take_while(|(path, _)| path.starts_with(&start));
        let mut fitting = of_this.filter(|(path, entry)| match &entry.form {
            Form::Types(ours) if path.ends_with("(blanket)") => {
                // Those for all types may be for others than theirs, such as `From<T> for T`.
                let is_plain = theirs.children.is_empty();
                is_plain && ours.first().is_some_and(|ours| ours.name == theirs.name)
            }
            Form::Types(ours) => ours.first().is_some_and(|ours| {
                ours.covers(theirs) || ours.expand(&self.aliases).covers(&expanded)
            }),
            _ => false,
        });
        fitting.next().map(|(_, entry)| entry)
    }
}

fn fits(theirs: &Entry, ours: &Entry) -> bool {
    if theirs.kind == Kind::TraitImpl {
        return ours.kind == Kind::TraitImpl;
    }
    match (&theirs.form, &ours.form) {
        (Form::Plain, Form::Plain) => theirs.kind == ours.kind,
        (Form::Types(theirs_of), Form::Types(ours_of)) => {
            let mut pairs = theirs_of.iter().zip(ours_of);
            theirs.kind == ours.kind
                && theirs_of.len() == ours_of.len()
                && pairs.all(|(theirs, ours)| ours.takes(theirs) && ours.gives(theirs))
        }
        (
            Form::Function {
                inputs: their_inputs,
                output: their_output,
                is_async: theirs,
            },
            Form::Function {
                inputs,
                output,
                is_async,
            },
        ) => {
            let mut pairs = inputs.iter().zip(their_inputs);
            theirs == is_async
                && inputs.len() == their_inputs.len()
                && pairs.all(|(ours, theirs)| ours.takes(theirs))
                && output.gives(their_output)
        }
        (Form::External { definition, .. }, _) => is_same(definition, ours),
        _ => false,
    }
}

/// The public path of each definition: one that the other crate prefers, or else the shortest. What only this crate re-exports
/// keeps the path of its definition.
fn names(
    docs: &Docs,
    paths: &[Found],
    preferred: &BTreeSet<&str>,
    is_home: impl Fn(usize) -> bool,
) -> BTreeMap<String, String> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let rank = |of: &str| (!preferred.contains(of), of.matches("::").count(), of.len());
    for found in paths {
        let is_named = is_home(found.at.krate) || preferred.contains(found.path.as_str());
        let Some(definition) = definition(docs, found.at).filter(|_| is_named) else {
            continue;
        };
        let known = names
            .entry(definition)
            .or_insert_with(|| found.path.clone());
        if (rank(&found.path), &found.path) < (rank(known), known) {
            known.clone_from(&found.path);
        }
    }
    names
}

/// The path of a type's definition. An alias that only has another path, or gives the last arguments, is the type that it
/// stands for.
fn definition(docs: &Docs, at: ItemRef) -> Option<String> {
    if !docs.kind(at).is_some_and(is_type) {
        return None;
    }
    if let Some(ItemEnum::TypeAlias(alias)) = docs.item(at).map(|of| &of.inner)
        && let Type::ResolvedPath(path) = &alias.type_
        && !alias.generics.params.is_empty()
        && arguments(path).starts_with(&parameters(&alias.generics))
    {
        return docs.definition(ItemRef { id: path.id, ..at });
    }
    docs.definition(at)
}

/// How many arguments programs give to types whose aliases give the others.
fn arities(docs: &Docs, paths: &[Found]) -> BTreeMap<String, usize> {
    let arity = |found: &Found| match &docs.item(found.at)?.inner {
        ItemEnum::TypeAlias(of) if !of.generics.params.is_empty() => {
            Some((definition(docs, found.at)?, of.generics.params.len()))
        }
        _ => None,
    };
    paths.iter().filter_map(arity).collect()
}

fn parameters(of: &Generics) -> Vec<&str> {
    of.params.iter().map(|of| of.name.as_str()).collect()
}

fn arguments(of: &Path) -> Vec<&str> {
    let Some(GenericArgs::AngleBracketed { args, .. }) = of.args.as_deref() else {
        return Vec::new();
    };
    let name = |of| match of {
        &GenericArg::Type(Type::Generic(ref name)) => name.as_str(),
        _ => "",
    };
    args.iter().map(name).collect()
}

/// The aliases of a crate with the types that they stand for, unless those have a public path themselves or are in the
/// standard library.
fn aliases(
    docs: &Docs,
    paths: &[Found],
    names: &Names,
    is_home: impl Fn(usize) -> bool,
) -> Vec<(String, Tree)> {
    let mut aliases = Vec::new();
    let public: BTreeSet<&str> = names.by_definition.values().map(String::as_str).collect();
    for found in paths {
        if let Some(ItemEnum::TypeAlias(of)) = docs.item(found.at).map(|of| &of.inner)
            && of.generics.params.is_empty()
            && is_home(found.at.krate)
        {
            let tree = Scope::new(docs, names, found.at.krate).tree(&of.type_);
            let is_named = tree.children.is_empty() && public.contains(tree.name.as_str());
            let is_standard = ["alloc::", "core::", "std::"]
                .iter()
                .any(|library| tree.name.starts_with(library));
            if !is_named && !is_standard {
                aliases.push((found.path.clone(), tree));
            }
        }
    }
    aliases
}
