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
mod mfa;
mod names;
mod pages;
mod passwords;
mod process;
mod profiles;
mod request;
mod roles;
mod settings;
mod shortcuts;
mod support;
mod terminal;
mod transfers;
mod values;
