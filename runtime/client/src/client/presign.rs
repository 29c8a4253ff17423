//! Presigned URLs inside requests, by `swage.api#presignedUrl`.

use super::auth::{Authentication, Signer};
use super::call::Inner;
use super::{resolve, sign};
use crate::error::{ConfigError, Failure};
use crate::operation::Operation;
use crate::protocol::percent::UNRESERVED;
use crate::protocol::{Body, Request};
use crate::shape::Shape;
use percent_encoding::{percent_decode_str, utf8_percent_encode};

/// The parameters of a form, as they are sent.
#[derive(Clone)]
struct Form(Vec<String>);

impl Form {
    fn parse(text: &str) -> Self {
        Self(text.split('&').map(str::to_owned).collect())
    }

    fn get(&self, name: &str) -> Option<String> {
        let mut values = self.0.iter().filter_map(|pair| value_of(pair, name));
        let decoded = percent_decode_str(values.next()?).decode_utf8_lossy();
        Some(decoded.into_owned())
    }

    fn remove(&mut self, name: &str) {
        self.0.retain(|pair| value_of(pair, name).is_none());
    }

    fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        let value = utf8_percent_encode(value, UNRESERVED);
        self.0.push(format!("{name}={value}"));
    }

    fn text(&self) -> String {
        self.0.join("&")
    }
}

fn value_of<'a>(pair: &'a str, name: &str) -> Option<&'a str> {
    pair.strip_prefix(name)?.strip_prefix('=')
}

impl Inner {
    /// Adds the URL if the request names the source's region and has none.
    pub(super) async fn add_presigned_url(
        &self,
        operation: &Operation,
        input: &dyn Shape,
        authentication: &Authentication,
        request: &mut Request,
    ) -> Result<(), Failure> {
        let Some(presigned) = operation.presigned_url() else {
            return Ok(());
        };
        let Body::Bytes(bytes) = &request.body else {
            return Ok(());
        };
        let mut form = Form::parse(&String::from_utf8_lossy(bytes));
        let Some(source) = form.get(presigned.source_region) else {
            return Ok(());
        };
        if !presigned.sends_regions {
            form.remove(presigned.source_region);
        }
        if let Authentication::Signature(signer) = authentication
            && form.get(presigned.url).is_none()
        {
            let destination = self.config.region().unwrap_or_default();
            let mut query = form.clone();
            query.set(presigned.destination_region, destination);
            let url = self
                .presigned_url(operation, input, source, &query, signer)
                .await?;
            form.set(presigned.url, &url);
            if presigned.sends_regions {
                form.set(presigned.destination_region, destination);
            }
        }
        request.body = form.text().into_bytes().into();
        Ok(())
    }

    async fn presigned_url(
        &self,
        operation: &Operation,
        input: &dyn Shape,
        region: String,
        query: &Form,
        signer: &Signer,
    ) -> Result<String, Failure> {
        let signer = signer.in_region(&region);
        let endpoint = self.endpoints.find(operation, input, None, Some(region));
        let endpoint = endpoint.await.map_err(Failure::Config)?;
        let url = resolve::join(&endpoint.url, "", &format!("/?{}", query.text()));
        let url = url.map_err(|error| {
            Failure::Config(ConfigError::Endpoint(format!("the presigned URL: {error}")))
        })?;
        sign::presign(&signer, self.now(), &url)
    }
}
