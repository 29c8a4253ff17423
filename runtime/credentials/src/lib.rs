//! The chain of credentials, as the AWS CLI version 1 goes through it: environment, roles, web identity, IAM Identity
//! Center, keys in files, processes, containers, instances.
//!
//! [`find`] looks at the settings alone: it sends nothing, starts nothing, and reports what is wrong with them. The
//! [`Provider`] that it returns gets the credentials when they are needed, and again before they expire.
//!
//! | module | holds |
//! | --- | --- |
//! | `settings`, `profiles` | what the chain depends on |
//! | `chain` | the order in which credentials are looked for |
//! | `provider` | when credentials are fetched again |
//! | `keys` | keys in the environment and in files |
//! | `role`, `web_identity`, `sso`, `process`, `container`, `instance` | where credentials are fetched from |
//! | `assumed` | what roles of AWS STS have in common |
//! | `metadata` | what containers and instances have in common |
//! | `cache`, `python_json` | files shared with the AWS CLI, and their format |
//! | [`timestamp`], [`words`] | points in time and quoted words, as people write them |

mod assumed;
mod cache;
mod chain;
mod container;
mod error;
mod instance;
mod keys;
mod metadata;
mod process;
mod profiles;
mod provider;
mod python_json;
mod role;
mod settings;
mod sso;
mod sso_token;
pub mod timestamp;
mod web_identity;
pub mod words;

pub use chain::find;
pub use error::Error;
pub use profiles::{Profile, Profiles, Section};
pub use provider::Provider;
pub use settings::{Answer, AskForCode, Environment, SetUp, Settings};
