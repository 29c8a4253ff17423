//! Very large and very deep models: they generate like any other, or are rejected with a limit.

use std::fmt::Write;
use swage_codegen::check::check;
use swage_codegen::diagnostic::{Diagnostic, Source, render};
use swage_codegen::load::load;
use swage_codegen::{Generated, Options, generate};

const STRING: &str = r#"{ "target": "smithy.api#String" }"#;

/// A service whose operation `Go` takes `In`, with these shapes, as entries of the JSON AST.
fn service(shapes: &str) -> Source {
    let text = format!(
        r#"{{ "smithy": "2.0", "shapes": {{
            "ex#Svc": {{ "type": "service", "version": "1", "operations": [{{ "target": "ex#Go" }}],
                "traits": {{ "aws.protocols#awsJson1_1": {{}} }} }},
            {shapes}
        }} }}"#
    );
    Source {
        name: "model.json".to_owned(),
        text,
    }
}

const GO: &str = r#""ex#Go": { "type": "operation", "input": { "target": "ex#In" } }"#;

fn structure(name: &str, members: &[(String, String)], rest: &str) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(name, member)| format!(r#""{name}": {member}"#))
        .collect();
    let members = members.join(", ");
    format!(r#","ex#{name}": {{ "type": "structure", "members": {{ {members} }} {rest} }}"#)
}

fn to(name: impl std::fmt::Display) -> String {
    format!(r#"{{ "target": "ex#{name}" }}"#)
}

fn generated(source: Source) -> Generated {
    let sources = [source];
    generate(&sources, &Options::default())
        .unwrap_or_else(|problems| panic!("{}", render(&problems, &sources, false)))
}

fn text<'g>(generated: &'g Generated, path: &str) -> &'g str {
    let file = generated.files.iter().find(|file| file.path == path);
    file.map_or("", |file| file.text.as_str())
}

#[test]
fn a_chain_of_structures_may_be_long_and_end_in_a_cycle() {
    const LENGTH: usize = 3_000;
    let mut shapes = GO.to_owned() + &structure("In", &[("a".into(), to("S0"))], "");
    for index in 0..LENGTH {
        // The last ten contain each other.
        let next = if index + 1 == LENGTH {
            LENGTH - 10
        } else {
            index + 1
        };
        let members = [("a".to_owned(), to(format!("S{next}")))];
        shapes += &structure(&format!("S{index}"), &members, "");
    }
    let generated = generated(service(&shapes));
    let field = |index: usize| {
        let text = text(&generated, &format!("src/types/s{index}.rs"));
        let field = text.lines().find(|line| line.contains("pub a:"));
        field.unwrap_or_default().trim().to_owned()
    };
    assert_eq!(field(0), "pub a: Option<types::S1>,");
    assert_eq!(field(2_989), "pub a: Option<types::S2990>,");
    assert_eq!(field(2_990), "pub a: Option<Box<types::S2991>>,");
    assert_eq!(field(2_991), "pub a: Option<types::S2992>,");
    assert_eq!(field(2_999), "pub a: Option<types::S2990>,");
}

