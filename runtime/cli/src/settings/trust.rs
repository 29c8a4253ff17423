//! Which certificate authorities are trusted.

use super::Settings;
use crate::env;
use crate::stop::Stop;
use swage_client::client::ClientBuilder;

impl Settings {
    /// Sets the file of trusted certificates: `bundle` (the value of `--ca-bundle`), else what is configured.
    pub(crate) fn trust(
        &self,
        builder: ClientBuilder,
        bundle: Option<&str>,
    ) -> Result<ClientBuilder, Stop> {
        let configured = || {
            let path = self.var_or("AWS_CA_BUNDLE", "ca_bundle");
            path.filter(|path| !path.is_empty())
        };
        let path = bundle.map(str::to_owned).or_else(configured);
        let path = path.or_else(|| env::non_empty("REQUESTS_CA_BUNDLE"));
        match path.as_deref() {
            None => Ok(builder),
            Some("") => Err(Stop::Error(
                "Bad value for --ca-bundle: expected the name of a file".to_owned(),
            )),
            Some(path) => Ok(builder.ca_bundle_file(path)),
        }
    }
}
