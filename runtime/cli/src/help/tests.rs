//! Help pages: structure, words and layout.

use crate::command::{Cli, Command};
use crate::help::{self, Topic};
use swage_client::operation::{
    Acceptor, Comparator, Matcher, Operation, OperationTrait, Service, Waiter, WaiterState,
};
use swage_client::protocol::rest_json;
use swage_client::schema::{self, Kind, Member, Schema, Trait};

static COLOR: Schema =
    Schema::simple("t#Color", Kind::Enum).with(&[Trait::EnumValues(&["RED", "BLUE"])]);
static COLORS: Schema = Schema::list("t#Colors", &[Member::new("member", &COLOR)]);
static TREE: Schema = Schema::structure(
    "t#Tree",
    &[
        Member::new("Name", &schema::STRING),
        Member::new("Left", &TREE),
    ],
);
static EITHER: Schema = Schema::union(
    "t#Either",
    &[
        Member::new("a", &schema::STRING),
        Member::new("b", &schema::LONG),
    ],
);
static INPUT: Schema = Schema::structure(
    "t#PaintInput",
    &[
        Member::new("Color", &COLOR).required(),
        Member::new("Others", &COLORS),
        Member::new("Tree", &TREE),
        Member::new("Either", &EITHER),
        Member::new("Dry", &schema::BOOLEAN),
    ],
);
static OUTPUT: Schema = Schema::structure("t#PaintOutput", &[Member::new("Tree", &TREE)]);
static SERVICE: Service = Service {
    id: "t#Painter",
    sdk_id: "Painter",
    version: "1",
    protocol: rest_json::REST_JSON_1,
    auth: &[],
    endpoint_rules: "",
    endpoint_prefix: "",
    xml_namespace: None,
    traits: &[],
};
static PAINT: Operation = Operation {
    name: "Paint",
    service: &SERVICE,
    input: &INPUT,
    output: &OUTPUT,
    errors: &[],
    method: "POST",
    uri: "/",
    code: 200,
    host_prefix: "",
    auth: None,
    optional_auth: false,
    traits: &[],
};
static CLI: Cli = Cli {
    name: "painter",
    version: "1.0",
    service: &SERVICE,
    manual: "\
# t#Painter
p Paints \\*everything\\* that has a `surface`.
# t#Paint
p Paints with a [brush](https://example.com/brush), which takes a while because every single surface is painted twice.
note
  p Let it **dry**.
  - p Once
  - p Twice
    p Or more
important
  p Keep the brush ([Brush]()) clean.
# t#Color
p A color.
# t#PaintInput$Color
p The first coat.
# t#Tree
p A tree.
pre oak
",
    commands: &[PAINTS],
};

const PAINTS: Command = Command::new("paint", &PAINT, "Paints.");

/// The part of a page between two lines.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page
        .find(from)
        .unwrap_or_else(|| panic!("no {from} in\n{page}"));
    let rest = &page[start..];
    &rest[..rest
        .find(to)
        .unwrap_or_else(|| panic!("no {to} in\n{rest}"))]
}

#[test]
fn the_page_of_the_program_lists_its_commands() {
    let title = "PAINTER()";
    assert_eq!(
        help::text(&CLI, Topic::Program, Some(78)),
        format!(
            "{title}{title:>69}\n\n\n\nNAME\n       painter -\n\nDESCRIPTION\n       Paints *everything* that has a surface .\n\n\
             AVAILABLE COMMANDS\n       o help\n\n       o paint\n\n\n\n{title:>78}\n"
        )
    );
}

#[test]
fn the_description_is_laid_out() {
    let page = help::text(&CLI, Topic::Command(&CLI.commands[0]), Some(78));
    assert_eq!(
        part(&page, "DESCRIPTION", "SYNOPSIS"),
        "DESCRIPTION
       Paints with a brush , which takes a while because every single surface
       is painted twice.

       NOTE:
          Let it dry .

          o Once

          o Twice

            Or more

       WARNING:
          Keep the brush ( Brush ) clean.

"
    );
    let unbroken = help::text(&CLI, Topic::Command(&CLI.commands[0]), None);
    assert!(unbroken.contains("\n       Paints with a brush , which takes a while because every single surface is painted twice.\n"));
}

