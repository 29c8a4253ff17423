//! The command on a terminal: colors, pagers, widths.
#![cfg(target_os = "linux")]

use crate::support::{Folder, Server, command};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use std::fs::File;
use std::io::Read as _;

/// Runs the example on a terminal of that many columns, and returns what it wrote there.
fn shown(columns: u16, variables: &[(&str, &str)], words: &[&str]) -> String {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).expect("granted");
    unlockpt(&terminal).expect("unlocked");
    let name = ptsname(&terminal, Vec::new()).expect("a name");
    let path = name.to_str().expect("a path");
    let program = File::options().read(true).write(true).open(path);
    let program = program.expect("the program's side");
    let size = Winsize {
        ws_row: 24,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&program, size).expect("a size");
    let folder = Folder::new("terminal");
    let mut command = command(&folder.0);
    command.args(words).envs(variables.iter().copied());
    let mut child = command.stdout(program).spawn().expect("the example");
    // The command keeps its side open as long as it runs.
    drop(command);
    let mut text = Vec::new();
    // Reading fails when the command has closed its side.
    File::from(terminal).read_to_end(&mut text).ok();
    assert!(child.wait().expect("the example").success());
    String::from_utf8_lossy(&text).replace("\r\n", "\n")
}

#[test]
fn tables_have_colors_unless_turned_off() {
    let server = Server::new(&[("200 OK", "{\"Name\": \"ab\"}")]);
    let words = [
        "echo",
        "--name",
        "ab",
        "--output",
        "table",
        "--endpoint-url",
        &server.url,
    ];
    let colored = shown(80, &[("NO_COLOR", "")], &words);
    assert!(colored.contains("\x1b[1m\x1b[34mab\x1b[0m"), "{colored:?}");
    assert!(colored.ends_with("\n\x1b[0m\x1b[0m"), "{colored:?}");
    let plain = shown(80, &[], &[&words[..], &["--color", "off"]].concat());
    assert!(
        plain.contains("|  ab") && !plain.contains('\x1b'),
        "{plain:?}"
    );
    assert_eq!(shown(80, &[("NO_COLOR", "1")], &words), plain);
    let on = [&words[..], &["--color", "on"]].concat();
    assert_eq!(shown(80, &[("NO_COLOR", "1")], &on), colored);
}

#[test]
fn a_table_too_wide_for_the_terminal_is_printed_vertically() {
    let server = Server::new(&[("200 OK", "{\"Name\": \"a long name\", \"Count\": 5}")]);
    let words = [
        "echo", "--name", "ab", "--output", "table", "--color", "off",
    ];
    let words = [&words[..], &["--endpoint-url", &server.url]].concat();
    assert!(shown(80, &[], &words).contains("Count"));
    let narrow = shown(20, &[], &words);
    assert!(narrow.contains("|  Count |  5"), "{narrow}");
}

#[test]
fn help_is_shown_in_a_pager() {
    let words = ["echo", "help"];
    let upper = ("PAGER", "tr a-z A-Z");
    assert!(shown(80, &[upper], &words).contains("THE REGION TO USE."));
    let numbered = [upper, ("MANPAGER", "cat -n")];
    assert!(shown(80, &numbered, &words).starts_with("     1\tECHO()"));
    let none = shown(80, &[("PAGER", "no-such-pager")], &words);
    assert!(none.contains("\nOPTIONS\n"), "{none}");
}

#[test]
fn responses_are_shown_in_the_pager_of_aws_pager() {
    let server = Server::new(&[("200 OK", "{\"Name\": \"ab\"}")]);
    let words = ["echo", "--name", "ab", "--endpoint-url", &server.url];
    let upper = ("AWS_PAGER", "tr a-z A-Z");
    let paged = shown(80, &[upper], &words);
    assert!(paged.contains("\"NAME\": \"AB\""), "{paged}");
    // Other variables are for help alone, as in the AWS CLI version 1.
    for variable in [("PAGER", "tr a-z A-Z"), ("AWS_PAGER", "")] {
        let plain = shown(80, &[variable], &words);
        assert!(plain.contains("\"Name\": \"ab\""), "{plain}");
    }
    let off = shown(80, &[upper], &[&words[..], &["--no-cli-pager"]].concat());
    assert!(off.contains("\"Name\": \"ab\""), "{off}");
    let help = ["echo", "help"];
    assert!(shown(80, &[upper], &help).contains("THE REGION TO USE."));
    let none = [("AWS_PAGER", ""), ("PAGER", "tr a-z A-Z")];
    assert!(shown(80, &none, &help).contains("The region to use."));
}

#[test]
fn help_fits_the_terminal() {
    let words = ["echo", "help"];
    let widest = |columns| {
        let page = shown(columns, &[("PAGER", "sed 's/.\\x08//g'")], &words);
        let prose = page.lines().skip_while(|line| !line.contains("GLOBAL"));
        prose
            .map(|line| line.chars().count())
            .max()
            .unwrap_or_default()
    };
    assert_eq!(widest(200), 78);
    assert!(widest(60) <= 60);
}
