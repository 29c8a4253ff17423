//! Packs: what is read from the pack of a golden case is what its generated crate has as statics.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use swage_cli::{__private::command, Cli, Command};
use swage_client::Schema;
use swage_client::pack::{Pack, PackError, PackedService};
use swage_client::schema::Member;
use swage_codegen::pack::PackedService as Packed;
use swage_codegen::{load, pack, packed};
use swage_tests::golden::{options, sources};
use swage_tests::{cases, root};

/// The command lines of all golden cases.
static CRATES: &[(&str, &Cli)] = &[
    ("alloy", &golden_alloy::cli::CLI),
    ("awsjson", &golden_awsjson::cli::CLI),
    ("bare", &golden_bare::cli::CLI),
    ("bindings", &golden_bindings::cli::CLI),
    ("bodies", &golden_bodies::cli::CLI),
    ("copies", &golden_copies::cli::CLI),
    ("defaults", &golden_defaults::cli::CLI),
    ("deprecated", &golden_deprecated::cli::CLI),
    ("discovery", &golden_discovery::cli::CLI),
    ("errors", &golden_errors::cli::CLI),
    ("events", &golden_events::cli::CLI),
    ("examples", &golden_examples::cli::CLI),
    ("hostile", &golden_hostile::cli::CLI),
    ("markup", &golden_markup::cli::CLI),
    ("naming", &golden_naming::cli::CLI),
    ("options", &golden_options::cli::CLI),
    ("overlay", &golden_overlay::cli::CLI),
    ("pages", &golden_pages::cli::CLI),
    ("recursion", &golden_recursion::cli::CLI),
    ("rename", &golden_rename::cli::CLI),
    ("sensitive", &golden_sensitive::cli::CLI),
    ("settings", &golden_settings::cli::CLI),
    ("shapes", &golden_shapes::cli::CLI),
    ("smithy1", &golden_smithy1::cli::CLI),
    ("transfers", &golden_transfers::cli::CLI),
    ("waiters", &golden_waiters::cli::CLI),
];

fn packed_case(case: &str) -> Packed {
    let case = root().join("tests/golden").join(case);
    let loaded = load::load(&sources(&case));
    packed(&loaded, &options(&case)).expect("a model without errors")
}

fn open(services: Vec<Packed>) -> Pack {
    let bytes = pack::file(services).expect("a small pack");
    Pack::open(bytes.leak()).expect("a pack")
}

