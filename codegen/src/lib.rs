//! Generates Rust clients and command lines from service models. Model texts in, files out: no access to disk, clock,
//! environment or network.

mod base64;
pub mod check;
mod code;
pub mod diagnostic;
pub mod diff;
mod docs;
mod embed;
mod emit;
pub mod endpoint_rules;
mod grammar;
mod interface;
pub mod load;
pub mod lookup;
pub mod model;
mod names;
pub mod node;
mod options;
pub mod pack;
mod pattern;
mod plan;
mod registry;
mod render;
mod slice;
pub mod sorted;

pub use diagnostic::{Diagnostic, Source, render as render_diagnostics};
use load::Loaded;
pub use options::{
    Generated, Names, OperationNames, Options, OutputFile, Package, RenamedOption, Runtime,
};
pub use pattern::did_you_mean;
pub use registry::is_protocol;
pub use render::{is_generated, may_become_generated};

/// Generates a crate: load → check → slice → plan → emit → render.
///
/// # Errors
///
/// Every error in the models, or an option that doesn't match them.
pub fn generate(sources: &[Source], options: &Options) -> Result<Generated, Vec<Diagnostic>> {
    let names: Vec<_> = sources.iter().map(|source| source.name.as_str()).collect();
    generate_from(load::load(sources), &names, options)
}

/// Generates a crate from a loaded model. `names` are the names of its sources, for the header of each file.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_from(
    loaded: Loaded,
    names: &[&str],
    options: &Options,
) -> Result<Generated, Vec<Diagnostic>> {
    let plan = planned(&loaded, options)?;
    // The files take its place in memory.
    drop(loaded);
    let interface = diff::interface(&plan, options.cli);
    let module = options.module.as_deref();
    let module = module.map(|parent| embed::module(parent, &plan.library()));
    if let Some(module) = &module {
        embed::check(module).map_err(|problem| vec![problem])?;
    }
    Ok(Generated {
        files: render::render(
            emit::emit(&plan, &interface, options),
            options,
            module.as_deref(),
            names,
        )?,
        endpoint_rules: plan.service.endpoint_rules.clone(),
        endpoint_tests: plan.service.endpoint_tests.clone(),
        protocol: plan.service.protocol.name().to_owned(),
        names: plan.names(),
        dependencies: emit::dependencies(&plan, options),
        renamed_options: plan.renamed_options(),
        interface,
    })
}

/// The interface of the crate that [`generate_from`] would generate, for [`diff::Report`].
///
/// # Errors
///
/// As [`generate`].
pub fn interface(loaded: &Loaded, options: &Options) -> Result<diff::Interface, Vec<Diagnostic>> {
    planned(loaded, options).map(|plan| diff::interface(&plan, options.cli))
}

/// The tables of the service, for [`pack::file`].
///
/// # Errors
///
/// As [`generate`].
pub fn packed(loaded: &Loaded, options: &Options) -> Result<pack::PackedService, Vec<Diagnostic>> {
    planned(loaded, options).map(|plan| pack::service(&plan))
}

/// The files of the crate of a program for the services of a pack, which is [`PROGRAM_PACK`] in the crate's folder.
/// `models` names what the pack is made from, for the header of each file.
///
/// # Errors
///
/// The code can't be formatted: an internal error.
pub fn program(
    name: &str,
    models: &[&str],
    options: &Options,
) -> Result<Vec<OutputFile>, Vec<Diagnostic>> {
    let name = names::package(name);
    render::render(emit::program::emit(&name, options), options, None, models)
}

/// The file of the pack in the crate of a program.
pub const PROGRAM_PACK: &str = emit::program::PACK;

/// What [`generate_from`] would emit.
fn planned(loaded: &Loaded, options: &Options) -> Result<plan::Plan, Vec<Diagnostic>> {
    let checked = check::check(loaded)?;
    let slice = slice::slice(&checked, options)?;
    plan::plan(&slice, checked.endpoints, options).map_err(|problem| vec![problem])
}
