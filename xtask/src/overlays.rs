//! `cargo xtask overlays`: lists the overlays that Swage carries, with what each of them does.

use std::collections::BTreeMap;
use std::process::ExitCode;
use swage_codegen::Source;
use swage_codegen::load::load;
use swage_codegen::model::Model;

/// Runs the task.
pub(crate) fn run() -> Result<ExitCode, String> {
    let traits = definitions()?;
    for (name, text) in swage_models::AWS {
        println!("{name}");
        for (id, count) in applied(text) {
            match summary(&traits, &id) {
                Some(summary) => println!("  {count:>4} {id}: {summary}"),
                None => println!("  {count:>4} {id}"),
            }
        }
    }
    println!("{} overlays", swage_models::AWS.len());
    Ok(ExitCode::SUCCESS)
}

/// The definitions of our traits.
fn definitions() -> Result<Model, String> {
    let sources = swage_models::TRAITS.iter().map(|(name, text)| Source {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    });
    let model = load(&sources.collect::<Vec<_>>()).into_model();
    model.map_err(|problems| {
        let messages = problems.into_iter().map(|problem| problem.message);
        messages.collect::<Vec<_>>().join("\n")
    })
}

/// The traits that an overlay applies, and how often. Each `apply` of our overlays stands on a line of its own.
fn applied(text: &str) -> BTreeMap<String, usize> {
    let uses = text.lines().filter_map(|line| line.strip_prefix("use "));
    let uses: Vec<&str> = uses.collect();
    let mut counts = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("apply ")) {
        let Some((_, applied)) = line.split_once('@') else {
            continue;
        };
        let name = applied.split('(').next().unwrap_or_default().trim();
        let full = uses.iter().find(|id| id.ends_with(&format!("#{name}")));
        let id = full.map_or_else(|| format!("smithy.api#{name}"), |id| (*id).to_owned());
        *counts.entry(id).or_default() += 1;
    }
    counts
}

/// The first sentence of a trait's documentation, on one line.
fn summary(traits: &Model, id: &str) -> Option<String> {
    let shape = traits
        .shapes
        .values()
        .find(|shape| shape.id.as_str() == id)?;
    let documentation = shape
        .traits
        .get("documentation")?
        .as_str()?
        .replace('\n', " ");
    let end = documentation.find(". ").unwrap_or(documentation.len());
    Some(documentation[..end].trim_end_matches('.').to_owned())
}