#[test]
fn the_first_member_of_a_cycle_is_boxed() {
    let shapes = GO.to_owned()
        + &structure(
            "In",
            &[
                ("left".into(), to("A")),
                ("right".into(), to("B")),
                ("twice".into(), to("F")),
                ("cased".into(), to("Ib")),
            ],
            "",
        )
        + &structure("A", &[("b".into(), to("B")), ("c".into(), to("C"))], "")
        + &structure("B", &[("a".into(), to("A"))], "")
        + &structure("C", &[("c".into(), to("C")), ("d".into(), to("D"))], "")
        + &structure("D", &[("list".into(), to("L"))], "")
        + &structure("E", &[("f".into(), to("F"))], "")
        + &structure("F", &[("a".into(), to("E")), ("b".into(), to("E"))], "")
        + &structure("Ib", &[("a".into(), to("ia"))], "")
        + &structure("ia", &[("b".into(), to("Ib"))], "")
        + r#","ex#L": { "type": "list", "member": { "target": "ex#D" } }"#;
    let generated = generated(service(&shapes));
    let fields = |name: &str| {
        let text = text(&generated, &format!("src/types/{name}.rs"));
        let fields = text
            .lines()
            .filter_map(|line| line.trim().strip_prefix("pub "));
        let fields = fields.filter(|line| line.contains(": Option<"));
        fields.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        fields("a"),
        "b: Option<Box<types::B>>, c: Option<types::C>,"
    );
    assert_eq!(fields("b"), "a: Option<types::A>,");
    assert_eq!(
        fields("c"),
        "c: Option<Box<types::C>>, d: Option<types::D>,"
    );
    assert_eq!(fields("d"), "list: Option<Vec<types::D>>,");
    // One box is enough for both ways back.
    assert_eq!(fields("e"), "f: Option<Box<types::F>>,");
    assert_eq!(fields("f"), "a: Option<types::E>, b: Option<types::E>,");
    // Ids are compared without case.
    assert_eq!(fields("ib"), "a: Option<types::Ia>,");
    assert_eq!(fields("ia"), "b: Option<Box<types::Ib>>,");
}

