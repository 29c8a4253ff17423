//! A service of a pack: its tables, its operations, and what the command line needs beside them.

use super::PackError;
use super::decode::{Decoder, Table, fixed};
use super::operation;
use super::shapes::Source;
use crate::operation::{
    Auth, Operation, OperationRef, Protocol, Service, ServiceTrait, SessionCredentials,
};
use crate::protocol::ALL;
use crate::schema::{Member, STRING, Schema};
use flate2::read::DeflateDecoder;
use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::sync::{Mutex, OnceLock, PoisonError};

type Result<T> = std::result::Result<T, PackError>;

/// The longest text of a block of documentation.
const LONGEST_BLOCK: usize = 16 << 20;

/// A service of a pack. Cheap to copy.
#[derive(Clone, Copy)]
pub struct PackedService {
    inner: &'static Inner,
}

struct Inner {
    texts: Table,
    own: &'static [u8],
    operations: Table,
    commands: Table,
    words: Table,
    waiters: Table,
    docs: Table,
    source: Source,
    table: OnceLock<&'static Service>,
    /// The operations that have been read, by their numbers.
    read: Mutex<BTreeMap<usize, &'static Operation>>,
}

/// A command of the service, as lists show it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PackedCommand {
    /// Its name: `send-message`.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// Whether help leaves it out of lists.
    pub is_hidden: bool,
    /// Whether it transfers a file.
    pub is_transfer: bool,
    /// The number of its operation, for [`PackedService::operation_of`].
    operation: usize,
    /// Where its record lists blocks of documentation.
    docs: Decoder,
    /// The rest of its record.
    rest: Decoder,
}

impl PackedCommand {
    /// What the command line has beside the operation.
    pub fn rest(&self) -> Decoder {
        self.rest
    }

    /// The numbers of the blocks of documentation that its help needs, for [`PackedService::docs`]. The first one has the
    /// documentation of the operation and of its input's members; the others have that of types.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn docs(&self) -> Result<Vec<usize>> {
        self.docs.clone().items(Decoder::narrow)
    }
}

/// A waiter of the service, as lists show it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct PackedWaiter {
    /// Its name in the model: `BucketExists`.
    pub name: &'static str,
    /// The name of its command: `bucket-exists`.
    pub command_name: &'static str,
    /// The number of the command whose operation it calls.
    pub command: usize,
}

impl fmt::Debug for PackedService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PackedService").finish_non_exhaustive()
    }
}

impl PackedService {
    pub(super) fn new(section: &'static [u8]) -> Result<Self> {
        let parts = Table::new(section)?;
        let table = |index| Table::new(parts.get(index)?);
        let texts = table(0)?;
        let inner = Inner {
            texts,
            own: parts.get(1)?,
            operations: table(3)?,
            commands: table(4)?,
            words: table(5)?,
            waiters: table(6)?,
            docs: table(7)?,
            source: Source::new(table(2)?, texts),
            table: OnceLock::new(),
            read: Mutex::default(),
        };
        Ok(Self {
            inner: Box::leak(Box::new(inner)),
        })
    }

    fn decoder(self, table: Table, index: usize) -> Result<Decoder> {
        Ok(Decoder::new(table.get(index)?, self.inner.texts))
    }

