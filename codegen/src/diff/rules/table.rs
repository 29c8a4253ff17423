//! The table.

use super::{Event, Level, Rule, conditions};
use crate::interface::{Fact, Kind};
use Event::{Added, Changed, Gained, Lost, Removed, Renamed};
use Level::{Breaking, Minor, None, Patch};

/// All three events of a fact.
macro_rules! any {
    ($($fact:ident),*) => {
        &[$(Gained(Fact::$fact), Lost(Fact::$fact), Changed(Fact::$fact)),*]
    };
}

macro_rules! rules {
    ($($id:literal: $title:literal,
        on [$($kind:ident),*] $events:expr $(, if $when:path)?;
        rust $rust:ident, command $command:ident, wire $wire:ident;
        because $reason:literal
        $(, help $help:literal)?;
    )*) => {
        /// All rules.
        pub static RULES: &[Rule] = &[$(Rule {
            id: $id,
            title: $title,
            rust: $rust,
            command: $command,
            wire: $wire,
            reason: $reason,
            help: concat!("" $(, $help)?),
            on: &[$(Kind::$kind),*],
            events: $events,
            when: when!($($when)?),
        },)*];
    };
}

macro_rules! when {
    () => {
        conditions::always
    };
    ($when:path) => {
        $when
    };
}

