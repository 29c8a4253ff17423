//! A section of a table: a title, headers and rows.

use super::width::width;
use crate::output::Error;

/// A section, and the widths that its columns need.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) title: Option<String>,
    pub(super) headers: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) level: usize,
    columns: Option<usize>,
    widths: Vec<usize>,
}

/// The columns of a cell's padding and edges.
const PADDING: usize = 4;

impl Section {
    pub(super) fn new(title: Option<&str>, level: usize) -> Self {
        let title = title.map(str::to_owned);
        Self {
            title,
            headers: Vec::new(),
            rows: Vec::new(),
            level,
            columns: None,
            widths: Vec::new(),
        }
    }

    pub(super) fn set_headers(&mut self, headers: Vec<String>) -> Result<(), Error> {
        self.widen(&headers)?;
        self.columns.get_or_insert(headers.len());
        self.headers = headers;
        Ok(())
    }

    pub(super) fn add_row(&mut self, row: Vec<String>) -> Result<(), Error> {
        let columns = *self.columns.get_or_insert(row.len());
        if row.len() != columns {
            let message = format!(
                "Row should have {columns} elements, instead it has {}",
                row.len()
            );
            return Err(Error::Value(message));
        }
        self.widen(&row)?;
        self.rows.push(row);
        Ok(())
    }

    fn widen(&mut self, row: &[String]) -> Result<(), Error> {
        if self.widths.is_empty() {
            self.widths = row.iter().map(|cell| width(cell)).collect();
            return Ok(());
        }
        if row.len() > self.widths.len() {
            return Err(Error::Value(
                "A list whose rows have different columns can't be shown as a table.".to_owned(),
            ));
        }
        for (old, cell) in self.widths.iter_mut().zip(row) {
            *old = (*old).max(width(cell));
        }
        Ok(())
    }

    /// The width that the section needs.
    pub(super) fn total_width(&self) -> usize {
        // The AWS CLI measures a missing title as Python's `None`.
        let title = self.title.as_deref().map_or(4, width);
        let columns: usize = self.widths.iter().map(|width| width + PADDING).sum();
        title.max(columns) + 2 + 2 * self.level
    }

    /// The widths of the columns when they fill `total`.
    pub(super) fn column_widths(&self, total: usize) -> Vec<usize> {
        let natural: usize = self.widths.iter().map(|width| width + PADDING).sum();
        #[allow(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss
        )]
        let scaled = |width: &usize| {
            (total as f64 / natural as f64 * (width + PADDING) as f64).round_ties_even() as usize
        };
        let mut widths: Vec<usize> = self.widths.iter().map(scaled).collect();
        let mut sum: usize = widths.iter().sum();
        while sum > total && !widths.is_empty() {
            for width in widths.iter_mut().take(sum - total) {
                *width = width.saturating_sub(1);
                sum -= 1;
            }
        }
        while sum < total && !widths.is_empty() {
            for width in widths.iter_mut().rev().take(total - sum) {
                *width += 1;
                sum += 1;
            }
        }
        widths
    }

    /// The section with its only row printed vertically: a row for each header.
    pub(super) fn turned(self) -> Result<Self, Error> {
        if self.headers.is_empty() || self.rows.len() != 1 {
            return Ok(self);
        }
        let mut turned = Self::new(self.title.as_deref(), self.level);
        for (header, cell) in self
            .headers
            .into_iter()
            .zip(self.rows.into_iter().flatten())
        {
            turned.add_row(vec![header, cell])?;
        }
        Ok(turned)
    }
}
