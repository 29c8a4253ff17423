//! Packs that stay in their files: of 24 MB, a command needs the index and one section.

use super::decode::fixed;
use super::{HEAD, PackError, check_head};
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::sync::{Mutex, PoisonError};

type Result<T> = std::result::Result<T, PackError>;

/// The sections of a pack in a file.
#[derive(Debug)]
pub(super) struct FileSections {
    file: Mutex<File>,
    /// Where the sections start in the file.
    start: usize,
    /// Where each of them ends, from there.
    ends: Vec<usize>,
}

/// Opens a pack: its index, and its sections.
pub(super) fn open(mut file: File) -> Result<(&'static [u8], FileSections)> {
    let length = file.metadata().map_err(of_file)?.len();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    let mut head = [0; HEAD];
    if length < HEAD {
        return Err(PackError::NotAPack);
    }
    file.read_exact(&mut head).map_err(of_file)?;
    check_head(&head, length)?;
    let (parts, parts_start) = ends(&mut file, HEAD, length)?;
    let [index_end, sections_end] = parts[..] else {
        return Err(PackError::Invalid("table"));
    };
    let sections_at = parts_start + index_end;
    let index = read(&mut file, parts_start, index_end, length)?;
    let end = parts_start.saturating_add(sections_end).min(length);
    let (ends, start) = ends(&mut file, sections_at, end)?;
    let file = Mutex::new(file);
    Ok((index, FileSections { file, start, ends }))
}

impl FileSections {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Reads a section. It is kept for as long as the program runs.
    pub(super) fn read(&self, index: usize) -> Result<&'static [u8]> {
        let invalid = PackError::Invalid("number of a record");
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before).ok_or(invalid.clone())?,
            None => 0,
        };
        let end = *self.ends.get(index).ok_or(invalid)?;
        let length = end.checked_sub(start).ok_or(PackError::Invalid("record"))?;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = file.metadata().map_err(of_file)?.len();
        let whole = usize::try_from(whole).unwrap_or(usize::MAX);
        read(&mut file, self.start + start, length, whole)
    }
}

/// Where the records of the table at `start` end, and where the first one starts. The table ends before `limit`.
fn ends(file: &mut File, start: usize, limit: usize) -> Result<(Vec<usize>, usize)> {
    let [count] = read(file, start, 4, limit)?.as_chunks().0 else {
        return Err(PackError::Invalid("table"));
    };
    let length = fixed(*count).checked_mul(4);
    let length = length.ok_or(PackError::Invalid("table"))?;
    let ends = read(file, start + 4, length, limit)?.as_chunks().0;
    let ends = ends.iter().map(|end| fixed(*end)).collect();
    Ok((ends, start + 4 + length))
}

/// Reads so many bytes of a file that has `limit` of them.
fn read(file: &mut File, start: usize, length: usize, limit: usize) -> Result<&'static [u8]> {
    let end = start.checked_add(length);
    if end.is_none_or(|end| end > limit) {
        return Err(PackError::Invalid("record"));
    }
    let mut bytes = vec![0; length];
    let place = SeekFrom::Start(u64::try_from(start).unwrap_or(u64::MAX));
    let done = file.seek(place).and_then(|_| file.read_exact(&mut bytes));
    done.map_err(of_file)?;
    Ok(bytes.leak())
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn of_file(error: io::Error) -> PackError {
    PackError::File(error.to_string())
}