rules! {
    // Operations.
    "operation-removed": "operation removed",
        on [Operation] &[Removed];
        rust Breaking, command Breaking, wire Breaking;
        because "its method, builder, input and output are gone, and so is its command",
        help "stop calling it, or keep the older crate as long as the service has it";
    "operation-added": "operation added",
        on [Operation] &[Added];
        rust Minor, command Minor, wire Minor;
        because "nothing that exists depends on it";
    "operation-renamed": "operation renamed, with the same name in Rust",
        on [Operation] &[Renamed];
        rust Patch, command Patch, wire Breaking;
        because "requests name the operation as the model does";
    "command-line-removed": "command line removed",
        on [Service] &[Lost(Fact::Command)];
        rust None, command Breaking, wire None;
        because "the crate has no program any more",
        help "generate it with the command line, or keep the older program";
    "command-line-added": "command line added",
        on [Service] &[Gained(Fact::Command)];
        rust None, command Minor, wire None;
        because "the crate has a program that it didn't have";
    "program-renamed": "program renamed",
        on [] any![Program];
        rust None, command Breaking, wire None;
        because "the program is installed by its name, and a link called `aws` knows the service by it",
        help "use the new name in scripts";
    "command-removed": "command removed",
        on [Operation, Waiter] &[Lost(Fact::Command)];
        rust None, command Breaking, wire None;
        because "an operation with event streams has no command",
        help "call the operation from a Rust program";
    "command-added": "command added",
        on [Operation, Waiter] &[Gained(Fact::Command)];
        rust None, command Minor, wire None;
        because "the operation has a command that it didn't have";
    "command-renamed": "command renamed",
        on [Operation, Waiter] &[Changed(Fact::Command)];
        rust None, command Breaking, wire None;
        because "the shell finds a command by its exact name",
        help "use the new name in scripts";
    "alias-added": "other name of a service, a command or an option added",
        on [] &[Gained(Fact::Aliases)];
        rust None, command Minor, wire None;
        because "the names that worked still do";
    "alias-removed": "other name of a service, a command or an option removed",
        on [] &[Lost(Fact::Aliases), Changed(Fact::Aliases)];
        rust None, command Breaking, wire None;
        because "the command rejects the old name, or takes it for another one",
        help "use the name that help shows";
    "shortcut-added": "option that sets parts of members added",
        on [] &[Gained(Fact::Shortcuts)];
        rust None, command Minor, wire None;
        because "the options that worked still do";
    "shortcut-removed": "option that sets parts of members removed",
        on [] &[Lost(Fact::Shortcuts), Changed(Fact::Shortcuts)];
        rust None, command Breaking, wire None;
        because "the command rejects the option, or takes it for another one",
        help "use the option of the member";
    "value-handling-changed": "handling of values by the command changed",
        on [] any![Handling];
        rust None, command Breaking, wire None;
        because "the command reads, sends or shows values in another form",
        help "check scripts that give or read them";
    "option-value-optional": "option can be given without a value",
        on [] &[Gained(Fact::Flag)];
        rust None, command Minor, wire None;
        because "calls with a value still work";
    "option-value-required": "option can't be given without a value any more",
        on [] &[Lost(Fact::Flag), Changed(Fact::Flag)];
        rust None, command Breaking, wire None;
        because "the command rejects the option without a value, and the option that set it to false",
        help "give the value";
    "hidden-changed": "command or option shown in help, or no longer",
        on [] any![Hidden];
        rust None, command Patch, wire None;
        because "it works, whether help shows it or not";
    "option-renamed": "option renamed",
        on [] any![Command, Off];
        rust None, command Breaking, wire None;
        because "the command rejects the old name of the option, or takes it for another option",
        help "use the new name in scripts";
    "http-request-changed": "HTTP method or path changed",
        on [] any![Http];
        rust Patch, command None, wire Breaking;
        because "requests are sent to another path or with another method, which a server of the other model doesn't expect";
    "http-status-changed": "HTTP status of success changed",
        on [] any![Status];
        rust Patch, command None, wire Minor;
        because "clients accept any status of success";
    "host-prefix-changed": "host prefix changed",
        on [] any![HostPrefix];
        rust Patch, command None, wire Breaking;
        because "requests are sent to another host";
    "transfer-changed": "headers, checksums, compression or transfer changed",
        on [] any![Transfer];
        rust Patch, command Patch, wire Minor;
        because "the same calls are sent in another way";
    "operation-error-added": "error added to an operation",
        on [OperationError] &[Added];
        rust Minor, command None, wire Minor;
        because "it used to arrive as `Error::Unhandled`, and now arrives as its own variant",
        help "match the variant where the error was recognized by its code";
    "operation-error-removed": "error removed from an operation",
        on [OperationError] &[Removed];
        rust Patch, command None, wire Minor;
        because "programs that match it still compile; if the service still returns it, it arrives as `Error::Unhandled`";

    // Authentication and endpoints.
    "auth-scheme-removed": "authentication scheme removed",
        on [] &[Lost(Fact::Auth)];
        rust Breaking, command Breaking, wire Breaking;
        because "credentials of this scheme aren't used any more, so calls may be sent without any",
        help "set credentials for one of the remaining schemes";
    "auth-scheme-added": "authentication scheme added",
        on [] &[Gained(Fact::Auth)];
        rust Minor, command Minor, wire Minor;
        because "the schemes that worked still do";
    "auth-order-changed": "preferred authentication scheme changed",
        on [] &[Changed(Fact::Auth)];
        rust Patch, command Patch, wire Minor;
        because "clients that have credentials for several schemes use another one";
    "protocol-changed": "protocol changed",
        on [] any![Protocol];
        rust Patch, command None, wire Breaking;
        because "requests and responses have another format";
    "endpoint-rules-changed": "endpoint rules changed",
        on [] any![Endpoints];
        rust Patch, command Patch, wire Minor;
        because "some settings may lead to another endpoint";
    "endpoint-prefix-changed": "endpoint prefix changed",
        on [] any![EndpointPrefix];
        rust Patch, command Patch, wire Minor;
        because "without endpoint rules, the host starts with the prefix";
    "endpoint-parameter-changed": "endpoint parameter changed",
        on [] any![EndpointParam];
        rust Patch, command Patch, wire Minor;
        because "the endpoint rules get another value from the call";

    // The service and its client.
    "package-renamed": "crate renamed",
        on [] any![Package];
        rust Breaking, command Breaking, wire None;
        because "programs name the crate, and scripts the program",
        help "change the dependency, `use` lines and the name of the program, or keep the name by `name`";
    "service-id-changed": "service's SDK ID changed",
        on [] any![SdkId];
        rust Patch, command Breaking, wire None;
        because "sections of configuration files and environment variables for the endpoint are called after it",
        help "rename them";
    "service-renamed": "service renamed",
        on [] any![WireService];
        rust Patch, command None, wire Breaking;
        because "requests of this protocol name the service";
    "service-version-changed": "service's version changed",
        on [] any![Version];
        rust Patch, command Patch, wire Minor;
        because "the query protocols send it with each request";
    "setting-removed": "client setting removed",
        on [Setting] &[Removed];
        rust Breaking, command None, wire None;
        because "its method of the client's builder is gone",
        help "delete the call";
    "setting-added": "client setting added",
        on [Setting] &[Added];
        rust Minor, command None, wire None;
        because "the client's builder has one more method; calling it is optional";
    "setting-type-changed": "type of a client setting changed",
        on [Setting] any![Type];
        rust Breaking, command None, wire None;
        because "its method takes another type",
        help "pass a value of the new type";
    "setting-renamed": "client setting renamed, with the same name in Rust",
        on [Setting] &[Renamed];
        rust Patch, command None, wire None;
        because "only the endpoint rules use the name of the model";

    // Members of inputs, outputs and types.
    "required-member-added": "required member added",
        on [Input, Member] &[Added], if conditions::is_required;
        rust Breaking, command Breaking, wire Breaking;
        because "calls and scripts that don't set it are refused before anything is sent",
        help "set it wherever the input is made";
    "error-member-removed": "member of an error removed",
        on [Member] &[Removed], if conditions::is_of_error;
        rust Breaking, command None, wire Breaking;
        because "its field is gone; commands show the code and the message of an error, and no other member",
        help "stop using it";
    "member-removed": "member removed",
        on [Input, Output, Member] &[Removed], if conditions::is_of_structure;
        rust Breaking, command Breaking, wire Breaking;
        because "its field or setter is gone, and so is its option or its key in the command's output",
        help "stop using it";
    "member-added": "member added",
        on [Input, Output, Member] &[Added], if conditions::is_of_structure;
        rust Minor, command Minor, wire Minor;
        because "structures are `#[non_exhaustive]`, so nothing that exists has to name it";
    "member-renamed": "member renamed, with the same name in Rust",
        on [Input, Output, Member] &[Renamed], if conditions::is_of_structure;
        rust Patch, command Breaking, wire Breaking;
        because "JSON on the command line, in its output and in messages has the name of the model",
        help "use the new name in JSON, and in expressions of `--query`";
    "member-required": "member became required",
        on [] &[Gained(Fact::Required)];
        rust Breaking, command Breaking, wire Breaking;
        because "calls and scripts that don't set it are refused before anything is sent; in a structure, its `Option` is gone",
        help "set it wherever the input is made";
    "member-not-required": "member is no longer required, in an input",
        on [Input] &[Lost(Fact::Required)];
        rust Minor, command Minor, wire Minor;
        because "members of inputs are `Option` in any case";
    "member-optional": "member is no longer required, in a structure",
        on [] any![Required];
        rust Breaking, command Minor, wire Minor;
        because "the type of its field is an `Option` now",
        help "wrap the value in `Some`, and handle `None`";
    "nullability-changed": "member changed between optional and always present",
        on [] any![Presence], if conditions::is_nullability;
        rust Breaking, command None, wire Minor;
        because "the type of its field is an `Option` in one of the two crates only",
        help "handle `None`, or remove the code that did";
    "default-required": "member changed between required and a default of zero",
        on [] any![Presence], if conditions::is_zero_or_required;
        rust Patch, command None, wire Patch;
        because "the type of its field is the same, and so is its value if the service leaves it out";
    "default-changed": "default changed",
        on [] any![Presence, Default];
        rust Minor, command Minor, wire Minor;
        because "programs that leave the member out, or read a member that the service left out, get another value",
        help "set the member where the old default is needed";
    "boxing-changed": "member is boxed, or no longer",
        on [] &[Changed(Fact::Type)], if conditions::is_boxing;
        rust Breaking, command None, wire None;
        because "types that contain themselves need a `Box`, which is part of the field's type",
        help "add or remove the `Box`";
    "nullable-changed": "null is a value of a member, or no longer",
        on [] &[Changed(Fact::Type)], if conditions::is_nullable;
        rust Breaking, command Minor, wire Minor;
        because "the field and its setter have an `Option` more or less, for null; where null is no value, it is taken as absent",
        help "`Some(None)` is null, `None` is absent";
    "streaming-changed": "member became a stream, or no longer is one",
        on [] &[Changed(Fact::Type)], if conditions::is_streaming;
        rust Breaking, command Breaking, wire Minor;
        because "a stream has another type, and its structure can't be cloned; the command reads or writes a file",
        help "read or pass a `ByteStream`; name a file on the command line";
    "rust-type-changed": "type of a member changed in Rust only",
        on [] &[Changed(Fact::Type)], if conditions::is_same_data;
        rust Breaking, command None, wire None;
        because "fields and setters have another type, while commands and messages contain the same values",
        help "convert the value; an enum has `from` and `as_str`";
    "type-widened": "type of a member has a larger range",
        on [] &[Changed(Fact::Type)], if conditions::is_widened;
        rust Breaking, command Minor, wire Minor;
        because "fields and setters have another type; values of the old one still fit",
        help "convert the value by `into`";
    "type-changed": "type of a member changed",
        on [] any![Type];
        rust Breaking, command Breaking, wire Breaking;
        because "fields, options and messages contain other values",
        help "pass and read values of the new type";
    "rust-name-changed": "renamed in Rust",
        on [] any![Rust, Builder];
        rust Breaking, command None, wire None;
        because "programs name it; a name also changes if another item of the model takes it first",
        help "use the new name";
    "idempotency-token-added": "idempotency token added",
        on [] &[Gained(Fact::Token)];
        rust Minor, command Minor, wire None;
        because "the client fills it in if it isn't set";
    "idempotency-token-removed": "idempotency token removed",
        on [] any![Token];
        rust Patch, command Patch, wire Minor;
        because "the client no longer fills it in, so the service may not recognize a request that is sent again",
        help "set the member if the service still needs it";
    "sensitive-added": "now sensitive",
        on [] &[Gained(Fact::Sensitive)];
        rust Patch, command None, wire None;
        because "`Debug` hides the value";
    "sensitive-removed": "no longer sensitive",
        on [] any![Sensitive];
        rust Patch, command None, wire None;
        because "`Debug` shows the value, so logs may show it",
        help "check what is logged";

    // Constraints.
    "response-constraint-changed": "constraint of a response changed",
        on [] any![Length, Range, Pattern], if conditions::is_received;
        rust Patch, command None, wire Minor;
        because "clients don't check responses";
    "minimum-raised": "smallest length or value raised",
        on [] any![Length, Range], if conditions::is_minimum_raised;
        rust Breaking, command Breaking, wire Breaking;
        because "values below it are refused before anything is sent",
        help "check what is passed";
    "maximum-lowered": "largest length or value lowered",
        on [] any![Length, Range], if conditions::is_maximum_lowered;
        rust Patch, command Patch, wire Breaking;
        because "clients don't check it, but the service may refuse values above it",
        help "check what is passed";
    "constraint-loosened": "length or range loosened",
        on [] any![Length, Range];
        rust Minor, command Minor, wire Minor;
        because "values that were accepted still are";
    "pattern-changed": "pattern changed",
        on [] any![Pattern];
        rust Patch, command Patch, wire Minor;
        because "clients don't check it, but the service may refuse other values than before",
        help "check what is passed";

    // Messages.
    "location-changed": "place of a member in the message changed",
        on [] any![Location];
        rust Patch, command None, wire Breaking;
        because "a server of the other model looks for it elsewhere";
    "union-encoding-changed": "encoding of a union changed",
        on [Type] any![Wire], if conditions::is_union;
        rust Patch, command None, wire Breaking;
        because "a server of the other model doesn't find out which member it is";
    "unknown-fields-changed": "member holds the unknown fields of its structure, or no longer",
        on [] any![Wire], if conditions::is_unknown_fields;
        rust Patch, command None, wire Breaking;
        because "its entries are fields beside the other members, where a server of the other model doesn't look for them";
    "wire-format-changed": "format of a value in the message changed",
        on [] any![Wire];
        rust Patch, command None, wire Breaking;
        because "a server of the other model can't read it";

    // Types.
    "error-removed": "error removed",
        on [Type] &[Removed], if conditions::is_error;
        rust Breaking, command None, wire Minor;
        because "its variant of `Error` and its type are gone",
        help "match `Error::Unhandled` and its code if the service still returns it";
    "error-added": "error added",
        on [Type] &[Added], if conditions::is_error;
        rust Minor, command None, wire Minor;
        because "`Error` is `#[non_exhaustive]`";
    "error-renamed": "error renamed, with the same name in Rust",
        on [Type] &[Renamed], if conditions::is_error;
        rust Patch, command Breaking, wire Breaking;
        because "responses and messages of the command contain the name of the model",
        help "use the new name where scripts look for it";
    "error-properties-changed": "fault, status or retry of an error changed",
        on [] any![Fault];
        rust Patch, command Patch, wire Minor;
        because "clients may retry it in other cases";
    "type-removed": "type removed",
        on [Type] &[Removed];
        rust Breaking, command None, wire None;
        because "it is gone from `types`",
        help "stop using it";
    "type-added": "type added",
        on [Type] &[Added];
        rust Minor, command None, wire None;
        because "nothing that exists depends on it";
    "type-shape-renamed": "shape renamed, with the same name in Rust",
        on [Type] &[Renamed];
        rust Patch, command None, wire None;
        because "messages don't contain the name";
    "type-form-changed": "kind of a type changed",
        on [] any![Form];
        rust Breaking, command Breaking, wire Breaking;
        because "a structure, a union, an enum and an error are used in different ways",
        help "use the type in its new form";
    "variant-removed": "variant of a union removed",
        on [Member] &[Removed], if conditions::is_of_union;
        rust Breaking, command Breaking, wire Breaking;
        because "the variant is gone, and so is its key in JSON",
        help "stop using it";
    "variant-added": "variant of a union added",
        on [Member] &[Added], if conditions::is_of_union;
        rust Minor, command Minor, wire Minor;
        because "unions are `#[non_exhaustive]`; it used to arrive as `Unknown`";
    "variant-renamed": "variant of a union renamed, with the same name in Rust",
        on [Member] &[Renamed], if conditions::is_of_union;
        rust Patch, command Breaking, wire Breaking;
        because "JSON on the command line, in its output and in messages has the name of the model",
        help "use the new name in JSON";
    "enum-value-removed": "value of an enum removed",
        on [Member] &[Removed];
        rust Breaking, command Breaking, wire Breaking;
        because "its variant is gone, and the service may refuse the value",
        help "stop using it";
    "enum-value-added": "value of an enum added",
        on [Member] &[Added];
        rust Minor, command Minor, wire Minor;
        because "enums are `#[non_exhaustive]`; it used to arrive as `Unknown`",
        help "match the variant where `Unknown` was matched for it";
    "enum-value-renamed": "value of an enum changed, with the same variant",
        on [Member] &[Renamed];
        rust Patch, command Breaking, wire Breaking;
        because "scripts pass the value and read it, and messages contain it",
        help "use the new value in scripts";
    "build-changed": "result of a builder changed",
        on [] &[Gained(Fact::Build), Lost(Fact::Build), Changed(Fact::Build)];
        rust Breaking, command None, wire None;
        because "`build` returns a `Result` if a member is required, and the structure if none is",
        help "handle the error, or stop doing so";
    "trait-implementation-removed": "trait implementation removed",
        on [] &[Lost(Fact::Impls)];
        rust Breaking, command None, wire None;
        because "a structure with a required member doesn't implement `Default`, and one with a stream doesn't implement `Clone` or `PartialEq`",
        help "use the builder, or compare and copy the members";
    "trait-implementation-added": "trait implementation added",
        on [] any![Impls];
        rust Minor, command None, wire None;
        because "code that compiled still compiles";

    // Waiters and pages.
    "waiter-removed": "waiter removed",
        on [Waiter] &[Removed];
        rust Breaking, command Breaking, wire None;
        because "its method and its command are gone",
        help "call the operation in a loop";
    "waiter-added": "waiter added",
        on [Waiter] &[Added];
        rust Minor, command Minor, wire None;
        because "nothing that exists depends on it";
    "waiter-renamed": "waiter renamed, with the same name in Rust",
        on [Waiter] &[Renamed];
        rust Patch, command Patch, wire None;
        because "programs and scripts don't name it as the model does";
    "waiter-changed": "delays or acceptors of a waiter changed",
        on [] any![Acceptors];
        rust Patch, command Patch, wire None;
        because "waiting may end at another moment or with another result";
    "file-transfer-removed": "transfer of a file removed",
        on [Transfer] &[Removed];
        rust Breaking, command Breaking, wire None;
        because "its method and its command are gone",
        help "send or receive the file with the URL that the operation returns";
    "file-transfer-added": "transfer of a file added",
        on [Transfer] &[Added];
        rust Minor, command Minor, wire None;
        because "nothing that exists depends on it";
    "file-transfer-renamed": "transfer of a file renamed, with the same name in Rust",
        on [Transfer] &[Renamed];
        rust Patch, command Patch, wire None;
        because "programs and scripts don't name it as the model does";
    "file-transfer-changed": "steps of a transfer of a file changed",
        on [] any![Steps];
        rust Patch, command Patch, wire None;
        because "the method and the command are the same";
    "paginator-removed": "pages removed",
        on [] &[Lost(Fact::Pages)];
        rust Breaking, command None, wire None;
        because "`into_paginator` is gone",
        help "pass the token of each response to the next call";
    "paginator-added": "pages added",
        on [] &[Gained(Fact::Pages)];
        rust Minor, command None, wire None;
        because "calls that pass tokens themselves still work";
    "paginator-changed": "members for pages changed",
        on [] any![Pages];
        rust Patch, command Patch, wire Minor;
        because "pages are requested with other members, which callers of the paginator don't see";
    "page-items-changed": "items of pages changed",
        on [] &[Changed(Fact::Items), Lost(Fact::Items)];
        rust Breaking, command None, wire None;
        because "`items` returns other values",
        help "read the items from the pages";
    "page-items-added": "items of pages added",
        on [] any![Items];
        rust Minor, command None, wire None;
        because "whole pages can still be read";
    "page-output-changed": "output of the command that fetches pages changed",
        on [] any![Joined];
        rust None, command Breaking, wire None;
        because "the command joins other members of all pages; those of the others come from the first page",
        help "check what scripts read, or pass `--no-paginate`";
    "page-options-removed": "option for pages removed",
        on [] &[Lost(Fact::PageOptions)];
        rust None, command Breaking, wire None;
        because "the command rejects the option; without any option for pages, it returns only the first page",
        help "delete the option, and pass the token of each page to the next call";
    "page-options-added": "option for pages added",
        on [] any![PageOptions];
        rust None, command Minor, wire None;
        because "options that worked still do; without an option for pages, the command returns all of them";

    // Documentation and deprecation.
    "deprecated": "deprecated",
        on [] &[Gained(Fact::Deprecated)];
        rust Minor, command Patch, wire None;
        because "programs that use it get a warning",
        help "use what the documentation names instead";
    "no-longer-deprecated": "no longer deprecated",
        on [] &[Lost(Fact::Deprecated)];
        rust Patch, command Patch, wire None;
        because "the warning is gone";
    "documentation-changed": "documentation changed",
        on [] any![Docs, Deprecated];
        rust Patch, command Patch, wire None;
        because "the code works the same";
}
