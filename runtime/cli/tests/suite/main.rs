//! The command as a process.

mod answers;
mod buckets;
mod calls;
mod credentials;
mod deliberate;
mod downloads;
mod extras;
mod features;
mod grammar;
mod help;
mod mfa;
mod names;
mod output;
mod pages;
mod passwords;
mod process;
mod profiles;
mod query;
mod roles;
mod settings;
mod shortcuts;
mod support;
mod terminal;
mod values;
