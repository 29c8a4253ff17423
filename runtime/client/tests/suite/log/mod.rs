//! What is logged during a test.

use std::fmt::{Debug, Display, Write};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Event, Level, Metadata, Subscriber};

/// Spans and events up to a level, of all libraries, with their fields: a line each.
#[derive(Clone)]
pub(crate) struct Log {
    level: Level,
    text: Arc<Mutex<String>>,
}

impl Log {
    /// For this thread, the only one of a test's runtime.
    pub(crate) fn start(level: Level) -> (Self, DefaultGuard) {
        let text = Arc::default();
        let log = Self { level, text };
        let guard = set_default(log.clone());
        (log, guard)
    }

    pub(crate) fn text(&self) -> String {
        self.text.lock().expect("not poisoned").clone()
    }

    fn line(&self, start: impl Display, record: impl FnOnce(&mut dyn Visit)) {
        let mut line = format!("{start}:");
        record(&mut Fields(&mut line));
        *self.text.lock().expect("not poisoned") += &(line + "\n");
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= self.level
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata().target(), |fields| span.record(fields));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &tracing::span::Record<'_>) {
        self.line("span", |fields| values.record(fields));
    }

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata().target(), |fields| event.record(fields));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = write!(self.0, " {field}={value}");
    }
}
