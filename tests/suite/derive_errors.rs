//! Malformed input of the derive macros: each error names the place and what was expected.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Items, and the errors of the macros: line and column within the item, and the message.
const CASES: &[(&str, &str)] = &[
    (
        "#[derive(Shape)]\nstruct A {}",
        "2:8: expected `#[shape(TABLE)]`",
    ),
    (
        "#[derive(Shape)]\n#[shape(TABLE, setter)]\nstruct A {}",
        "3:8: unknown option of `#[shape]`",
    ),
    (
        "#[derive(Shape)]\n#[shape(TABLE)]\nstruct A(u8);",
        "3:8: expected members in braces",
    ),
    (
        "#[derive(Shape)]\n#[shape(TABLE)]\nunion A { a: u8 }",
        "3:1: expected a struct or an enum",
    ),
    (
        "#[derive(Shape)]\n#[shape(TABLE)]\nenum A {}",
        "3:6: expected a variant `Unknown`",
    ),
    (
        "#[derive(StringEnum)]\nstruct A {}",
        "2:8: expected an enum",
    ),
    (
        "#[derive(IntEnum)]\nenum A {}",
        "2:6: expected a variant `Unknown`",
    ),
    (
        "#[derive(StringEnum)]\nenum A {\n    One,\n    Unknown(String),\n}",
        "3:5: expected `#[wire(…)]`",
    ),
    (
        "#[derive(StringEnum)]\nenum A {\n    #[wire(\"a\", \"b\")]\n    One,\n    Unknown(String),\n}",
        "4:5: expected `#[wire(value, place)]`",
    ),
    ("#[derive(Error)]\nstruct A {}", "2:8: expected an enum"),
    (
        "#[derive(Error)]\nenum A {}",
        "2:6: expected `#[service(SERVICE)]`",
    ),
    (
        "#[derive(Operation)]\nstruct A;",
        "2:8: expected `#[operation(OPERATION, Input, Output)]`",
    ),
    (
        "#[derive(Operation)]\n#[operation(OPERATION)]\nstruct A;",
        "3:8: expected `#[operation(OPERATION, Input, Output)]`",
    ),
    (
        "#[derive(Operation)]\n#[operation(OPERATION, Input, Output, pages)]\nstruct A;",
        "3:8: unknown option of `#[operation]`",
    ),
];

#[test]
fn malformed_input_is_an_error_at_its_place() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace");
    let folder = std::env::temp_dir().join(format!("swage-derive-errors-{}", std::process::id()));
    let macros = root.join("runtime/macros");
    let manifest = format!(
        "[package]\nname = \"malformed\"\nedition = \"2024\"\n\n[dependencies]\nswage-macros.path = {macros:?}\n\n[workspace]\n"
    );
    let modules = (0..CASES.len()).map(|index| format!("mod case{index};\n"));
    let modules = modules.collect::<String>();
    fs::create_dir_all(folder.join("src")).expect("a folder");
    for (index, (item, _)) in CASES.iter().enumerate() {
        let text = format!("use swage_macros::*;\n{item}\n");
        fs::write(folder.join(format!("src/case{index}.rs")), text).expect("written");
    }
    fs::write(folder.join("Cargo.toml"), manifest).expect("written");
    fs::write(folder.join("src/lib.rs"), modules).expect("written");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--offline", "--message-format=short"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .output()
        .expect("cargo");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    fs::remove_dir_all(&folder).expect("removed");
    for (index, (item, expected)) in CASES.iter().enumerate() {
        let (line, rest) = expected.split_once(':').expect("a line");
        let (column, message) = rest.split_once(": ").expect("a column");
        // Below the `use` line.
        let line: usize = line.parse().expect("a number");
        let expected = format!(
            "src/case{index}.rs:{}:{column}: error: {message}\n",
            line + 1
        );
        assert!(said.contains(&expected), "{item}\n\n{expected}\n{said}");
    }
    assert_eq!(said.matches(": error: ").count(), CASES.len(), "{said}");
}
