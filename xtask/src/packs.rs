//! A pack with all services of the installed AWS CLI.

use std::path::Path;
use swage::Settings;

/// The bytes of the pack.
pub(crate) fn all(models: &Path) -> Result<&'static [u8], String> {
    let mut settings = Settings::default();
    settings.models = vec![models.to_path_buf()];
    settings.builtin_overlays = true;
    let packed = swage::pack::services(&settings)
        .and_then(|services| swage::pack::pack(&services, |_, _| ()))
        .map_err(|error| error.render(false))?;
    Ok(packed.bytes.leak())
}