    /// The names of all operations, sorted.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn operation_names(self) -> Result<Vec<&'static str>> {
        let all = 0..self.inner.operations.len();
        all.map(|index| self.operation_name(index)).collect()
    }

    fn operation_name(self, index: usize) -> Result<&'static str> {
        self.decoder(self.inner.operations, index)?.text()
    }

    fn number_of(self, name: &str) -> Result<Option<usize>> {
        let operations = self.inner.operations;
        operations.find(name, |index| self.operation_name(index))
    }

    /// Reads an operation and all shapes that it uses. What was read is kept for as long as the program runs.
    ///
    /// # Errors
    ///
    /// There is no operation of that name, the pack is damaged, or this program was built without the service's protocol.
    pub fn operation(self, name: &str) -> Result<&'static Operation> {
        let number = self.number_of(name)?;
        self.numbered(number.ok_or_else(|| PackError::NoOperation(name.to_owned()))?)
    }

    /// The operation that a command calls.
    ///
    /// # Errors
    ///
    /// As those of [`PackedService::operation`].
    pub fn operation_of(self, command: &PackedCommand) -> Result<&'static Operation> {
        self.numbered(command.operation)
    }

    fn numbered(self, number: usize) -> Result<&'static Operation> {
        let read = || {
            self.inner
                .read
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some(operation) = read().get(&number) {
            return Ok(operation);
        }
        let service = self.table()?;
        let operation = self.read_operation(number, service)?;
        Ok(read().entry(number).or_insert(operation))
    }

    fn read_operation(
        self,
        number: usize,
        service: &'static Service,
    ) -> Result<&'static Operation> {
        let mut from = self.decoder(self.inner.operations, number)?;
        operation::read(&mut from, self.inner.source, service)
    }

    /// The table of the service.
    ///
    /// # Errors
    ///
    /// The pack is damaged, or this program was built without the service's protocol.
    pub fn table(self) -> Result<&'static Service> {
        if let Some(service) = self.inner.table.get() {
            return Ok(service);
        }
        let service = self.read_table()?;
        Ok(self.inner.table.get_or_init(|| service))
    }

    /// Reads the table. Its traits can refer to operations, which refer to the service: those that the client calls itself
    /// refer to a table without such traits, at the second turn.
    fn read_table(self) -> Result<&'static Service> {
        let (mut service, mut calls) = self.table_whose_operations_refer_to(None)?;
        for _ in 0..2 {
            if calls {
                (service, calls) = self.table_whose_operations_refer_to(Some(service))?;
            }
        }
        Ok(service)
    }

    /// The table, and whether its traits name operations. Traits that need them are left out if there is no service that
    /// they can refer to.
    fn table_whose_operations_refer_to(
        self,
        service: Option<&'static Service>,
    ) -> Result<(&'static Service, bool)> {
        let mut from = Decoder::new(self.inner.own, self.inner.texts);
        let mut calls = Calls {
            packed: self,
            service,
            any: false,
        };
        let table = Service {
            id: from.id()?,
            sdk_id: from.text()?,
            version: from.text()?,
            protocol: protocol_of(from.text()?)?,
            auth: auth(&mut from)?,
            endpoint_rules: from.text()?,
            endpoint_prefix: from.text()?,
            xml_namespace: from.optional(Decoder::pair)?,
            traits: {
                let traits = from.items(|from| one_trait(from, &mut calls))?;
                Vec::leak(traits.into_iter().flatten().collect())
            },
        };
        Ok((Box::leak(Box::new(table)), calls.any))
    }

    /// The commands, in the order of the model.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn commands(self) -> Result<Vec<PackedCommand>> {
        let all = 0..self.inner.commands.len();
        all.map(|index| self.command(index)).collect()
    }

    /// The command with that number.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn command(self, index: usize) -> Result<PackedCommand> {
        let mut from = self.decoder(self.inner.commands, index)?;
        Ok(PackedCommand {
            name: from.text()?,
            operation: from.narrow()?,
            aliases: from.texts()?,
            is_hidden: from.bool()?,
            is_transfer: from.bool()?,
            docs: from,
            rest: {
                from.items(Decoder::narrow::<usize>)?;
                from
            },
        })
    }

    /// The command with that name or alias.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn command_called(self, word: &str) -> Result<Option<PackedCommand>> {
        let words = self.inner.words;
        let found = words.find(word, |index| self.decoder(words, index)?.text())?;
        let Some(index) = found else {
            return Ok(None);
        };
        let mut from = self.decoder(words, index)?;
        from.text()?;
        self.command(from.narrow()?).map(Some)
    }

    /// The name of the operation that a command calls.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn operation_name_of(self, command: &PackedCommand) -> Result<&'static str> {
        self.operation_name(command.operation)
    }

    /// The waiters, by their names in the model.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn waiters(self) -> Result<Vec<PackedWaiter>> {
        let all = 0..self.inner.waiters.len();
        let waiter = |index| {
            let mut from = self.decoder(self.inner.waiters, index)?;
            Ok(PackedWaiter {
                name: from.text()?,
                command_name: from.text()?,
                command: from.narrow()?,
            })
        };
        all.map(waiter).collect()
    }

    /// The first sentences of the commands' documentation, in the order of the commands.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn summaries(self) -> Result<Vec<&'static str>> {
        let text: &'static str = self.docs([1])?.leak();
        let summaries: Vec<_> = text.split('\n').collect();
        if summaries.len() < self.inner.commands.len() {
            return Err(PackError::Invalid("documentation"));
        }
        Ok(summaries)
    }

    /// The text of these blocks of documentation. The first block is the service's own, the second has the
    /// summaries.
    ///
    /// # Errors
    ///
    /// The pack is damaged.
    pub fn docs(self, blocks: impl IntoIterator<Item = usize>) -> Result<String> {
        let mut text = String::new();
        for block in blocks {
            self.block(block, &mut text)?;
        }
        Ok(text)
    }

    fn block(self, index: usize, text: &mut String) -> Result<()> {
        let invalid = || PackError::Invalid("documentation");
        let record = self.inner.docs.get(index)?;
        let (length, compressed) = record.split_first_chunk().ok_or_else(invalid)?;
        let length = fixed(*length);
        if length > LONGEST_BLOCK {
            return Err(invalid());
        }
        let before = text.len();
        let limit = u64::try_from(length + 1).unwrap_or(u64::MAX);
        let mut from = DeflateDecoder::new(compressed).take(limit);
        from.read_to_string(text).map_err(|_| invalid())?;
        if text.len() - before == length {
            Ok(())
        } else {
            Err(invalid())
        }
    }
}

