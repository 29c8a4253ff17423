//! Names from a model can't clash with names that generated code or the runtime's macros use.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use swage_codegen::load::load;
use swage_codegen::model::{Model, ShapeKind};
use swage_codegen::{Options, Source};
use swage_tests::{cases, root};

/// Names that generated code uses without a `use`: crates, and Rust's prelude.
const GIVEN: [&str; 26] = [
    "aws_smithy_types",
    "core",
    "golden_naming",
    "std",
    "swage_cli",
    "swage_client",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Some",
    "String",
    "Vec",
];

/// Modules of each generated crate.
const MODULES: [&str; 13] = [
    "cli",
    "client",
    "config",
    "error",
    "lib",
    "main",
    "meta",
    "operation",
    "primitives",
    "schema",
    "service",
    "transfer",
    "types",
];

/// What the macros may name without a path: words of their own grammar, associated items, type parameters, what they define,
/// and statics of the file that calls them, where no type can have that name.
const BARE: [&str; 19] = [
    "Box",
    "Builder",
    "D",
    "E",
    "Err",
    "Error",
    "FluentBuilder",
    "Input",
    "Into",
    "O",
    "OPERATION",
    "Op",
    "OperationError",
    "Output",
    "R",
    "S",
    "Self",
    "Unhandled",
    "VALUES",
];

/// Macros for modules in which no item has a name from the model.
const OWN_MODULES: [&str; 4] = [
    "generated/client.rs",
    "generated/config/auth.rs",
    "generated/config/builder.rs",
    "generated/config/endpoint.rs",
];

#[test]
fn macros_name_everything_in_full() {
    let mut found = BTreeSet::new();
    let mut bodies = 0;
    for folder in ["client/src/generated", "macros/src"] {
        for path in files(&root().join("runtime").join(folder)) {
            if OWN_MODULES.iter().any(|own| path.ends_with(own)) {
                continue;
            }
            let file = parsed(&path);
            for body in macros(&file).into_iter().chain(templates(&file)) {
                let names = bare(body).into_iter();
                found.extend(names.map(|name| format!("{}: {name}", path.display())));
                bodies += 1;
            }
        }
    }
    found.retain(|found| {
        BARE.iter()
            .all(|name| !found.ends_with(&format!(": {name}")))
    });
    assert!(bodies > 40, "only {bodies} macros and templates");
    assert!(found.is_empty(), "not in full: {found:?}");
}

#[test]
fn the_obstacle_course_has_every_name_of_emitted_code_in_every_place() {
    let model = fs::read_to_string(root().join("tests/golden/naming/model.json")).expect("a model");
    let source = Source {
        name: "model.json".into(),
        text: model,
    };
    let model = load(&[source])
        .into_model()
        .unwrap_or_else(|problems| panic!("{problems:?}"));
    let used: BTreeSet<String> = cases("golden")
        .iter()
        .flat_map(|case| files(&case.join("expected/src")))
        // The tables of commands and of transfers define nothing that has a name of the model's.
        .filter(|file| !file.ends_with("src/cli.rs") && !file.ends_with("src/transfer.rs"))
        .flat_map(|file| imports(&parsed(&file)))
        .chain(GIVEN.map(str::to_owned))
        .chain(MODULES.map(str::to_owned))
        .collect();
    for (place, taken) in places(&model) {
        let taken: BTreeSet<String> = taken.iter().map(|name| plain(name)).collect();
        let missing: Vec<&String> = used
            .iter()
            .filter(|name| !taken.contains(&plain(name)))
            .collect();
        assert!(missing.is_empty(), "no {place} is called {missing:?}");
    }
}

/// Reserved file names on Windows, in any case and with any extension.
const DEVICES: &str = "CON Aux NUL prn COM1 com2 Com3 COM4 COM5 COM6 COM7 COM8 COM9 LPT1 lpt2 LPT3 LPT4 LPT5 LPT6 LPT7 \
                       LPT8 LPT9";

#[test]
fn no_file_is_called_like_a_device_of_windows() {
    let devices = || DEVICES.split_whitespace();
    let is_device = |name: &str| devices().any(|device| device.eq_ignore_ascii_case(name));
    let shapes = devices().map(|name| {
        format!(
            r#""ex#{name}": {{ "type": "structure", "members": {{ "next": {{ "target": "ex#{name}" }} }} }},
            "ex.op#{name}": {{ "type": "operation", "input": {{ "target": "ex#In" }} }},"#
        )
    });
    let targets = |namespace: &str| {
        let targets = devices().map(|name| format!(r#"{{ "target": "{namespace}#{name}" }}"#));
        targets.collect::<Vec<_>>()
    };
    let members = devices().zip(targets("ex"));
    let members = members.map(|(name, target)| format!(r#""{name}": {target}"#));
    let source = Source {
        name: "model.json".into(),
        text: format!(
            r#"{{ "smithy": "2.0", "shapes": {{ {} "ex#In": {{ "type": "structure", "members": {{ {} }} }},
            "ex#Svc": {{ "type": "service", "version": "1", "operations": [{}],
            "traits": {{ "aws.protocols#awsJson1_1": {{}} }} }} }} }}"#,
            shapes.collect::<String>(),
            members.collect::<Vec<_>>().join(","),
            targets("ex.op").join(",")
        ),
    };
    let options = Options {
        name: Some("con".into()),
        ..Options::default()
    };
    let generated = swage_codegen::generate(&[source], &options)
        .unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(!is_device(&generated.names.package));
    for file in &generated.files {
        let mut parts = file.path.split(['/', '.']);
        assert!(!parts.any(is_device), "{}", file.path);
    }
    let has = |path: &str| generated.files.iter().any(|file| file.path == path);
    assert!(has("src/types/com1_.rs") && has("src/operation/nul_.rs"));
}