#[test]
fn the_synopsis_marks_optional_options() {
    let page = help::text(&CLI, Topic::Command(&CLI.commands[0]), Some(78));
    assert!(part(&page, "SYNOPSIS", "[--debug]").ends_with(
        "            paint
          --color <value>
          [--others <value>]
          [--tree <value>]
          [--either <value>]
          [--dry | --no-dry]
          [--cli-input-json <value>]
          [--generate-cli-skeleton <value>]
          "
    ));
}

#[test]
fn options_show_their_values_and_syntax() {
    let page = help::text(&CLI, Topic::Command(&CLI.commands[0]), Some(78));
    assert_eq!(
        part(&page, "OPTIONS", "       --either"),
        r#"OPTIONS
       --color (string)
          The first coat.

          Possible values:

          o RED

          o BLUE

       --others (list)
          (string)
              A color.

       Syntax:

          "string" "string" ...

          Where valid values are:
            RED
            BLUE

       --tree (structure)
          A tree.

              oak

          Name -> (string)

          Left -> (structure)
              A tree.

                 oak

              Name -> (string)

              ( ... recursive ... )

       Shorthand Syntax:

          Name=string,Left={Name=string,Left=( ... recursive ... )}

       JSON Syntax:

          {
            "Name": "string",
            "Left": {
              "Name": "string",
              "Left": { ... recursive ... }
            }
          }

"#
    );
    let either: Vec<&str> = part(&page, "--either (tagged", "--dry |")
        .split_whitespace()
        .collect();
    assert!(
        either
            .join(" ")
            .contains("Only one of the following top level keys can be set: a, b.")
    );
    assert!(page.contains("\n       --dry | --no-dry (boolean)\n"));
    assert!(page.contains(
        "\n       --cli-input-json (string) Performs service operation based on the JSON\n"
    ));
}

#[test]
fn the_output_is_documented() {
    let page = help::text(&CLI, Topic::Command(&CLI.commands[0]), Some(78));
    let output = part(&page, "\nOUTPUT", "\n\n\n\n");
    assert!(
        output.starts_with("\nOUTPUT\n       Tree -> (structure)\n          A tree.\n"),
        "{output}"
    );
}

macro_rules! output {
    ($path:expr, $expected:expr, $comparator:ident) => {
        &[Acceptor::new(
            WaiterState::Success,
            Matcher::Output($path, $expected, Comparator::$comparator),
        )]
    };
}

static DRIED: [OperationTrait; 7] = [
    OperationTrait::Waitable(&waiter(
        "AllDry",
        output!("Coats[].State", "DRY", AllStringEquals),
    )),
    OperationTrait::Waitable(&waiter(
        "AnyDry",
        output!("Coats[].State", "DRY", AnyStringEquals),
    )),
    OperationTrait::Waitable(&waiter(
        "CoatGone",
        &[
            Acceptor::new(WaiterState::Retry, Matcher::Success(true)),
            Acceptor::new(WaiterState::Success, Matcher::ErrorType("NoSuchCoat")),
        ],
    )),
    OperationTrait::Waitable(&waiter(
        "CoatThere",
        &[Acceptor::new(WaiterState::Success, Matcher::Success(true))],
    )),
    OperationTrait::Waitable(&waiter(
        "CoatsCounted",
        output!("length(Coats[]) > `0`", "true", BooleanEquals),
    )),
    OperationTrait::Waitable(&waiter("Dry", output!("State", "DRY", StringEquals))),
    OperationTrait::Waitable(&waiter("Told", output!("State", "DRY", StringEquals))),
];
/// The number of attempts of each waiter.
static ATTEMPTS: [(&str, u32); 7] = [
    ("AllDry", 20),
    ("AnyDry", 20),
    ("CoatGone", 20),
    ("CoatThere", 20),
    ("CoatsCounted", 20),
    ("Dry", 20),
    ("Told", 20),
];
static WAITING: Cli = Cli {
    name: "painter",
    version: "1.0",
    service: &SERVICE,
    manual: "# t#Look$Told\np Wait until the paint *dries*\n# t#Look\np Looks.\n",
    commands: &[Command::new(
        "look",
        &Operation::new("Look", &SERVICE, &INPUT, &OUTPUT).with(&DRIED),
        "Looks.",
    )
    .max_attempts(&ATTEMPTS)],
};

const fn waiter(name: &'static str, acceptors: &'static [Acceptor]) -> Waiter {
    Waiter {
        name,
        min_delay: 5,
        max_delay: 120,
        acceptors,
    }
}

