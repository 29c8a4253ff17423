//! `smithy-build.json`: where a Smithy project has its models.

use super::{below, shown_here};
use crate::problem::Problem;
use std::path::{Path, PathBuf};
use std::{env, fs, iter};
use swage_codegen::diagnostic::{Diagnostic, Severity, Source};
use swage_codegen::load::parse_json;
use swage_codegen::node::{Node, Span};

/// The file's name.
pub(super) const FILE: &str = "smithy-build.json";

/// The folder that a project has its models in when it doesn't name one.
const DEFAULT: &str = "model";

/// The models of a project: those in the files and folders of its `sources` and `imports`, at any depth.
pub(super) fn models(file: &Path) -> Result<Vec<PathBuf>, Problem> {
    let text = fs::read_to_string(file).map_err(|error| Problem::io("read", file, &error))?;
    let (root, diagnostics) = parse_json(&without_comments(&text));
    let mut project = Project {
        folder: file.parent().unwrap_or(Path::new("")),
        models: Vec::new(),
        diagnostics,
    };
    if let Some(root) = root {
        project.read(&root);
    }
    if project.diagnostics.is_empty() {
        return Ok(project.models);
    }
    Err(Problem::Diagnostics {
        severity: Severity::Error,
        diagnostics: project.diagnostics,
        sources: vec![Source {
            name: shown_here(file),
            text,
        }],
        place: FILE,
    })
}

/// A project, as far as it was read.
struct Project<'p> {
    folder: &'p Path,
    models: Vec<PathBuf>,
    diagnostics: Vec<Diagnostic>,
}

impl Project<'_> {
    fn read(&mut self, root: &Node) {
        let (sources, imports) = (root.get("sources"), root.get("imports"));
        let default = self.folder.join(DEFAULT);
        match sources {
            Some(sources) => self.paths("sources", sources),
            None if default.is_dir() => self.path(&default, root.span),
            None if imports.is_some() => {}
            None => {
                let message = format!("no `sources`, and no folder `{DEFAULT}`");
                self.report(root.span, message, r#"add `"sources": ["FOLDER"]`"#);
            }
        }
        if let Some(imports) = imports {
            self.paths("imports", imports);
        }
    }

    /// Adds the models of an array of paths.
    fn paths(&mut self, key: &str, value: &Node) {
        let Some(elements) = value.elements() else {
            let message = format!("`{key}` is not an array of strings");
            return self.report(value.span, message, "");
        };
        for element in elements {
            let path = element
                .as_str()
                .ok_or_else(|| format!("a path in `{key}` is {}", element.value.kind()))
                .and_then(expanded);
            match path {
                Ok(path) => self.path(&self.folder.join(path), element.span),
                Err(message) => self.report(element.span, message, ""),
            }
        }
    }

    /// Adds the models in a folder, or one model.
    fn path(&mut self, path: &Path, span: Span) {
        let shown = shown_here(path);
        if path.extension().is_some_and(|e| e == "jar") {
            let message = format!("{shown}: archives are not read");
            return self.report(span, message, "unpack it and name the folder");
        }
        let added = if path.is_dir() {
            below(path, &mut self.models)
        } else {
            path.metadata().map(|_| self.models.push(path.to_owned()))
        };
        if let Err(error) = added {
            self.report(span, format!("cannot read {shown}: {error}"), "");
        }
    }

    fn report(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let diagnostic = Diagnostic::new(span, message).help(help);
        self.diagnostics.push(diagnostic);
    }
}

/// With environment variables in place of `${NAME}`.
fn expanded(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after
            .split_once('}')
            .ok_or_else(|| format!("`{text}` has no `}}` after `${{`"))?;
        let value = env::var(name)
            .map_err(|_| format!("the environment variable `{name}` in `{text}` is not set"))?;
        out.push_str(before);
        out.push_str(&value);
        rest = after;
    }
    Ok(out + rest)
}

/// Smithy allows comments from `//` to the end of a line. They become spaces, so that everything stays in its place.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        match c {
            '"' => in_string = !in_string,
            '\\' if in_string => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            '/' if !in_string && chars.peek() == Some(&'/') => {
                out.push(' ');
                while let Some(c) = chars.next_if(|c| *c != '\n') {
                    out.extend(iter::repeat_n(' ', c.len_utf8()));
                }
                continue;
            }
            _ => {}
        }
        out.push(c);
    }
    out
}