/// The names of types, operations, members, variants and values in the model.
fn places(model: &Model) -> [(&'static str, Vec<String>); 5] {
    let mut places =
        ["type", "operation", "member", "variant", "value"].map(|place| (place, vec![]));
    for shape in model.shapes.values() {
        let members = || shape.members().iter().map(|member| member.name.clone());
        let name = shape.id.name().to_owned();
        match &shape.kind {
            ShapeKind::Operation(_) => places[1].1.push(name),
            ShapeKind::Structure(_) => places[2].1.extend(members()),
            ShapeKind::Union(_) => places[3].1.extend(members()),
            ShapeKind::Enum(_) => places[4].1.extend(members()),
            _ => {}
        }
        let is_type = matches!(
            shape.kind,
            ShapeKind::Structure(_) | ShapeKind::Union(_) | ShapeKind::Enum(_)
        );
        // Tables are statics; a list has one.
        let is_table = matches!(shape.kind, ShapeKind::List(_));
        if is_type || is_table {
            places[0].1.push(shape.id.name().to_owned());
        }
    }
    places
}

/// A name normalized for casing.
fn plain(name: &str) -> String {
    let name = name
        .strip_suffix("Value")
        .filter(|name| *name == "Self")
        .unwrap_or(name);
    name.replace('_', "").to_lowercase()
}

fn parsed(path: &Path) -> TokenStream {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.parse()
        .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|of| of == "rs") {
            found.push(path);
        }
    }
    found
}

/// The bodies of a file's macros.
fn macros(file: &TokenStream) -> Vec<TokenStream> {
    let tokens: Vec<TokenTree> = file.clone().into_iter().collect();
    let defined = tokens.windows(4).filter_map(|tokens| match tokens {
        [TokenTree::Ident(word), _, _, TokenTree::Group(body)] if word == "macro_rules" => {
            Some(body.stream())
        }
        _ => None,
    });
    defined.collect()
}

/// The string literals of derive macros that hold code, with `$argument` in place of `{argument}`.
fn templates(file: &TokenStream) -> Vec<TokenStream> {
    let mut found = Vec::new();
    for token in file.clone() {
        match token {
            TokenTree::Group(group) => found.extend(templates(&group.stream())),
            TokenTree::Literal(literal) => found.extend(template(&literal.to_string())),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
    found
}

fn template(literal: &str) -> Option<TokenStream> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let text = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let text = text.replace('{', "$").replace('}', " ");
    let text = text.replace('\u{1}', "{").replace('\u{2}', "}");
    let is_code = text.contains("::") || text.contains("Self");
    text.replace("\\\"", "\"").parse().ok().filter(|_| is_code)
}

/// The capitalised names that stand without a path, and aren't parameters or fields.
fn bare(tokens: TokenStream) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut before = ' ';
    for token in tokens {
        match &token {
            TokenTree::Ident(name) => {
                let name = name.to_string();
                if name.starts_with(char::is_uppercase) && !matches!(before, ':' | '.' | '$') {
                    found.insert(name);
                }
                before = ' ';
            }
            TokenTree::Group(group) => {
                found.extend(bare(group.stream()));
                before = ' ';
            }
            TokenTree::Punct(mark) => before = mark.as_char(),
            TokenTree::Literal(_) => before = ' ',
        }
    }
    found
}

/// The names that a file's `use` lines bring into scope; not those of `pub use`, which are types of the model.
fn imports(file: &TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = file.clone().into_iter().collect();
    let mut names = Vec::new();
    let mut public = false;
    for (at, token) in tokens.iter().enumerate() {
        let word = matches!(token, TokenTree::Ident(word) if word == "use");
        if word && !public {
            let rest = tokens[at..].iter();
            let line: Vec<&TokenTree> = rest
                .take_while(
                    |token| !matches!(token, TokenTree::Punct(mark) if mark.as_char() == ';'),
                )
                .collect();
            match line.last() {
                Some(TokenTree::Ident(name)) => names.push(name.to_string()),
                Some(TokenTree::Group(all)) if all.delimiter() == Delimiter::Brace => {
                    let idents = all.stream().into_iter().filter_map(|token| match token {
                        TokenTree::Ident(name) => Some(name.to_string()),
                        _ => None,
                    });
                    names.extend(idents);
                }
                _ => {}
            }
        }
        public = matches!(token, TokenTree::Ident(word) if word == "pub");
    }
    names
}
