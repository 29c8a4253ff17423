//! The credential chain of the AWS CLI version 1: environment, roles, web identity, IAM Identity
//! Center, keys in files, processes, containers, instances.
//!
//! [`find`] only reads settings, and reports errors in them, without sending requests or starting processes. The
//! [`Provider`] that it returns fetches the credentials when they are needed, and again before they expire.
//!
//! | module | contains |
//! | --- | --- |
//! | `load` | region, credentials and other settings for a program, as an `SdkConfig` |
//! | `generated` | what generated crates have by their feature `default-chain` |
//! | `settings`, `profiles`, [`ini`] | the input of the chain |
//! | `chain` | the order in which credentials are looked up |
//! | `provider` | caching and refreshing |
//! | `keys` | keys in the environment and in files |
//! | `role`, `web_identity`, `sso`, `process`, `container`, `instance` | sources of credentials |
//! | `assumed` | roles of AWS STS |
//! | `metadata` | metadata services of containers and instances |
//! | `cache`, `python_json` | files shared with the AWS CLI, and their format |
//! | [`timestamp`], [`words`] | parsers for timestamps and quoted words |

mod assumed;
mod cache;
mod chain;
mod container;
mod error;
mod generated;
pub mod ini;
mod instance;
mod keys;
mod load;
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
pub use load::{Loader, load};
pub use profiles::{Profile, Profiles, Section};
pub use provider::Provider;
pub use settings::{Answer, AskForCode, Environment, SetUp, Settings};
