//! Transfers of files.

use super::decode::Decoder;
use super::{PackError, PackedService};
use crate::operation::{Completion, Download, Operation, OperationRef, Transfer, Upload};

impl PackedService {
    /// Reads the transfer of a command; `start` is the command's operation.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn transfer(
        self,
        from: &mut Decoder,
        start: &'static Operation,
    ) -> Result<Transfer, PackError> {
        let (name, url, expiry) = (from.text()?, from.text()?, from.text()?);
        let start = OperationRef(start);
        Ok(if from.bool()? {
            Transfer::Upload(Box::leak(Box::new(Upload {
                name,
                start,
                url,
                expiry,
                method: from.text()?,
                headers: from.text()?,
                file_name: from.text()?,
                file_size: from.text()?,
                media_type: from.text()?,
                completion: from.optional(|from| self.completion(from))?,
            })))
        } else {
            Transfer::Download(Box::leak(Box::new(Download {
                name,
                start,
                url,
                expiry,
                file_size: from.text()?,
            })))
        })
    }

    fn completion(self, from: &mut Decoder) -> Result<Completion, PackError> {
        Ok(Completion {
            operation: OperationRef(self.operation(from.text()?)?),
            from_output: from.list(Decoder::pair)?,
            from_input: from.list(Decoder::pair)?,
        })
    }
}
