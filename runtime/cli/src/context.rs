//! What every command of a run needs.

use crate::args::globals::Globals;
use crate::command::line::CommandLine;
use crate::pager::Output;
use crate::query::Query;
use crate::request::Recorder;
use crate::runtime::Runtime;
use crate::settings::timeouts::Timeouts;
use crate::settings::{Settings, endpoint};
use crate::stop::Stop;

/// The program, its settings and its global options.
pub(crate) struct Context {
    pub(crate) cli: CommandLine<'static>,
    pub(crate) settings: Settings,
    pub(crate) globals: Globals,
    pub(crate) query: Option<Query>,
    pub(crate) timeouts: Timeouts,
    pub(crate) runtime: Runtime,
    /// Where responses are printed.
    pub(crate) output: Output,
    /// Keeps the request that is printed instead of sent.
    pub(crate) recorder: Recorder,
}

impl Context {
    /// The pager for pages of help.
    pub(crate) fn help_pager(&self) -> Option<String> {
        self.settings.pager(self.globals.no_cli_pager).for_help()
    }

    /// Checks the global options, then the settings that every command reads. Returns what makes the context of a service,
    /// which may not be known before.
    pub(crate) fn checked(
        settings: Settings,
        globals: Globals,
    ) -> Result<impl FnOnce(CommandLine<'static>) -> Self, Stop> {
        let query = globals.query.as_deref().map(Query::compile).transpose();
        let query = query.map_err(Stop::Error)?;
        if let Some(url) = &globals.endpoint_url {
            endpoint::check_scheme(url)?;
        }
        let timeouts = Timeouts::new(&globals)?;
        let settings = settings.with_profile(globals.profile.as_deref());
        settings.check()?;
        let output = Output::new(settings.pager(globals.no_cli_pager));
        Ok(move |cli| Self {
            cli,
            output,
            settings,
            globals,
            query,
            timeouts,
            runtime: Runtime::default(),
            recorder: Recorder::default(),
        })
    }
}