/// What resolves the names of operations in the service's traits.
struct Calls {
    packed: PackedService,
    service: Option<&'static Service>,
    any: bool,
}

impl Calls {
    /// The operation of that name; `None` if there is no service that it can refer to.
    fn operation(&mut self, name: &str) -> Result<Option<OperationRef>> {
        self.any = true;
        let Some(service) = self.service else {
            return Ok(None);
        };
        let number = self.packed.number_of(name)?;
        let number = number.ok_or(PackError::Invalid("operation of a service"))?;
        let operation = self.packed.read_operation(number, service)?;
        Ok(Some(OperationRef(operation)))
    }
}

fn one_trait(from: &mut Decoder, calls: &mut Calls) -> Result<Option<ServiceTrait>> {
    Ok(Some(match from.byte()? {
        0 => ServiceTrait::AwsQueryCompatible,
        1 => ServiceTrait::Sigv4Verbatim,
        2 => ServiceTrait::Header(from.text()?, from.text()?),
        3 => redirects(from, calls)?,
        4 => {
            let (operation, error) = (from.text()?, from.text()?);
            let operation = calls.operation(operation)?;
            return Ok(
                operation.map(|operation| ServiceTrait::EndpointDiscovery { operation, error })
            );
        }
        5 => {
            let operation = calls.operation(from.text()?)?;
            let [auth_scheme, resource, credentials, token_header] =
                [from.text()?, from.text()?, from.text()?, from.text()?];
            return Ok(operation.map(|operation| {
                ServiceTrait::SessionCredentials(SessionCredentials {
                    operation,
                    auth_scheme,
                    resource,
                    credentials,
                    token_header,
                })
            }));
        }
        6 => ServiceTrait::ExpectContinue(from.number()?),
        7 => ServiceTrait::Crc32Header(from.text()?),
        8 => ServiceTrait::Retries {
            max_attempts: from.optional(Decoder::narrow)?,
            initial_backoff: from.optional(Decoder::narrow)?,
            errors: from.texts()?,
        },
        9 => ServiceTrait::OtherCommands(from.list(Decoder::pair)?),
        10 => ServiceTrait::UnsignedWithoutProvider,
        _ => return Err(PackError::Invalid("trait of a service")),
    }))
}

fn redirects(from: &mut Decoder, calls: &mut Calls) -> Result<ServiceTrait> {
    let (header, resource, member, lookup) =
        (from.text()?, from.text()?, from.text()?, from.text()?);
    let (creation, errors) = (from.text()?, from.texts()?);
    let error = (!member.is_empty()).then(|| {
        let members = Box::leak(Box::new([Member::new(member, &STRING)]));
        &*Box::leak(Box::new(Schema::structure("swage.api#Redirect", members)))
    });
    let lookup = match lookup {
        "" => None,
        name => calls.operation(name)?,
    };
    Ok(ServiceTrait::RegionRedirects {
        header,
        resource,
        error,
        lookup,
        errors,
        creation,
    })
}

/// Authentication schemes.
pub(super) fn auth(from: &mut Decoder) -> Result<&'static [Auth]> {
    from.list(|from| {
        Ok(match from.text()? {
            "aws.auth#sigv4" => Auth::SigV4 { name: from.text()? },
            "aws.auth#sigv4a" => Auth::SigV4a { name: from.text()? },
            "smithy.api#httpBearerAuth" => Auth::Bearer,
            "smithy.api#httpBasicAuth" => Auth::Basic,
            "smithy.api#httpApiKeyAuth" => Auth::ApiKey {
                header: from.bool()?,
                name: from.text()?,
                scheme: from.text()?,
            },
            "smithy.api#noAuth" => Auth::None,
            _ => return Err(PackError::Invalid("authentication scheme")),
        })
    })
}

/// The protocol whose trait has this shape id.
fn protocol_of(id: &str) -> Result<Protocol> {
    let found = ALL.iter().find(|protocol| protocol.id() == id);
    found
        .copied()
        .ok_or_else(|| PackError::Protocol(id.to_owned()))
}
