//! Models in, crates and diagnostics out.

mod c2j;
mod idl;
mod load;
mod module;
mod names;
mod overlays;
mod own_traits;
mod scale;
mod seeds;
mod uri;
