//! The rooms of a crate are its top-level modules. They depend on each other in one direction only, so that each can be
//! read, tested and moved with the rooms below it and without those above it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use swage_tests::root;

/// The crates that are checked.
const CRATES: [&str; 8] = [
    "codegen",
    "runtime/cli",
    "runtime/client",
    "runtime/credentials",
    "runtime/jmespath",
    "runtime/macros",
    "swage",
    "xtask",
];

/// The items in `lib.rs` or `main.rs`.
const ROOT: &str = "the crate root";

#[test]
fn no_rooms_depend_on_each_other_in_a_circle() {
    let circles: Vec<String> = CRATES
        .iter()
        .flat_map(|krate| House::read(krate, &root().join(krate).join("src")).circles())
        .collect();
    assert!(circles.is_empty(), "\n{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found_whatever_the_path_looks_like() {
    for path in [
        "use crate::b;",
        "use crate::{other, b::{Thing, self}};",
        "use super::b::Thing;",
        "fn f() -> crate::b::Thing { todo() }",
        "mod inner { use super::super::b::Thing; }",
        "use crate::Thing;",
        "macro_rules! m { () => { $crate::b::Thing } }",
    ] {
        let mut house = House::new("sample");
        house.files = vec![
            file("lib", "mod a; mod b; pub use b::Thing;"),
            file("a", path),
            file("b", "use crate::a; pub struct Thing;"),
        ];
        assert_eq!(house.circles().len(), 1, "{path}");
    }
}

#[test]
fn paths_within_a_room_and_of_tests_are_no_dependencies() {
    for path in [
        "use self::b::Thing; mod b {}",
        "mod c { use super::b::Thing; } mod b {}",
        "#[cfg(test)] mod tests { use crate::b::Thing; }",
        "/// [`Thing`](crate::b::Thing)\nfn documented() {}",
        "fn f() { quote!(crate::b::Thing) }",
        "fn f() { code!(out; crate::b::Thing); }",
    ] {
        let mut house = House::new("sample");
        house.files = vec![
            file("lib", "mod a; mod b;"),
            file("a", path),
            file("b", "use crate::a; pub struct Thing;"),
        ];
        assert_eq!(house.circles(), [""; 0], "{path}");
    }
}

fn file(module: &str, text: &str) -> File {
    let path = match module {
        "lib" => Vec::new(),
        room => vec![room.to_owned()],
    };
    File {
        path,
        name: format!("{module}.rs"),
        tokens: text.parse().expect("Rust"),
    }
}

/// A crate: its source files.
struct House {
    name: String,
    files: Vec<File>,
}

struct File {
    /// The module in the file; empty for the crate root.
    path: Vec<String>,
    name: String,
    tokens: TokenStream,
}

/// The dependencies between rooms, each with a source location.
type Uses = BTreeMap<String, BTreeMap<String, String>>;

impl House {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            files: Vec::new(),
        }
    }

    fn read(name: &str, src: &Path) -> Self {
        let mut house = Self::new(name);
        for path in files_below(src) {
            let relative = path.strip_prefix(src).expect("below src");
            let text = fs::read_to_string(&path).expect("a source file");
            house.files.push(File {
                path: module(relative),
                name: relative.display().to_string(),
                tokens: text.parse().expect("Rust"),
            });
        }
        house
    }

    /// A line for each cycle: its rooms, and the file that leads from each to the next.
    fn circles(&self) -> Vec<String> {
        let uses = self.uses();
        let reach = |from: &String| reachable(&uses, from);
        let mut seen = BTreeSet::new();
        let mut circles = Vec::new();
        for room in uses.keys() {
            let circle: BTreeSet<String> = reach(room)
                .into_iter()
                .filter(|other| reach(other).contains(room))
                .collect();
            if circle.is_empty() || !seen.insert(circle.clone()) {
                continue;
            }
            let mut text = format!("{}: {} rooms in a circle", self.name, circle.len());
            for from in &circle {
                for (to, place) in &uses[from] {
                    if circle.contains(to) {
                        write!(text, "\n  {from} → {to} ({place})").expect("a string");
                    }
                }
            }
            circles.push(text);
        }
        circles
    }

    fn uses(&self) -> Uses {
        let owners = self.owners();
        let mut uses = Uses::new();
        for file in &self.files {
            let room = file.path.first().map_or(ROOT, String::as_str);
            let entry = uses.entry(room.to_owned()).or_default();
            for (name, line) in named(file, &owners) {
                let owner = owners.get(&name).map_or(ROOT, String::as_str);
                if owner != room {
                    entry
                        .entry(owner.to_owned())
                        .or_insert_with(|| format!("{}:{line}", file.name));
                }
            }
        }
        uses
    }

    /// The room of each name at the crate root: modules, re-exports, exported macros.
    fn owners(&self) -> BTreeMap<String, String> {
        let mut owners = BTreeMap::new();
        for file in &self.files {
            if let Some(room) = file.path.first() {
                owners.insert(room.clone(), room.clone());
                for name in exported_macros(&file.tokens) {
                    owners.insert(name, room.clone());
                }
            }
        }
        for file in self.files.iter().filter(|file| file.path.is_empty()) {
            for (name, room) in re_exports(&file.tokens) {
                owners.entry(name).or_insert(room);
            }
        }
        owners
    }
}

