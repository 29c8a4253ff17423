//! What a generated crate promises, as a tree of items with facts. `diff/` makes it from the plan and compares two of them;
//! a generated crate keeps it as text.

mod text;

pub(crate) use text::FIRST_LINE;

use crate::node::Span;
use crate::sorted::SortedMap;

/// The interface of a generated crate: its Rust items, its commands, and what it sends and reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Interface {
    pub(crate) service: Item,
}

/// An item of the interface. Equality ignores places.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    /// The name in the model; for a value of an enum, the value that is sent.
    pub(crate) name: String,
    pub(crate) facts: SortedMap<Fact, String>,
    /// `None` if the interface was read from a generated crate.
    pub(crate) span: Option<Span>,
    pub(crate) items: Vec<Item>,
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.name == other.name
            && self.facts == other.facts
            && self.items == other.items
    }
}

impl Item {
    pub(crate) fn new(kind: Kind, name: &str, span: Option<Span>) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            facts: SortedMap::default(),
            span,
            items: Vec::new(),
        }
    }

    /// Adds a fact; an empty value is none.
    pub(crate) fn set(&mut self, fact: Fact, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.facts.insert(fact, value);
        }
    }

    /// Adds a fact that is either there or not.
    pub(crate) fn mark(&mut self, fact: Fact, holds: bool) {
        if holds {
            self.set(fact, YES);
        }
    }

    pub(crate) fn get(&self, fact: Fact) -> Option<&str> {
        self.facts.get(&fact).map(String::as_str)
    }

    /// The value of a fact; empty when it isn't there.
    pub(crate) fn value(&self, fact: Fact) -> &str {
        self.get(fact).unwrap_or_default()
    }

    pub(crate) fn has(&self, fact: Fact) -> bool {
        self.facts.contains_key(&fact)
    }
}

/// The value of a fact that says only that something holds.
pub(crate) const YES: &str = "yes";

/// Between the elements of a fact that is a list.
pub(crate) const SEPARATOR: &str = ", ";

macro_rules! named {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),*];

            /// Its name in files.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            pub(crate) fn of_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

named! {
    /// What an item is.
    Kind {
        Service = "service",
        /// A setting of the client's builder.
        Setting = "setting",
        Operation = "operation",
        Waiter = "waiter",
        /// A transfer of a file that an operation starts.
        Transfer = "transfer",
        /// An error that an operation can return.
        OperationError = "returns",
        /// A member of an operation's input: a setter, and an option of its command.
        Input = "input",
        /// A member of an operation's output.
        Output = "output",
        /// A structure, union, enum or error.
        Type = "type",
        /// A member of a structure, variant of a union, or value of an enum.
        Member = "member",
        /// A list, map or simple shape. No Rust item, but members that target it have its constraints.
        Shape = "shape",
        /// The member of a list, or key and value of a map.
        Element = "element",
    }
}

named! {
    /// What is known about an item.
    Fact {
        /// The Rust identifier.
        Rust = "rust",
        /// The type of an operation's builder.
        Builder = "builder",
        /// The word on the command line.
        Command = "command",
        /// Other words with the same meaning.
        Aliases = "aliases",
        /// What turns a flag off, if that isn't the option with `no-` in front.
        Off = "off",
        /// The options that set parts of members or write files.
        Shortcuts = "shortcuts",
        /// Whether the option of a structure can be given without a value.
        Flag = "flag",
        /// What the command does with values beside sending and showing them.
        Handling = "handling",
        /// Whether help leaves out the command or option.
        Hidden = "hidden",
        /// The program's name, if it isn't the package's.
        Program = "program",
        /// Structure, union, enum, int enum or error.
        Form = "form",
        /// The Rust type, without `Option`.
        Type = "type",
        /// Optional, required, or the default.
        Presence = "presence",
        /// A default in an input.
        Default = "default",
        /// Whether calls without it are rejected.
        Required = "required",
        /// `@idempotencyToken`.
        Token = "token",
        /// What `build` of a builder returns.
        Build = "build",
        /// Traits that users may rely on.
        Impls = "impls",
        Sensitive = "sensitive",
        Deprecated = "deprecated",
        /// Whether an input reaches it.
        Sent = "sent",
        /// The list, map or simple shape that a member targets.
        Target = "target",
        Length = "length",
        Range = "range",
        Pattern = "pattern",
        /// Where a member is in a message.
        Location = "location",
        /// The format of its value in a message.
        Wire = "wire",
        Http = "http",
        Status = "status",
        HostPrefix = "host-prefix",
        Auth = "auth",
        /// Fixed headers, checksums, compression, and other ways to transfer a message.
        Transfer = "transfer",
        /// A parameter of the endpoint rules.
        EndpointParam = "endpoint-param",
        /// Tokens and page size.
        Pages = "pages",
        /// The items of pages, with their type.
        Items = "items",
        /// The members that the command joins over all pages.
        Joined = "joined",
        /// Options for pages that the command has.
        PageOptions = "page-options",
        /// Delays, attempts and acceptors of a waiter.
        Acceptors = "acceptors",
        /// Direction and members of a transfer.
        Steps = "steps",
        /// The properties of an error: fault, status, retry.
        Fault = "fault",
        Protocol = "protocol",
        Package = "package",
        SdkId = "sdk-id",
        /// The service's name in messages.
        WireService = "wire-service",
        Version = "version",
        Endpoints = "endpoints",
        EndpointPrefix = "endpoint-prefix",
        Docs = "docs",
    }
}

impl Fact {
    /// Whether its value is a hash, which reports don't show.
    pub(crate) fn is_hash(self) -> bool {
        matches!(self, Self::Docs | Self::Endpoints)
    }

    /// Whether it is a list, whose elements are compared one by one.
    pub(crate) fn is_list(self) -> bool {
        matches!(
            self,
            Self::Acceptors
                | Self::Aliases
                | Self::Auth
                | Self::Impls
                | Self::PageOptions
                | Self::Shortcuts
        )
    }

    /// Whether it is only used to compare other facts and is never reported itself.
    pub(crate) fn is_context(self) -> bool {
        matches!(self, Self::Sent | Self::Target)
    }
}

/// Says in [`Fact::Wire`] that a member holds unknown fields.
pub(crate) const UNKNOWN_FIELDS: &str = "unknown fields";

/// A hash of a text that stays the same in every version (FNV-1a).
pub(crate) fn hash(texts: &[String]) -> String {
    let mut hash = Fnv::EMPTY;
    for text in texts {
        hash.add(text);
        hash.add("\0");
    }
    hash.finish()
}

/// A hash of the words in texts: how they are set doesn't matter.
pub(crate) fn hash_words(texts: &[String]) -> String {
    let mut hash = Fnv::EMPTY;
    for text in texts {
        let mut has_space = false;
        for byte in text.trim_ascii().bytes() {
            if byte.is_ascii_whitespace() {
                has_space = true;
                continue;
            }
            if std::mem::take(&mut has_space) {
                hash.add(" ");
            }
            hash.add_byte(byte);
        }
        hash.add("\0");
    }
    hash.finish()
}

/// FNV-1a.
struct Fnv(u64);

impl Fnv {
    /// The hash of no bytes.
    const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    fn add(&mut self, text: &str) {
        text.bytes().for_each(|byte| self.add_byte(byte));
    }

    fn add_byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    /// The hash; empty if nothing was added.
    fn finish(self) -> String {
        if self.0 == Self::EMPTY.0 {
            return String::new();
        }
        format!("{:016x}", self.0)
    }
}
