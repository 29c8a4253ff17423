//! `swage pack` as a process, and programs for many services in `swage.toml`.

use crate::folder::{Folder, MODEL, text};
use std::fs;
use std::process::{Command, Output};
use swage_client::pack::{Pack, PackedService};

const AWS_JSON: &str = r#"{"metadata": {"protocol": "json", "jsonVersion": "1.1", "serviceId": "Old"},
    "operations": {"List": {}}, "shapes": {}}"#;
const IDL: &str = "$version: \"2\"\nnamespace a.b\n@aws.protocols#awsJson1_0\nservice Idl { operations: [Go] }\noperation Go {}\n";
const OVERLAY: &str = r#"{"smithy": "2.0", "shapes": {
    "a.b#Do": {"type": "apply", "traits": {"swage.cli#name": "make"}}}}"#;

fn swage(folder: &Folder, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_swage"));
    let command = command.args(arguments).env_remove("CARGO_TARGET_DIR");
    command.current_dir(&folder.0).output().expect("swage runs")
}

fn open(folder: &Folder, path: &str) -> Pack {
    let bytes = fs::read(folder.0.join(path)).expect("a file");
    Pack::open(bytes.leak()).expect("a pack")
}

#[test]
fn models_of_all_formats_go_into_one_file_with_their_overlays() {
    let folder = Folder::new("pack-formats");
    folder.write("models/thing.json", MODEL);
    folder.write("models/thing.overlay.json", OVERLAY);
    folder.write("models/old/2020-01-01/service-2.json", "broken");
    folder.write("models/old/2021-01-01/service-2.json", AWS_JSON);
    folder.write(
        "models/old/2021-01-01/paginators-1.json",
        r#"{"pagination": {}}"#,
    );
    folder.write("models/idl/idl.smithy", IDL);
    let arguments = ["pack", "models", "--out", "out/all.pack"];
    let output = swage(&folder, &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.starts_with("wrote   out/all.pack: 3 services, "),
        "{said}"
    );
    let pack = open(&folder, "out/all.pack");
    let names = pack
        .services()
        .expect("an index")
        .into_iter()
        .map(|of| of.name);
    assert_eq!(names.collect::<Vec<_>>(), ["idl", "old", "thing"]);
    let commands = pack
        .service("thing")
        .and_then(PackedService::commands)
        .expect("commands");
    let names = commands.iter().map(|of| of.name);
    assert_eq!(names.collect::<Vec<_>>(), ["make", "undo"]);
    let again = text(&swage(&folder, &arguments).stdout);
    assert!(again.starts_with("kept    out/all.pack"), "{again}");
}

#[test]
fn definitions_are_no_services() {
    let folder = Folder::new("pack-definitions");
    folder.write("models/thing.json", MODEL);
    for (name, definitions) in swage_models::TRAITS {
        folder.write(&format!("models/swage/{name}"), definitions);
        folder.write(&format!("models/idl/{name}"), definitions);
    }
    let mixin = r#"{"smithy": "2.0", "shapes": {
        "a.b#Base": {"type": "service", "traits": {"smithy.api#mixin": {}}}}}"#;
    folder.write("models/base.json", mixin);
    folder.write(
        "models/idl/idl.smithy",
        IDL.replace("\nservice", " service"),
    );
    let output = swage(&folder, &["pack", "models", "--out", "all.pack"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains(": 2 services, "), "{said}");
    let generate = ["generate", "--model", "models/idl", "--out", "client"];
    let output = swage(&folder, &generate);
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn a_check_writes_nothing() {
    let folder = Folder::new("pack-check");
    folder.write("models/thing.json", MODEL);
    let check = ["pack", "models", "--out", "all.pack", "--check"];
    assert_eq!(swage(&folder, &check).status.code(), Some(1));
    assert!(!folder.0.join("all.pack").exists());
    assert!(swage(&folder, &check[..4]).status.success());
    assert!(swage(&folder, &check).status.success());
    folder.write("models/thing.json", MODEL.replace("Undo", "Redo"));
    let output = swage(&folder, &check);
    assert_eq!(output.status.code(), Some(1));
    let error = text(&output.stderr);
    assert!(
        error.contains("all.pack isn't what the models give"),
        "{error}"
    );
}

#[test]
fn errors_of_all_models_are_reported_and_the_old_pack_stays() {
    let folder = Folder::new("pack-errors");
    folder.write("models/thing.json", MODEL);
    let arguments = ["pack", "models", "--out", "all.pack"];
    assert!(swage(&folder, &arguments).status.success());
    let before = fs::read(folder.0.join("all.pack")).expect("a pack");
    folder.write("models/one/one.json", MODEL.replace("/do", "do"));
    folder.write("models/two/two.json", "{");
    let output = swage(&folder, &arguments);
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    assert!(
        errors.contains("one.json:") && errors.contains("two.json:"),
        "{errors}"
    );
    assert!(fs::read(folder.0.join("all.pack")).expect("a pack") == before);
    folder.write("models/one/one.json", MODEL);
    folder.write("models/two/two.json", "{}");
    let output = swage(&folder, &arguments);
    assert!(output.status.success(), "equal services are one");
    let said = text(&output.stdout);
    assert!(said.contains("all.pack: 1 services, "), "{said}");
    folder.write("models/one/one.json", MODEL.replace("/do", "/other"));
    let output = swage(&folder, &arguments);
    let errors = text(&output.stderr);
    assert!(
        errors.contains("two different services have the name `thing`"),
        "{errors}"
    );
}

const PROGRAM: &str =
    "[command.tool]\nmodels = [\"models\"]\nout = \"tool\"\nversion = \"1.2.3\"\n";

#[test]
fn a_program_is_a_crate_with_its_pack() {
    let folder = Folder::new("pack-program");
    folder.write("models/thing.json", MODEL);
    folder.write("swage.toml", PROGRAM);
    let output = swage(&folder, &["generate"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let manifest = folder.read("tool/Cargo.toml");
    for line in [
        "name = \"tool\"",
        "version = \"1.2.3\"",
        "features = [\"pack\"]",
        "[workspace]",
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }
    let main = folder.read("tool/src/main.rs");
    assert!(
        main.contains("include_bytes!(\"../services.pack\")"),
        "{main}"
    );
    assert_eq!(
        open(&folder, "tool/services.pack")
            .services()
            .map(|of| of.len()),
        Ok(1)
    );
    let again = text(&swage(&folder, &["generate"]).stdout);
    assert!(
        again.contains("0 written, 0 removed, 4 unchanged"),
        "{again}"
    );
    assert!(swage(&folder, &["generate", "--check"]).status.success());
    folder.write("models/thing.json", MODEL.replace("Undo", "Redo"));
    let stale = swage(&folder, &["generate", "--check"]);
    assert_eq!(stale.status.code(), Some(1));
    assert!(text(&stale.stderr).contains("tool is out of date"));
}

#[test]
fn overlays_of_a_program_stand_beside_their_models() {
    let folder = Folder::new("pack-overlays");
    folder.write("models/thing.json", MODEL);
    folder.write(
        "swage.toml",
        format!("{PROGRAM}overlays = [\"over.json\"]\n"),
    );
    let output = swage(&folder, &["generate"]);
    assert_eq!(output.status.code(), Some(1));
    let error = text(&output.stderr);
    assert!(
        error.contains("service.overlay.json beside service.json"),
        "{error}"
    );
}
