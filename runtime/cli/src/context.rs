//! What every command of a run needs.

use crate::args::globals::Globals;
use crate::command::Cli;
use crate::query::Query;
use crate::runtime::Runtime;
use crate::settings::timeouts::Timeouts;
use crate::settings::{Settings, endpoint};
use crate::stop::Stop;

/// The program, its settings and its global options.
pub(crate) struct Context {
    pub(crate) cli: &'static Cli,
    pub(crate) settings: Settings,
    pub(crate) globals: Globals,
    pub(crate) query: Option<Query>,
    pub(crate) timeouts: Timeouts,
    pub(crate) runtime: Runtime,
}

impl Context {
    /// Checks the global options, then the settings that every command reads.
    pub(crate) fn new(
        cli: &'static Cli,
        settings: Settings,
        globals: Globals,
    ) -> Result<Self, Stop> {
        let query = globals.query.as_deref().map(Query::compile).transpose();
        let query = query.map_err(Stop::Error)?;
        if let Some(url) = &globals.endpoint_url {
            endpoint::check_scheme(url)?;
        }
        let timeouts = Timeouts::new(&globals)?;
        let settings = settings.with_profile(globals.profile.as_deref());
        settings.check()?;
        Ok(Self {
            cli,
            settings,
            globals,
            query,
            timeouts,
            runtime: Runtime::default(),
        })
    }
}