/// The page of a waiter.
fn waiter_page(name: &str) -> String {
    let [look] = WAITING.commands else {
        panic!("one command")
    };
    let waiter = look
        .operation()
        .waiters()
        .find(|waiter| waiter.name == name);
    help::text(&WAITING, Topic::Waiter(look, waiter.expect(name)), None)
}

#[test]
fn the_program_lists_wait_and_wait_its_waiters() {
    let page = help::text(&WAITING, Topic::Program, Some(78));
    assert!(
        page.contains("       o help\n\n       o look\n\n       o wait\n"),
        "{page}"
    );
    assert!(!help::text(&CLI, Topic::Program, Some(78)).contains("wait"));
    let title = "WAIT()";
    assert_eq!(
        help::text(&WAITING, Topic::Wait, Some(78)),
        format!(
            "{title}{title:>72}\n\n\n\nNAME\n       wait -\n\nDESCRIPTION\n       Wait until a particular condition is satisfied. Each \
             subcommand polls\n       an API until the listed requirement is met.\n\nAVAILABLE COMMANDS\n       o all-dry\n\n       \
             o any-dry\n\n       o coat-gone\n\n       o coat-there\n\n       o coats-counted\n\n       o dry\n\n       o \
             told\n\n\n\n{title:>78}\n"
        )
    );
}

#[test]
fn hidden_operations_and_their_waiters_are_not_listed() {
    static OPERATION: Operation =
        Operation::new("Look", &SERVICE, &INPUT, &OUTPUT).with(&[OperationTrait::Waitable(
            &waiter("Dry", output!("State", "DRY", StringEquals)),
        )]);
    static HIDING: Cli = Cli {
        commands: &[Command::new("look", &OPERATION, "Looks.").hidden(), PAINTS],
        ..WAITING
    };
    let page = help::text(&HIDING, Topic::Program, Some(78));
    assert!(
        page.contains("       o help\n\n       o paint\n\n       o wait\n"),
        "{page}"
    );
    let page = help::text(&HIDING, Topic::Wait, Some(78));
    assert!(
        page.contains("AVAILABLE COMMANDS\n") && !page.contains("dry"),
        "{page}"
    );
}

#[test]
fn the_page_of_a_waiter_describes_its_condition() {
    let cases = [
        (
            "AllDry",
            "Wait until JMESPath query Coats[].State returns DRY for all elements when polling with look.",
        ),
        (
            "AnyDry",
            "Wait until JMESPath query Coats[].State returns DRY for any element when polling with look.",
        ),
        (
            "CoatGone",
            "Wait until NoSuchCoat is thrown when polling with look.",
        ),
        (
            "CoatThere",
            "Wait until 200 response is received when polling with look.",
        ),
        (
            "CoatsCounted",
            "Wait until JMESPath query length(Coats[]) > 0 returns True when polling with look.",
        ),
        (
            "Dry",
            "Wait until JMESPath query State returns DRY when polling with look.",
        ),
        // From the model's documentation.
        ("Told", "Wait until the paint dries "),
    ];
    for (name, sentence) in cases {
        let page = waiter_page(name);
        let description = part(&page, "DESCRIPTION\n", "SYNOPSIS");
        assert_eq!(
            description,
            format!(
                "DESCRIPTION\n       {} It will poll every 5 seconds until a successful state has been reached. This will exit \
                 with a return code of 255 after 20 failed checks.\n\n",
                sentence.trim_end()
            )
        );
    }
}

#[test]
fn the_page_of_a_waiter_has_its_operation_s_options_and_no_output() {
    let page = waiter_page("CoatGone");
    assert!(page.starts_with("COAT-GONE()"), "{page}");
    assert!(page.contains("NAME\n       coat-gone -\n"), "{page}");
    assert!(
        page.contains("            coat-gone\n          --color <value>\n"),
        "{page}"
    );
    assert!(page.contains("\n       --color (string)\n"), "{page}");
    assert!(
        part(&page, "OUTPUT\n", "COAT-GONE()").starts_with("OUTPUT\n       None\n\n\n\n"),
        "{page}"
    );
}

#[test]
fn a_narrow_terminal_has_short_lines() {
    let page = help::text(&CLI, Topic::Command(&CLI.commands[0]), Some(50));
    assert!(page.contains(
        "
       Paints with a brush , which takes a while
       because every single surface is painted
       twice.
"
    ));
    assert!(page.ends_with(&format!("\n{:>50}\n", "PAINT()")));
}