/// The Debug forms of the shapes that these lead to.
fn reached(roots: impl IntoIterator<Item = &'static Schema>) -> BTreeMap<&'static str, String> {
    let mut todo: Vec<_> = roots.into_iter().collect();
    let mut forms = BTreeMap::new();
    while let Some(schema) = todo.pop() {
        let form = format!("{schema:?}");
        if forms.insert(schema.id(), form).is_none() {
            todo.extend(schema.members().iter().map(Member::target));
        }
    }
    forms
}

fn shapes(of: &'static Command) -> BTreeMap<&'static str, String> {
    let operation = of.operation();
    let sides = [operation.input, operation.output];
    reached(sides.into_iter().chain(operation.errors.iter().copied()))
}

/// The Debug form of a generated table, without the line that only generated files have.
fn form(of: &dyn Debug) -> String {
    let form = format!("{of:?}");
    let Some((before, after)) = form.split_once("# @generated") else {
        return form;
    };
    let (_, rest) = after.split_once("\\n").unwrap_or_default();
    format!("{before}{rest}")
}

/// The entries of a manual.
fn entries(manual: &str) -> BTreeMap<&str, &str> {
    let text = manual.strip_prefix("# ").unwrap_or(manual);
    let entries = text
        .split("\n# ")
        .filter_map(|entry| entry.split_once('\n'));
    entries.map(|(id, text)| (id, text.trim_end())).collect()
}

#[test]
fn the_tables_of_a_pack_are_those_of_the_generated_crate() {
    let all: BTreeSet<_> = CRATES
        .iter()
        .map(|(case, _)| root().join("tests/golden").join(case))
        .collect();
    assert_eq!(
        all,
        cases("golden").into_iter().collect(),
        "every case is compared"
    );
    let pack = open(CRATES.iter().map(|(case, _)| packed_case(case)).collect());
    for (case, cli) in CRATES {
        let service = pack
            .service(cli.name)
            .unwrap_or_else(|error| panic!("{case}: {error}"));
        let table = service.table().expect("a table");
        assert_eq!(form(&table), form(&cli.service), "{case}");
        let commands = service.commands().expect("commands");
        assert_eq!(commands.len(), cli.commands.len(), "{case}");
        let summaries = service.summaries().expect("summaries");
        assert_eq!(summaries.len(), commands.len(), "{case}");
        let all = commands.iter().zip(summaries).zip(cli.commands);
        for ((packed, summary), generated) in all {
            let read = command(service, packed).expect("a command");
            // A pack has summaries apart, for lists.
            let summary = format!("summary: {summary:?}");
            let read_form = form(&read).replacen("summary: \"\"", &summary, 1);
            assert_eq!(read_form, form(generated), "{case}");
            assert_eq!(shapes(read), shapes(generated), "{case}: {}", packed.name);
            let called = service.command_called(packed.name).expect("readable");
            assert_eq!(called.map(|of| of.name), Some(packed.name), "{case}");
        }
    }
}

#[test]
fn the_documentation_of_a_command_is_complete() {
    for (case, cli) in CRATES {
        let pack = open(vec![packed_case(case)]);
        let service = pack.service(cli.name).expect("the service");
        let generated = entries(cli.manual);
        let own = service.docs([0]).expect("documentation");
        assert_eq!(
            entries(&own).get(cli.service.id),
            generated.get(cli.service.id),
            "{case}"
        );
        for packed in service.commands().expect("commands") {
            let blocks = packed.docs().expect("readable");
            let first = service.docs(blocks.iter().copied().take(1));
            let first = first.expect("documentation");
            let text = service.docs(blocks).expect("documentation");
            let read = entries(&text);
            let of = command(service, &packed).expect("a command");
            let of_input = |(key, _): &(&&str, &&str)| {
                key.split_once('$')
                    .is_some_and(|(id, _)| id == of.operation().input.id())
            };
            let wanted: Vec<_> = generated.iter().filter(of_input).collect();
            let found = entries(&first);
            let found: Vec<_> = found.iter().filter(of_input).collect();
            assert_eq!(found, wanted, "{case}: {}", packed.name);
            let sides = [of.operation().input, of.operation().output];
            for id in reached(sides).into_keys() {
                let of_shape = |(key, _): &(&&str, &&str)| key.split('$').next() == Some(id);
                let wanted: Vec<_> = generated.iter().filter(of_shape).collect();
                let found: Vec<_> = read.iter().filter(of_shape).collect();
                assert_eq!(found, wanted, "{case}: {id}");
            }
        }
    }
}

#[test]
fn services_are_found_by_name_and_listed_in_order() {
    let pack = open(["waiters", "alloy", "events"].map(packed_case).into());
    let names = pack
        .services()
        .expect("an index")
        .into_iter()
        .map(|of| of.name);
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["golden-alloy", "golden-events", "golden-waiters"]
    );
    let missing = pack.service("golden-pages").expect_err("no such service");
    assert_eq!(
        missing.to_string(),
        "the pack has no service `golden-pages`"
    );
    let missing = pack
        .service("golden-alloy")
        .and_then(|of| of.operation("Nothing"));
    assert_eq!(
        missing.expect_err("no such operation"),
        PackError::NoOperation("Nothing".into())
    );
    let twice = pack::file(["alloy", "alloy"].map(packed_case).into());
    assert_eq!(
        twice,
        pack::file(vec![packed_case("alloy")]),
        "equal services are one"
    );
    let mut other = packed_case("events");
    other.name = "golden-alloy".into();
    let twice = pack::file(vec![packed_case("alloy"), other]);
    assert_eq!(twice, Err(pack::PackError::SameName("golden-alloy".into())));
    let mut other = packed_case("events");
    other.name = "older.options".into();
    let twice = pack::file(vec![packed_case("options"), other]);
    let name = "older.options".into();
    assert_eq!(twice, Err(pack::PackError::SameName(name)));
}

#[test]
fn a_pack_in_a_file_is_that_in_memory() {
    let path = std::env::temp_dir().join(format!("swage-pack-{}.pack", std::process::id()));
    let bytes = pack::file(["alloy", "waiters"].map(packed_case).into()).expect("a small pack");
    std::fs::write(&path, &bytes).expect("a file");
    let open = || Pack::open_file(std::fs::File::open(&path).expect("the file"));
    let (in_file, in_memory) = (
        open().expect("a pack"),
        Pack::open(bytes.clone().leak()).expect("a pack"),
    );
    let listed = in_memory.services().expect("an index");
    assert_eq!(in_file.services().expect("an index"), listed);
    for of in listed {
        let names = |pack: &Pack| {
            pack.service(of.name)
                .and_then(PackedService::operation_names)
        };
        assert_eq!(names(&in_file), names(&in_memory));
    }
    for length in 0..bytes.len().min(200) {
        std::fs::write(&path, &bytes[..length]).expect("a file");
        assert!(open().is_err(), "{length}");
    }
    // Whatever a damaged file says, it is an error at most.
    for at in 16..bytes.len().min(400) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xff;
        std::fs::write(&path, &damaged).expect("a file");
        if let Ok(pack) = open() {
            drop(pack.service("golden-waiters"));
        }
    }
    std::fs::remove_file(&path).expect("a file");
}

#[test]
fn the_same_services_give_the_same_bytes_in_any_order() {
    let bytes = |cases: [&str; 2]| pack::file(cases.map(packed_case).into());
    assert_eq!(bytes(["alloy", "hostile"]), bytes(["hostile", "alloy"]));
}

/// Reads everything in a pack.
fn read_all(pack: Pack) -> Result<(), PackError> {
    for listed in pack.services()? {
        read_service(pack.service(listed.name)?)?;
    }
    Ok(())
}

fn read_service(service: PackedService) -> Result<(), PackError> {
    service.table()?;
    for name in service.operation_names()? {
        service.operation(name)?;
    }
    for packed in service.commands()? {
        command(service, &packed)?;
        service.docs(packed.docs()?)?;
    }
    service.waiters().map(drop)
}

#[test]
fn a_damaged_pack_is_an_error_and_no_panic() {
    let good = pack::file(vec![packed_case("discovery")]).expect("a small pack");
    for length in (0..good.len()).step_by(7) {
        assert!(Pack::open(good[..length].to_vec().leak()).is_err());
    }
    let mut seen = BTreeSet::new();
    for place in 0..good.len() {
        let mut bytes = good.clone();
        bytes[place] ^= 0x55;
        let read = Pack::open(bytes.leak()).and_then(read_all);
        seen.extend(read.err().map(|error| error.to_string()));
    }
    assert!(seen.contains("not a pack of service tables"), "{seen:?}");
    assert!(
        seen.contains("the pack is damaged: invalid target"),
        "{seen:?}"
    );
}