fn reachable(uses: &Uses, from: &String) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(room) = open.pop() {
        for next in uses.get(room).into_iter().flat_map(BTreeMap::keys) {
            if found.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    found
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a source folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs")
            && !path.ends_with("tests.rs")
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// `a/mod.rs` and `a.rs` hold the module `a`; `lib.rs` and `main.rs` the crate root.
fn module(file: &Path) -> Vec<String> {
    let mut path: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if matches!(
        path.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        path.pop();
    }
    path
}

/// The names at the crate root that the file uses, with their lines.
fn named(file: &File, owners: &BTreeMap<String, String>) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let tokens = strip_modules(&file.tokens, file.path.is_empty());
    walk(&tokens, file.path.len(), &mut found);
    if file.path.is_empty() {
        found.extend(from_the_root(&tokens, owners));
    }
    found
}

/// Without modules of tests; of the crate root also without re-exports, which only pass names on.
fn strip_modules(tokens: &TokenStream, root: bool) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut skip = false;
    for tree in tokens.clone() {
        match &tree {
            TokenTree::Group(group)
                if is_attribute(&kept) && attribute_is_test(&group.stream()) =>
            {
                skip = true;
            }
            TokenTree::Group(group) if skip && group.delimiter() == Delimiter::Brace => {
                skip = false;
                continue;
            }
            TokenTree::Punct(punct) if skip && punct.as_char() == ';' => {
                skip = false;
                continue;
            }
            TokenTree::Ident(ident) if root && ident == "use" && follows_pub(&kept) => skip = true,
            _ => {}
        }
        if !skip {
            kept.push(tree);
        }
    }
    kept.into_iter().collect()
}

fn is_attribute(before: &[TokenTree]) -> bool {
    matches!(before.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#')
}

fn attribute_is_test(attribute: &TokenStream) -> bool {
    attribute.to_string().replace(' ', "") == "cfg(test)"
}

fn follows_pub(before: &[TokenTree]) -> bool {
    matches!(before.last(), Some(TokenTree::Ident(ident)) if ident == "pub")
}

/// Finds paths that begin with `crate`, or with as many `super` as lead to the crate root from modules `depth` below it.
fn walk(tokens: &TokenStream, depth: usize, found: &mut Vec<(String, usize)>) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(_) if is_quoted(&trees[..at]) => {}
            TokenTree::Group(group) => {
                let inner = is_module_body(&trees[..at]);
                walk(&group.stream(), depth + usize::from(inner), found);
            }
            TokenTree::Ident(ident) if ident == "crate" => names_after(&trees[at + 1..], found),
            TokenTree::Ident(ident) if ident == "super" && !follows_super(&trees[..at]) => {
                let supers = count_supers(&trees[at..]);
                if supers == depth {
                    names_after(&trees[at + 3 * (supers - 1) + 1..], found);
                }
            }
            _ => {}
        }
    }
}

