//! Zsh: the script of `clap_complete` takes a folder behind a colon, as in `file://folder/`, for a whole word.

use super::place::INDEX;
use crate::request::quoted;
use clap::Command;
use clap_complete::engine;
use clap_complete::env::EnvCompleter;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

/// Completion in Zsh.
pub(super) struct Zsh;

/// Offers the lines that the program prints: a slash and a folder without its last slash, or a blank and another word, with its
/// description behind a colon.
///
/// The slash of a folder stays when the user goes on typing; a second one replaces it.
const OFFER: &str = r#"
    local line
    local -a folders others
    for line in "${(@f)answer}"; do
        case $line in
            (/*) folders+=("${line#?}") ;;
            (?*) others+=("${line#?}") ;;
        esac
    done
    (( $#folders )) && _describe -V folder folders -S / -r /
    (( $#others )) && _describe -V value others
"#;

impl EnvCompleter for Zsh {
    fn name(&self) -> &'static str {
        "zsh"
    }

    fn is(&self, name: &str) -> bool {
        name == self.name()
    }

    fn write_registration(
        &self,
        variable: &str,
        name: &str,
        bin: &str,
        program: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let function = name.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let call = format!(
            "{INDEX}=$((CURRENT - 1)) {variable}=zsh {}",
            quoted(program)
        );
        writeln!(out, "#compdef {bin}\n\n_swage_{function}() {{")?;
        writeln!(
            out,
            "    local answer=\"$({call} -- \"${{(@Q)words}}\" 2>/dev/null)\"{OFFER}}}\n"
        )?;
        writeln!(out, "compdef _swage_{function} {}", quoted(bin))
    }

    fn write_complete(
        &self,
        command: &mut Command,
        mut words: Vec<OsString>,
        folder: Option<&Path>,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let at = super::place::index(words.len());
        if at == words.len() {
            words.push(OsString::new());
        }
        for candidate in engine::complete(command, words, at, folder)? {
            let value = escaped(&candidate.get_value().to_string_lossy()).replace(':', "\\:");
            match (candidate.get_help(), value.strip_suffix('/')) {
                (Some(help), _) => {
                    let help = help.to_string();
                    let first = help.lines().next().unwrap_or_default();
                    writeln!(out, " {value}:{}", escaped(first))?;
                }
                (None, Some(folder)) => writeln!(out, "/{folder}")?,
                (None, None) => writeln!(out, " {value}")?,
            }
        }
        Ok(())
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
}
