//! Pages by the name of an operation.

use super::{Client, Error, record, value};
use crate::client::page_token;
use crate::operation::{Operation, Pagination};
use crate::record::{Any, Record};
use serde_json::Value;
use std::fmt;

/// The pages of an operation, each as JSON.
pub struct Pages {
    client: Client,
    operation: &'static Operation,
    pagination: &'static Pagination,
    /// `None` at the end.
    input: Option<Value>,
    /// The token of the next page.
    token: Option<Any>,
}

impl Pages {
    pub(super) fn new(
        client: Client,
        operation: &'static Operation,
        input: Value,
    ) -> Result<Self, Error> {
        let pagination = operation.pagination();
        Ok(Self {
            client,
            operation,
            pagination: pagination.ok_or(Error::NoPages(operation.name))?,
            input: Some(input),
            token: None,
        })
    }

    /// Returns the next page, and `None` after the last one or an error.
    pub async fn next(&mut self) -> Option<Result<Value, Error>> {
        let input = self.input.take()?;
        Some(self.page(input).await)
    }

    /// Returns the next page, and `None` after the last one.
    ///
    /// # Errors
    ///
    /// The call failed. There are no more pages then.
    pub async fn try_next(&mut self) -> Result<Option<Value>, Error> {
        self.next().await.transpose()
    }

    async fn page(&mut self, input: Value) -> Result<Value, Error> {
        let mut sent = record(self.operation, &input)?;
        if let Some(token) = self.token.take() {
            let put = page_token::put(&mut sent, self.pagination.input_token, token);
            put.map_err(|error| Error::Stream(error.to_string()))?;
        }
        let before = page_token::find(&sent, self.pagination.input_token);
        let (output, _) = self.client.send(self.operation, sent).await?;
        if let Some(token) = self
            .next_token(&output)
            .filter(|token| Some(token) != before.as_ref())
        {
            self.token = Some(token);
            self.input = Some(input);
        }
        value(output).await
    }

    fn next_token(&self, output: &Record) -> Option<Any> {
        let more = self.pagination.more_results;
        if !more.is_empty() {
            page_token::find(output, more)?;
        }
        page_token::find(output, self.pagination.output_token)
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation.name)
            .finish_non_exhaustive()
    }
}
