//! Smithy IDL: the meaning of its syntax, and that invalid text is rejected without a panic.

use swage_codegen::diagnostic::{Diagnostic, Source, render};
use swage_codegen::load::load;
use swage_codegen::model::{Model, ShapeId, ShapeKind};
use swage_codegen::node::{Node, NodeValue};

fn sources(texts: &[&str]) -> Vec<Source> {
    let source = |(index, text): (usize, &&str)| Source {
        name: index.to_string(),
        text: (*text).to_owned(),
    };
    texts.iter().enumerate().map(source).collect()
}

/// Loads a text, or panics with the diagnostics.
fn model(texts: &[&str]) -> Model {
    let sources = sources(texts);
    load(&sources)
        .into_model()
        .unwrap_or_else(|problems| panic!("{}", render(&problems, &sources, false)))
}

fn errors(texts: &[&str]) -> Vec<Diagnostic> {
    load(&sources(texts)).into_model().err().unwrap_or_default()
}

/// The metadata `a` of a file with nothing else.
fn value(text: &str) -> Node {
    model(&[&format!("metadata a = {text}")]).metadata["a"].clone()
}

fn text(idl: &str) -> String {
    value(idl).as_str().unwrap().to_owned()
}

/// A trait of a shape or member as compact text.
fn applied(model: &Model, id: &str, applied: &str) -> String {
    let (shape, member) = id.split_once('$').unwrap_or((id, ""));
    let shape = &model.shapes[&ShapeId::new(shape)];
    let own = shape.members().iter().find(|own| own.name == member);
    let traits = own.map_or(&shape.traits, |member| &member.traits);
    traits.get(applied).map(compact).unwrap_or_default()
}

fn compact(node: &Node) -> String {
    let join = |parts: Vec<String>| parts.join(" ");
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Boolean(value) => value.to_string(),
        NodeValue::Number(text) => text.clone(),
        NodeValue::String(text) => format!("'{text}'"),
        NodeValue::Array(all) => format!("[{}]", join(all.iter().map(compact).collect())),
        NodeValue::Object(all) => {
            let entry = |entry: &swage_codegen::node::Entry| {
                format!("{}={}", entry.key, compact(&entry.value))
            };
            format!("{{{}}}", join(all.iter().map(entry).collect()))
        }
    }
}

/// The members of a shape with their targets.
fn members(model: &Model, id: &str) -> String {
    let members = model.shapes[&ShapeId::new(id)].members();
    let members = members
        .iter()
        .map(|member| format!("{}: {}", member.name, member.target.id));
    members.collect::<Vec<_>>().join(", ")
}