/// Whether a group is what `quote!` or codegen's `code!` emits: paths of another crate.
fn is_quoted(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(word), TokenTree::Punct(_)] if word == "quote" || word == "code")
}

fn is_module_body(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(word), TokenTree::Ident(_)] if word == "mod")
}

fn follows_super(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(word), TokenTree::Punct(_), TokenTree::Punct(_)] if word == "super")
}

fn count_supers(trees: &[TokenTree]) -> usize {
    trees
        .iter()
        .step_by(3)
        .take_while(|tree| matches!(tree, TokenTree::Ident(ident) if ident == "super"))
        .count()
}

/// The name behind `::`, or the first names of each path in a group behind it.
fn names_after(trees: &[TokenTree], found: &mut Vec<(String, usize)>) {
    let [TokenTree::Punct(_), TokenTree::Punct(_), next, ..] = trees else {
        return;
    };
    match next {
        TokenTree::Ident(ident) => found.push((ident.to_string(), line(next))),
        TokenTree::Group(group) => {
            for tree in first_names(group.stream()) {
                found.push((tree.to_string(), line(&tree)));
            }
        }
        _ => {}
    }
}

fn first_names(group: TokenStream) -> Vec<TokenTree> {
    let mut first = true;
    let mut names = Vec::new();
    for tree in group {
        match &tree {
            TokenTree::Punct(punct) if punct.as_char() == ',' => first = true,
            TokenTree::Ident(_) if std::mem::take(&mut first) => names.push(tree),
            _ => {}
        }
    }
    names
}

fn line(tree: &TokenTree) -> usize {
    tree.span().start().line
}

/// At the crate root, paths may begin with a room's name.
fn from_the_root(tokens: &TokenStream, owners: &BTreeMap<String, String>) -> Vec<(String, usize)> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        match (tree, trees.get(at + 1)) {
            (TokenTree::Group(group), _) => found.extend(from_the_root(&group.stream(), owners)),
            (TokenTree::Ident(ident), Some(TokenTree::Punct(punct)))
                if punct.as_char() == ':' && owners.contains_key(&ident.to_string()) =>
            {
                found.push((ident.to_string(), line(tree)));
            }
            _ => {}
        }
    }
    found
}

fn exported_macros(tokens: &TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let defined = trees.windows(3).filter_map(|window| match window {
        [
            TokenTree::Ident(word),
            TokenTree::Punct(_),
            TokenTree::Ident(name),
        ] if word == "macro_rules" => Some(name.to_string()),
        _ => None,
    });
    defined.collect()
}

/// The names that `pub use room::…` gives at the crate root.
fn re_exports(tokens: &TokenStream) -> Vec<(String, String)> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let mut found = Vec::new();
    for (at, tree) in trees.iter().enumerate() {
        let is_use = matches!(tree, TokenTree::Ident(ident) if ident == "use");
        if let (true, Some(TokenTree::Ident(room))) = (is_use, trees.get(at + 1)) {
            let end = trees[at..]
                .iter()
                .position(|tree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ';'));
            let path: TokenStream = trees[at + 1..at + end.unwrap_or(1)]
                .iter()
                .cloned()
                .collect();
            for name in idents(path) {
                found.push((name, room.to_string()));
            }
        }
    }
    found
}

fn idents(tokens: TokenStream) -> Vec<String> {
    let mut names = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Ident(ident) => names.push(ident.to_string()),
            TokenTree::Group(group) => names.extend(idents(group.stream())),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    names
}
