//! Packs: the tables of services, read at run time. `swage pack` writes them; ARCHITECTURE.md describes the format.
//!
//! A pack is opened in place: only its head is read, then the index, the service and the operation that are asked for. All
//! errors are found then, so that tables that have been read are complete. They are kept for as long as the program runs, as
//! the tables of generated crates are.

mod decode;
mod error;
mod file;
mod operation;
mod service;
mod shapes;
mod transfer;

pub use decode::{Decoder, Table};
pub use error::PackError;
pub use service::{PackedCommand, PackedService, PackedWaiter};

use decode::fixed;
use file::FileSections;
use std::fs::File;

/// The first bytes of a pack.
const MAGIC: &[u8; 8] = b"swagepk\n";
/// The version of the format.
const VERSION: u32 = 3;
/// The length of what precedes the index: the magic bytes, the version, the length of the pack.
const HEAD: usize = MAGIC.len() + 8;

/// A pack.
#[derive(Clone, Copy, Debug)]
pub struct Pack {
    index: Table,
    sections: Sections,
}

/// The sections of the services.
#[derive(Clone, Copy, Debug)]
enum Sections {
    Memory(Table),
    File(&'static FileSections),
}

impl Sections {
    fn len(&self) -> usize {
        match self {
            Self::Memory(table) => table.len(),
            Self::File(sections) => sections.len(),
        }
    }

    fn get(&self, index: usize) -> Result<&'static [u8], PackError> {
        match self {
            Self::Memory(table) => table.get(index),
            Self::File(sections) => sections.read(index),
        }
    }
}

/// A service of a pack, as lists show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListedService {
    /// The name of its commands: `sqs`.
    pub name: &'static str,
    /// `sdkId` of `aws.api#service`: `SQS`.
    pub sdk_id: &'static str,
    /// The title for people: `Amazon Simple Queue Service`.
    pub title: &'static str,
    /// Other names of its commands.
    pub aliases: &'static [&'static str],
}

impl Pack {
    /// Opens a pack. Nothing but its head is read.
    ///
    /// # Errors
    ///
    /// The bytes aren't a complete pack of a known version.
    pub fn open(bytes: &'static [u8]) -> Result<Self, PackError> {
        check_head(bytes, bytes.len())?;
        let parts = bytes.get(HEAD..).unwrap_or_default();
        let parts = Table::new(parts)?;
        let sections = Sections::Memory(Table::new(parts.get(1)?)?);
        Self::new(parts.get(0)?, sections)
    }

    /// Opens a pack in a file. Its index is read, and later the sections of the services that are asked for.
    ///
    /// # Errors
    ///
    /// The file can't be read, or isn't a complete pack of a known version.
    pub fn open_file(file: File) -> Result<Self, PackError> {
        let (index, sections) = file::open(file)?;
        Self::new(index, Sections::File(Box::leak(Box::new(sections))))
    }

    fn new(index: &'static [u8], sections: Sections) -> Result<Self, PackError> {
        let index = Table::new(index)?;
        let pack = Self { index, sections };
        if pack.index.len() == pack.sections.len() {
            Ok(pack)
        } else {
            Err(PackError::Invalid("index"))
        }
    }

    /// The services, sorted by name.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn services(&self) -> Result<Vec<ListedService>, PackError> {
        (0..self.index.len())
            .map(|index| self.entry(index))
            .collect()
    }

    /// The service whose commands have this name or alias, as lists show it.
    ///
    /// # Errors
    ///
    /// There is no such service, or the pack is damaged.
    pub fn listed(&self, name: &str) -> Result<ListedService, PackError> {
        self.entry(self.number_of(name)?)
    }

    fn entry(&self, index: usize) -> Result<ListedService, PackError> {
        let texts = Table::new(self.index.get(index)?)?;
        Ok(ListedService {
            name: texts.text(0)?,
            sdk_id: texts.text(1)?,
            title: texts.text(2)?,
            aliases: (3..texts.len())
                .map(|index| texts.text(index))
                .collect::<Result<Vec<_>, _>>()?
                .leak(),
        })
    }

    /// Opens the service whose commands have this name or alias.
    ///
    /// # Errors
    ///
    /// There is no such service, or the pack is damaged.
    pub fn service(&self, name: &str) -> Result<PackedService, PackError> {
        let index = self.number_of(name)?;
        PackedService::new(self.sections.get(index)?)
    }

    fn number_of(&self, name: &str) -> Result<usize, PackError> {
        let key = |index| Table::new(self.index.get(index)?)?.text(0);
        if let Some(index) = self.index.find(name, key)? {
            return Ok(index);
        }
        for index in 0..self.index.len() {
            if self.entry(index)?.aliases.contains(&name) {
                return Ok(index);
            }
        }
        Err(PackError::NoService(name.to_owned()))
    }
}

/// Checks the start of a pack that has this length.
fn check_head(bytes: &[u8], found: usize) -> Result<(), PackError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(PackError::NotAPack)?;
    let (version, rest) = rest.split_first_chunk().ok_or(PackError::NotAPack)?;
    let version = u32::from_le_bytes(*version);
    if version != VERSION {
        return Err(PackError::Version(version));
    }
    let (length, _) = rest.split_first_chunk().ok_or(PackError::NotAPack)?;
    let expected = fixed(*length);
    if expected == found {
        Ok(())
    } else {
        Err(PackError::Length { expected, found })
    }
}