#[test]
fn strings() {
    assert_eq!(
        text(r#""a\"b\\c\/d\b\f\n\r\t\u00e9\ud83d\ude00""#),
        "a\"b\\c/d\u{8}\u{c}\n\r\té😀"
    );
    assert_eq!(
        text("\"one \\\ntwo\r\nthree\rfour\""),
        "one two\nthree\nfour"
    );
    assert_eq!(text(r#""""#), "");
    for wrong in [
        r#""\x""#,
        r#""\u12g4""#,
        r#""\ud800""#,
        r#""\ud800A""#,
        "\"\u{1}\"",
        "\"",
        "\"\\",
        "'a'",
    ] {
        assert_eq!(
            errors(&[&format!("metadata a = {wrong}")]).len(),
            1,
            "{wrong}"
        );
    }
}

#[test]
fn text_blocks() {
    let block = |content: &str| text(&format!("\"\"\"\n{content}\"\"\""));
    assert_eq!(block("    a\n      b\n\n    c"), "a\n  b\n\nc");
    assert_eq!(block("    a  \n    "), "a\n");
    assert_eq!(block("    a\n  "), "  a\n");
    assert_eq!(block("  a\n      "), "a\n");
    assert_eq!(
        block("  \"quoted\" \\\"\"\" \\n\n   .\\\n  b"),
        "\"quoted\" \"\"\" \n\n .b"
    );
    assert_eq!(block("\ta"), "\ta");
    for wrong in ["\"\"\"a\"\"\"", "\"\"\"\na\"\"", "\"\"\"\n\\q\"\"\""] {
        assert_eq!(
            errors(&[&format!("metadata a = {wrong}")]).len(),
            1,
            "{wrong}"
        );
    }
}

#[test]
fn values() {
    let written = "{ n: -10.50e+3, \"b c\": [true,,false null]\n// comment\n, d: {}, e: 1234567890123456789012345678901234567890, }";
    assert_eq!(
        compact(&value(written)),
        "{n=-10.50e+3 b c=[true false null] d={} e=1234567890123456789012345678901234567890}"
    );
    for wrong in [
        "1.",
        ".5",
        "-",
        "1e",
        "01",
        "+1",
        "{a: 1, a: 2}",
        "{a}",
        "{1: 2}",
        "[",
        "{",
        "a.b",
    ] {
        assert_eq!(
            errors(&[&format!("metadata a = {wrong}")]).len(),
            1,
            "{wrong}"
        );
    }
}

#[test]
fn names_mean_imports_then_the_namespace_then_the_prelude() {
    let user = "$version: \"2\"\nnamespace a\nuse b#Used\n
        @mark(Integer) structure S { x: Used, y: Integer, z: String, w: Later, v: b#Integer }";
    let other = "$version: \"2\"\nnamespace a\nstring Later\nstring Integer\n@trait string mark";
    let json = r#"{"smithy": "2.0", "shapes": {
        "b#Used": {"type": "string"}, "b#Integer": {"type": "string"}}}"#;
    let model = model(&[user, other, json]);
    assert_eq!(
        members(&model, "a#S"),
        "x: b#Used, y: a#Integer, z: smithy.api#String, w: a#Later, v: b#Integer"
    );
    assert_eq!(applied(&model, "a#S", "a#mark"), "'a#Integer'");
    let metadata = "metadata a = [Integer, b#C, \"quoted\"]\nnamespace a\nstring Integer";
    assert_eq!(
        compact(&self::model(&[metadata]).metadata["a"]),
        "['smithy.api#Integer' 'b#C' 'quoted']"
    );
}

#[test]
fn traits() {
    let model = model(&["$version: \"2\"
        namespace a
        /// First.
        ///  Second.
        @length(min: 1, max: 2)
        @tags(
            [\"a\"])
        @marks @mark @other()
        /// Not documentation.
        string S /// nor this
        @tags([\"b\"])
        @externalDocumentation(\"a b\": \"c\")
        @flag(null)
        string T
        apply T {
            /// nor this
            @sensitive
            @tags([\"c\"])
        }
        apply T @tags([\"d\"])
        @trait list marks { member: String }
        @trait structure mark {}
        @trait document flag
        @trait structure other {}
        "]);
    let of = |id, name| applied(&model, id, name);
    assert_eq!(of("a#S", "documentation"), "'First.\n Second.'");
    assert_eq!(of("a#S", "length"), "{min=1 max=2}");
    assert_eq!(
        [
            of("a#S", "a#marks"),
            of("a#S", "a#mark"),
            of("a#S", "a#other")
        ],
        ["[]", "{}", "{}"]
    );
    assert_eq!(of("a#T", "documentation"), "");
    assert_eq!(of("a#T", "externalDocumentation"), "{a b='c'}");
    assert_eq!(of("a#T", "a#flag"), "null");
    assert_eq!(of("a#T", "sensitive"), "{}");
    assert_eq!(of("a#T", "tags"), "['b' 'c' 'd']");
}

#[test]
fn a_trait_without_a_value_has_the_empty_one_of_its_type() {
    let model = model(&["$version: \"2\"
        namespace a
        @trait document any
        structure S {
            @required @default @tags @any
            s: String
        }
        @trait list tags { member: String }"]);
    let trait_of_s = |name| applied(&model, "a#S$s", name);
    assert_eq!(trait_of_s("required"), "{}");
    assert_eq!(trait_of_s("default"), "null");
    assert_eq!(trait_of_s("a#tags"), "[]");
    assert_eq!(trait_of_s("a#any"), "null");
}

#[test]
fn operations() {
    let model = model(&["$version: \"2.0\"
        $operationInputSuffix: \"Request\"
        namespace a
        @mixin structure Paged { token: String }
        resource R { identifiers: { id: Id }, read: Get, operations: [Put] }
        string Id
        operation Get {
            input := for R with [Paged] { @required $id, $token }
            errors: [E]
            output :=
                /// What was found.
                @tags([\"x\"])
                with [Paged] {}
        }
        operation Put { output: Out, input: smithy.api#Unit }
        structure Out {}
        @error(\"client\") structure E {}
        service V { version: \"1\", resources: [R], rename: { \"a#Out\": \"Result\" } }"]);
    assert_eq!(
        members(&model, "a#GetRequest"),
        "token: smithy.api#String, id: a#Id"
    );
    assert_eq!(applied(&model, "a#GetRequest", "input"), "{}");
    assert_eq!(applied(&model, "a#GetRequest$id", "required"), "{}");
    assert_eq!(
        applied(&model, "a#GetOutput", "documentation"),
        "'What was found.'"
    );
    let ShapeKind::Operation(get) = &model.shapes[&ShapeId::new("a#Get")].kind else {
        panic!()
    };
    assert_eq!(get.errors[0].id.as_str(), "a#E");
    let ShapeKind::Service(service) = &model.shapes[&ShapeId::new("a#V")].kind else {
        panic!()
    };
    let operations: Vec<&str> = service
        .operations
        .iter()
        .map(|one| one.id.as_str())
        .collect();
    assert_eq!(operations, ["a#Get", "a#Put"]);
    assert_eq!(service.rename[&ShapeId::new("a#Out")], "Result");
}

#[test]
fn a_left_out_target_comes_from_a_resource_or_a_mixin_of_any_source() {
    let json = r#"{"smithy": "2.0", "shapes": {
        "b#R": {"type": "resource", "identifiers": {"id": {"target": "smithy.api#String"}},
                "properties": {"p": {"target": "smithy.api#Long"}}},
        "b#M": {"type": "structure", "traits": {"smithy.api#mixin": {}},
                "members": {"m": {"target": "smithy.api#Blob"}}}}}"#;
    let idl = "$version: \"2\"\nnamespace a\nuse b#M\n@mixin structure N with [M] {}
        structure S for b#R with [N] { $p\n @required $id\n @tags([\"t\"]) $m }";
    let loaded = model(&[idl, json]);
    assert_eq!(
        members(&loaded, "a#S"),
        "m: smithy.api#Blob, p: smithy.api#Long, id: smithy.api#String"
    );
    assert_eq!(applied(&loaded, "a#S$m", "tags"), "['t']");
    let wrong =
        |body: &str| errors(&[&format!("$version: \"2\"\nnamespace a\n{body}"), json]).len();
    assert_eq!(wrong("structure S { $x }"), 1);
    assert_eq!(wrong("structure S for b#R { $x }"), 1);
    assert_eq!(wrong("structure S for b#M { $m }"), 1);
    assert_eq!(wrong("structure S for Gone { $m }"), 1);
}

#[test]
fn members_have_values() {
    let model = model(&["$version: \"2\"
        namespace a
        enum E { A, B = \"b\" // comment
          @deprecated C
        }
        intEnum I { A = 1,
          B = 2
        }
        structure S { a: String = \"\"
          b: Integer   =   1,
          c: E=\"b\"
          d: Boolean
        }"]);
    assert_eq!(
        members(&model, "a#I"),
        "A: smithy.api#Unit, B: smithy.api#Unit"
    );
    let of = |id, name| applied(&model, id, name);
    assert_eq!(
        [of("a#E$A", "enumValue"), of("a#E$B", "enumValue")],
        ["'A'", "'b'"]
    );
    assert_eq!(
        [of("a#I$A", "enumValue"), of("a#I$B", "enumValue")],
        ["1", "2"]
    );
    assert_eq!(of("a#S$a", "default") + &of("a#S$b", "default"), "''1");
    assert_eq!(of("a#S$c", "default") + &of("a#S$d", "default"), "'b'");
}

#[test]
fn version_one() {
    let loaded = model(&["namespace a
        set T { member: String }
        structure S { a: PrimitiveInteger, b: Integer, @box c: PrimitiveBoolean }
        @enum([{ value: \"x\", name: \"X\" }]) string E"]);
    assert_eq!(applied(&loaded, "a#S$a", "default"), "0");
    assert_eq!(applied(&loaded, "a#S$c", "default"), "");
    assert_eq!(applied(&loaded, "a#T", "uniqueItems"), "{}");
    assert_eq!(members(&loaded, "a#E"), "X: smithy.api#Unit");
    for newer in [
        "enum E { A }",
        "structure S with [M] {}",
        "@mixin structure S {}",
        "structure S for R {}",
        "structure S { $a }",
        "structure S { a: String = \"\"\n}",
        "operation O { input := {} }",
    ] {
        let found = errors(&[&format!("$version: \"1.0\"\nnamespace a\n{newer}")]);
        assert!(
            found[0].message.contains("version 2.0"),
            "{newer}: {found:?}"
        );
    }
    assert_eq!(
        errors(&["$version: \"2\"\nnamespace a\nset T { member: String }"]).len(),
        1
    );
}

#[test]
fn windows_files_read_the_same() {
    let loaded =
        model(&["\u{feff}$version: \"2\"\r\nnamespace a\r\n/// One\r\n/// two\r\nstring S\r\n"]);
    assert_eq!(applied(&loaded, "a#S", "documentation"), "'One\ntwo'");
}

#[test]
fn all_that_is_wrong_is_said_at_once() {
    let first = "$version: \"2\"
namespace a
structure S { a String }
string T extra
@length(min: 1
list L {
    member: String
}
strin U
structure V { a: String }
";
    let second = "namespace b\nstringg X\n";
    let found = errors(&[first, second]);
    let lines: Vec<(u32, usize)> = found
        .iter()
        .map(|problem| {
            let text = [first, second][problem.span.source as usize];
            (
                problem.span.source,
                text[..problem.span.start as usize].matches('\n').count() + 1,
            )
        })
        .collect();
    assert_eq!(lines, [(0, 3), (0, 4), (0, 6), (1, 2)]);
    let third = "namespace b\nuse c#X\nuse d#X\nunion V { a: String, a: String }\nstring X";
    assert_eq!(errors(&[third]).len(), 3);
    assert_eq!(
        errors(&["$version: \"2\"\nnamespace b\nuse c#X\nstring X"]).len(),
        1
    );
}

/// A text with all syntax.
const EVERYTHING: &str = "$version: \"2.0\"
metadata m = { a: [1, -2.5e3, true, null, \"\\u00e9\", \"\"\"
    block\\
    \"\"\"], b: a#S }
namespace a.b
use c.d#E
/// é documentation
@tags([\"x\"]) @length(min: 1)
string S with [M]
structure T for R with [M, N] { @required $id, a: S = \"x\"
 b: c#D$e }
map P { key: S, value: S }
enum F { A = \"a\"
 B }
operation O { input := @x for R with [M] { $a }, output: T, errors: [E] }
resource R { identifiers: { id: S }, list: O }
service V { version: \"1\", operations: [O], rename: { \"a#b\": \"C\" } }
apply T$a { @sensitive }
apply T @documentation(S)
";

#[test]
fn broken_text_never_panics() {
    for (index, character) in EVERYTHING.char_indices() {
        let (before, after) = EVERYTHING.split_at(index);
        let after = &after[character.len_utf8()..];
        for replacement in ["", "{", "}", "\"", "$", "é", "\n", "\u{0}", "@", ":="] {
            let _ = load(&sources(&[&format!("{before}{replacement}{after}")]));
        }
        let _ = load(&sources(&[before]));
    }
}

#[test]
fn deep_values_are_an_error() {
    for open in ["[", "{a:", "[{a:["] {
        let found = errors(&[&format!("metadata a = {}", open.repeat(100_000))]);
        assert!(found[0].message.contains("deep"), "{found:?}");
    }
}

#[test]
fn long_chains_of_mixins_are_walked() {
    let link = |index| format!("@mixin structure M{index} with [M{}] {{}}\n", index + 1);
    let chain: String = (0..5_000).map(link).collect();
    let text = format!(
        "$version: \"2\"\nnamespace a\n{chain}@mixin structure M5000 {{ x: String }}\nstructure S with [M0] {{ @required $x }}"
    );
    assert_eq!(applied(&model(&[&text]), "a#S$x", "required"), "{}");
}
