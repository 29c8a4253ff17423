//! Formats tokens, and adds headers.

mod expression;
mod item;
mod layout;
#[cfg(test)]
mod tests;

use crate::code::{Code, Tokens};
use crate::diagnostic::Diagnostic;
use crate::embed::{self, embed};
use crate::emit::{Content, Emitted};
use crate::endpoint_rules::FIRST_LINE;
use crate::interface;
use crate::node::Span;
use crate::{Options, OutputFile};
use std::iter;
use std::sync::{Mutex, PoisonError};

/// With fewer files, starting another thread costs more than it saves.
const FILES_PER_THREAD: usize = 64;

/// The texts of all files in order. Each thread takes the next file; the result doesn't depend on
/// threads.
pub(crate) fn render(
    files: Vec<Emitted<'_>>,
    options: &Options,
    module: Option<&str>,
    sources: &[&str],
) -> Result<Vec<OutputFile>, Vec<Diagnostic>> {
    let header = header(options, sources);
    let files = placed(files, module);
    let threads = match files.len() / FILES_PER_THREAD {
        few @ (0 | 1) => few,
        many => std::thread::available_parallelism().map_or(1, |threads| many.min(threads.into())),
    };
    let left = Mutex::new(files.into_iter().enumerate());
    let take = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let work = || {
        let taken = iter::from_fn(take);
        taken
            .map(|(index, file)| (index, one_file(file, &header, module)))
            .collect::<Vec<_>>()
    };
    let mut rendered = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut rendered = work();
        for other in others {
            match other.join() {
                Ok(files) => rendered.extend(files),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        rendered
    });
    rendered.sort_by_key(|(index, _)| *index);
    let files = rendered.into_iter().map(|(_, file)| file);
    files
        .collect::<Result<_, _>>()
        .map_err(|problem| vec![problem])
}

/// Selects and moves the files that a module has.
fn placed<'a>(files: Vec<Emitted<'a>>, module: Option<&str>) -> Vec<Emitted<'a>> {
    if module.is_none() {
        return files;
    }
    let place = |file: Emitted<'a>| {
        let path = embed::path(&file.path)?;
        Some(Emitted { path, ..file })
    };
    files.into_iter().filter_map(place).collect()
}

fn one_file(
    file: Emitted<'_>,
    header: &str,
    module: Option<&str>,
) -> Result<OutputFile, Diagnostic> {
    let embedded = |code: Code| match module {
        Some(module) => embed(code.tokens(), module),
        None => code,
    };
    let text = match file.content {
        Content::Markdown(make) => {
            let header = header.replace("-->", "--&gt;");
            format!("<!-- {header} -->\n\n{}", make())
        }
        Content::Text(make) => format!("# {header}\n\n{}", make()),
        Content::Table(make) => {
            let text = make();
            let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
            format!("{first}\n# {header}\n{rest}")
        }
        Content::Rust(make) => {
            let code = embedded(make());
            let header = format!("// {header}\n");
            let laid_out = item::file(code.tokens(), &header);
            let text = laid_out.map_or_else(|| spaced(code.tokens(), &header), Ok);
            text.map_err(|error| broken(&file.path, &error))?
        }
    };
    Ok(OutputFile {
        path: file.path,
        text,
    })
}

/// Formats the items with an empty line between them, except between `use` lines, `mod` lines and statics of one line.
fn spaced(tokens: Tokens<'_>, header: &str) -> syn::Result<String> {
    let syn::File {
        shebang,
        frontmatter,
        attrs,
        items,
    } = syn::parse_str(&tokens.source())?;
    let mut out = header.to_owned();
    out.push_str(&prettyplease::unparse(&syn::File {
        shebang,
        frontmatter,
        attrs,
        items: Vec::new(),
    }));
    let mut before = ItemKind::Start;
    for item in items {
        let kind = ItemKind::of(&item);
        let text = one(item);
        let kind = kind.with_text(&text);
        if out.len() > header.len() && (kind == ItemKind::Other || kind != before) {
            out.push('\n');
        }
        before = kind;
        out.push_str(&text);
    }
    Ok(out)
}

fn one(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// Kinds of items without empty lines in between.
#[derive(Clone, Copy, PartialEq)]
enum ItemKind {
    Start,
    Use,
    Module,
    Static,
    Other,
}

impl ItemKind {
    fn of(item: &syn::Item) -> Self {
        match item {
            syn::Item::Use(_) => Self::Use,
            syn::Item::Mod(module) if module.content.is_none() => Self::Module,
            syn::Item::Static(_) => Self::Static,
            _ => Self::Other,
        }
    }

    /// A static of several lines is like any other item.
    fn with_text(self, text: &str) -> Self {
        if self == Self::Static && text.lines().nth(1).is_some() {
            Self::Other
        } else {
            self
        }
    }
}

/// How every header starts. Tools that skip generated files look for `@generated`.
const MARK: &str = "@generated by Swage from ";

/// What starts a comment, in Rust, in TOML and tables, and in Markdown.
const COMMENTS: [&str; 3] = ["// ", "# ", "<!-- "];

/// How headers started in earlier versions.
const EARLIER_MARK: &str = "Generated by Swage from ";

/// Returns whether codegen wrote a file: the header is in the first two lines.
pub fn is_generated(text: &str) -> bool {
    let is_header = |line: &str| {
        let mut comments = COMMENTS.iter();
        let comment = comments.find_map(|start| line.strip_prefix(start));
        comment.is_some_and(|comment| {
            [MARK, EARLIER_MARK]
                .iter()
                .any(|mark| comment.starts_with(mark))
        })
    };
    text.lines().take(2).any(is_header)
}

/// Returns whether a text can be the start of a file that codegen was writing: it ends before its header does.
pub fn may_become_generated(text: &str) -> bool {
    let tables = [FIRST_LINE, interface::FIRST_LINE].map(|line| format!("{line}\n# "));
    let tables = tables.iter().map(String::as_str);
    let starts = COMMENTS.into_iter().chain(tables);
    starts
        .map(|before| format!("{before}{MARK}"))
        .any(|start| start.starts_with(text))
}

/// The header names the models by their file names alone, so that it is the same on every machine.
fn header(options: &Options, sources: &[&str]) -> String {
    let mut names: Vec<String> = sources.iter().map(|source| file_name(source)).collect();
    names.sort();
    names.dedup();
    let more = names.len().saturating_sub(3);
    let shown = names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!(
        "{MARK}{shown}{more}. Regenerate with `{}`; don't edit.",
        options.command
    )
}

fn file_name(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.chars()
        .map(|c| if crate::docs::is_hostile(c) { '?' } else { c })
        .collect()
}

/// Invalid code is a bug of this generator, reported as a diagnostic instead of a panic.
fn broken(path: &str, error: &syn::Error) -> Diagnostic {
    Diagnostic {
        message: format!("internal error: invalid code for {path}: {error}"),
        span: Span::default(),
        label: String::new(),
        related: Vec::new(),
        help: "this is a bug in Swage; please report it with the model".into(),
    }
}