#[test]
fn a_chain_of_mixins_may_be_long() {
    let mut shapes = GO.to_owned();
    for index in 0..2_000 {
        let members = [(format!("m{index}"), STRING.to_owned())];
        let mixins = match index {
            0 => String::new(),
            _ => format!(r#", "mixins": [{}]"#, to(format!("M{}", index - 1))),
        };
        let rest = format!(r#", "traits": {{ "smithy.api#mixin": {{}} }} {mixins}"#);
        shapes += &structure(&format!("M{index}"), &members, &rest);
    }
    shapes += &structure("In", &[], r#", "mixins": [{ "target": "ex#M1999" }]"#);
    let generated = generated(service(&shapes));
    let operation = text(&generated, "src/operation/go.rs");
    assert!(operation.contains(r#"Member::new("m0","#));
    assert!(operation.contains(r#"Member::new("m1999","#));
}

#[test]
fn members_may_be_left_out_behind_a_long_chain_of_mixins() {
    let mut text = String::from(
        "$version: \"2\"\nnamespace ex\n@aws.protocols#awsJson1_1\nservice S { operations: [Go] }\noperation Go { input: In }\n",
    );
    text += "structure In with [M1999] {\n";
    for index in 0..2_000 {
        writeln!(text, "    $m{index}").unwrap();
    }
    text += "}\n@mixin\nstructure M0 { m0: String }\n";
    for index in 1..2_000 {
        let before = index - 1;
        writeln!(
            text,
            "@mixin\nstructure M{index} with [M{before}] {{ m{index}: String }}"
        )
        .unwrap();
    }
    let name = "model.smithy".to_owned();
    let generated = generated(Source { name, text });
    assert!(self::text(&generated, "src/operation/go.rs").contains(r#"Member::new("m0","#));
}

#[test]
fn names_may_be_long_or_all_the_same() {
    let long = "N".to_owned() + &"Ab".repeat(5_000);
    let mut members = vec![(long.clone(), to(format!("{long}T")))];
    for index in 1..100 {
        members.push((format!("a{}b", "_".repeat(index)), to(format!("{long}U"))));
    }
    let shapes = GO.to_owned()
        + &structure("In", &members, "")
        + &structure(&format!("{long}T"), &[], "")
        + &structure(&format!("{long}U"), &[], "");
    let generated = generated(service(&shapes));
    // The limit of file systems, less the suffix of a temporary file.
    let part = |path: &str| path.split('/').map(str::len).max();
    let longest = generated.files.iter().filter_map(|file| part(&file.path));
    assert!(longest.max() < Some(255 - ".swage-new".len()));
    let operation = text(&generated, "src/operation/go.rs");
    assert!(operation.contains(&format!("Member::new(\n            \"{long}\"")));
    assert!(operation.contains("pub a_b_99: "));
}

#[test]
fn an_input_may_have_thousands_of_members() {
    let members: Vec<(String, String)> = (0..10_000)
        .map(|index| (format!("m{index}"), STRING.to_owned()))
        .collect();
    let generated = generated(service(&(GO.to_owned() + &structure("In", &members, ""))));
    let operation = text(&generated, "src/operation/go.rs");
    assert!(operation.contains("pub m9999: "));
}

#[test]
fn examples_that_nest_beyond_all_use_are_left_out() {
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let examples =
        format!(r#"[{{ "title": "Deep", "input": {{ "deep": {deep}, "flat": [[1]] }} }}]"#);
    let shapes = format!(
        r#""ex#Go": {{ "type": "operation", "input": {{ "target": "ex#In" }},
            "traits": {{ "smithy.api#examples": {examples} }} }},
        "ex#In": {{ "type": "structure", "members": {{
            "deep": {{ "target": "smithy.api#Document" }}, "flat": {{ "target": "smithy.api#Document" }} }} }}"#
    );
    let generated = generated(service(&shapes));
    let operation = text(&generated, "src/operation/go.rs");
    assert!(operation.contains("///     .flat("));
    assert!(!operation.contains("///     .deep("));
}

#[test]
fn endpoint_rules_that_nest_beyond_all_use_are_named() {
    let mut rule = r#"{ "conditions": [], "type": "error", "error": "no" }"#.to_owned();
    for _ in 0..40 {
        rule = format!(r#"{{ "conditions": [], "type": "tree", "rules": [{rule}] }}"#);
    }
    let rules = format!(r#"{{ "version": "1.0", "parameters": {{}}, "rules": [{rule}] }}"#);
    let shapes = GO.to_owned() + &structure("In", &[], "");
    let text = service(&shapes).text.replace(
        r#""aws.protocols#awsJson1_1": {}"#,
        &format!(r#""aws.protocols#awsJson1_1": {{}}, "smithy.rules#endpointRuleSet": {rules}"#),
    );
    let name = "model.json".to_owned();
    let problems = generate(&[Source { name, text }], &Options::default()).unwrap_err();
    let messages: Vec<&str> = problems.iter().map(|of| of.message.as_str()).collect();
    assert_eq!(messages, ["endpoint rules are nested too deeply"]);
}

#[test]
fn of_thousands_of_problems_the_first_are_shown() {
    let members: Vec<(String, String)> = (0..5_000)
        .map(|index| (format!("m{index}"), to(format!("Nothing{index}"))))
        .collect();
    let sources = [service(&(GO.to_owned() + &structure("In", &members, "")))];
    let problems: Vec<Diagnostic> = check(&load(&sources)).err().unwrap_or_default();
    assert_eq!(problems.len(), 5_000);
    let text = render(&problems, &sources, false);
    assert_eq!(text.matches("error: unknown shape").count(), 200);
    assert!(text.ends_with("5000 errors in the model (200 shown)\n"));
}

#[test]
fn a_service_may_be_a_mixin() {
    let mixin = r#","ex#Base": { "type": "service", "version": "1", "errors": [],
        "traits": { "smithy.api#mixin": {} } }"#;
    let shapes = GO.to_owned() + &structure("In", &[], "") + mixin;
    let mut source = service(&shapes);
    source.text = source.text.replace(
        r#""operations": ["#,
        r#""mixins": [{ "target": "ex#Base" }], "operations": ["#,
    );
    assert_eq!(generated(source).names.operations.len(), 1);
}

#[test]
fn paths_of_waiters_that_nest_beyond_all_use_are_named() {
    let path = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    let problems = |depth: usize| {
        let waiters = format!(
            r#"{{ "Done": {{ "acceptors": [{{ "state": "success", "matcher": {{ "output": {{
                "path": "{}", "expected": "a", "comparator": "stringEquals" }} }} }}] }} }}"#,
            path(depth)
        );
        let shapes = format!(
            r#""ex#Go": {{ "type": "operation", "output": {{ "target": "ex#In" }},
                "traits": {{ "smithy.waiters#waitable": {waiters} }} }}"#
        );
        let source = service(&(shapes + &structure("In", &[("a".into(), STRING.into())], "")));
        check(&load(&[source])).err().unwrap_or_default()
    };
    assert_eq!(problems(200), []);
    let found = problems(100_000);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].label, "too many levels of nesting");
}
