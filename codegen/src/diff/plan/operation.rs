//! Operations: bindings, pages, waiters, transfers.

use super::text::{acceptor, auth, list, name_of, rust_type};
use super::{PlanReader, build, deprecated, docs, structure_impls};
use crate::interface::{Fact, Item, Kind, SEPARATOR};
use crate::names::{CommandOption, OptionForm};
use crate::plan::{Operation, OperationTrait, Outfile, Transfer, TransferKind, Waiter};
use crate::registry::NO_AUTH;

impl PlanReader<'_> {
    pub(super) fn operation(&self, of: &Operation) -> Item {
        let mut item = Item::new(Kind::Operation, &of.name, Some(of.span));
        let has_command = self.has_command && !of.has_events();
        item.set(Fact::Rust, &of.module);
        item.set(Fact::Builder, &of.rust);
        if has_command {
            item.set(Fact::Command, &of.command);
            item.set(Fact::Aliases, list(of.aliases.iter().cloned()));
            let shortcuts = of.shortcuts.iter().map(|of| format!("--{}", of.name));
            let outfiles = of.outfiles.iter().flat_map(Outfile::names);
            let outfiles = outfiles.map(|name| format!("--{name}"));
            item.set(Fact::Shortcuts, list(shortcuts.chain(outfiles)));
            item.set(Fact::Handling, handling(of).join(SEPARATOR));
            item.mark(Fact::Hidden, of.hidden);
        }
        if self.has_http {
            item.set(Fact::Http, format!("{} {}", of.method, of.uri).trim());
            let code = (of.code != 200).then(|| of.code.to_string());
            item.set(Fact::Status, code.unwrap_or_default());
        }
        item.set(Fact::HostPrefix, &of.host_prefix);
        let schemes = of.auth.as_deref().unwrap_or(&self.service.auth).iter();
        let anonymous = of.optional_auth.then(|| name_of(NO_AUTH).to_owned());
        let schemes = list(schemes.map(auth).chain(anonymous));
        if schemes != list(self.service.auth.iter().map(auth)) {
            item.set(Fact::Auth, schemes);
        }
        transfer(&mut item, &of.traits);
        pages(&mut item, of);
        item.set(Fact::Impls, list(operation_impls(of)));
        build(&mut item, &of.output, "Output::");
        deprecated(&mut item, of.deprecated.as_ref());
        docs(&mut item, &of.docs);
        let options = of
            .options
            .iter()
            .map(|option| has_command.then_some(option));
        for (member, option) in of.input.members.iter().zip(options) {
            let mut input = self.member(Kind::Input, member);
            if let Some(option) = option {
                add_option(&mut input, option);
            }
            item.items.push(input);
        }
        let output = of.output.members.iter();
        item.items
            .extend(output.map(|member| self.member(Kind::Output, member)));
        let error = |name| Item::new(Kind::OperationError, name, Some(of.span));
        item.items
            .extend(of.errors.iter().map(|name| error(&name.name)));
        let waiters = of.waiters.iter();
        item.items.extend(waiters.map(|of| waiter(of, has_command)));
        let transfers = of.transfer.iter();
        item.items
            .extend(transfers.map(|of| file_transfer(of, has_command)));
        item
    }
}

fn add_option(item: &mut Item, of: &CommandOption) {
    item.set(Fact::Command, &of.name);
    item.set(Fact::Aliases, list(of.aliases.iter().cloned()));
    if !of.has_usual_off() {
        item.set(Fact::Off, of.off.as_deref().unwrap_or_default());
    }
    if of.base64 {
        item.set(Fact::Handling, "sent in base64");
    }
    if of.plain {
        item.set(Fact::Handling, "plain values");
    }
    item.mark(Fact::Flag, of.form == OptionForm::FlagOrValue);
    item.mark(Fact::Hidden, of.hidden);
}

/// What the command does beside calling the operation.
fn handling(of: &Operation) -> Vec<String> {
    let encoding = of.percent_encoding.as_ref();
    let encoding = encoding.map(|of| format!("decodes {}", of.paths.join(" ")));
    let size = of.page_size.as_ref();
    let size = size.map(|of| format!("pages of {}", of.size));
    let moves = of.moves.as_ref().map(|of| {
        let moves = of.members.iter();
        let moves = moves.map(|of| format!("{} to {}", of.member, of.to));
        format!("moves {}", moves.collect::<Vec<_>>().join(" "))
    });
    [encoding, size, moves].into_iter().flatten().collect()
}

fn file_transfer(of: &Transfer, has_command: bool) -> Item {
    let mut item = Item::new(Kind::Transfer, &of.name, Some(of.span));
    item.set(Fact::Rust, &of.method);
    if has_command {
        item.set(Fact::Command, &of.command);
    }
    item.set(Fact::Steps, list(steps(of)));
    docs(&mut item, &of.docs);
    item
}

/// What a transfer consists of, in words.
fn steps(of: &Transfer) -> Vec<String> {
    let mut steps = Vec::new();
    let mut add = |what: &str, name: &str| {
        if !name.is_empty() {
            steps.push(format!("{what} {name}"));
        }
    };
    add("URL", &of.url);
    add("expiry", &of.expiry);
    match &of.kind {
        TransferKind::Download { file_size } => add("download, size", file_size),
        TransferKind::Upload {
            http_method,
            headers,
            file_name,
            file_size,
            media_type,
            completion,
        } => {
            add("upload by", http_method);
            add("headers", headers);
            add("name", file_name);
            add("size", file_size);
            add("type", media_type);
            if let Some(of) = completion {
                add("completed by", &of.operation);
                for (to, from) in of.from_output.iter().chain(&of.from_input) {
                    add(to, &format!("from {from}"));
                }
            }
        }
    }
    steps
}

fn waiter(of: &Waiter, has_command: bool) -> Item {
    let mut item = Item::new(Kind::Waiter, &of.name, Some(of.span));
    item.set(Fact::Rust, &of.method);
    if has_command {
        item.set(Fact::Command, crate::names::command(&of.name));
    }
    let delays = format!("delays of {} to {} s", of.min_delay, of.max_delay);
    let waits = [delays, format!("{} attempts", of.max_attempts)];
    let acceptors = of.acceptors.iter().map(acceptor);
    item.set(Fact::Acceptors, list(waits.into_iter().chain(acceptors)));
    item.mark(Fact::Deprecated, of.deprecated);
    docs(&mut item, &of.docs);
    item
}

fn operation_impls(of: &Operation) -> Vec<String> {
    let of_builder = (!of.input.facts.stream).then(|| "Clone".to_owned());
    let of_sides = [("Input", &of.input), ("Output", &of.output)];
    let of_sides = of_sides.into_iter().flat_map(|(side, of)| {
        let impls = structure_impls(of).into_iter();
        impls.map(move |of| format!("{side}: {of}"))
    });
    of_builder.into_iter().chain(of_sides).collect()
}

fn transfer(item: &mut Item, traits: &[OperationTrait]) {
    let mut transfer = Vec::new();
    let mut params = Vec::new();
    for of in traits {
        match of {
            OperationTrait::StaticContextParam(name, value) => {
                params.push(format!("{name}={value}"))
            }
            OperationTrait::OperationContextParam(name, path) => {
                params.push(format!("{name} from {path}"));
            }
            OperationTrait::HttpChecksumRequired => transfer.push("checksum required".to_owned()),
            OperationTrait::HttpChecksum {
                request_algorithm,
                request_required,
                validation_mode,
                response_algorithms,
            } => {
                let required = if *request_required { "required" } else { "" };
                let algorithms = response_algorithms.join("|");
                let parts = [required, request_algorithm, validation_mode, &algorithms];
                let parts = parts.into_iter().filter(|part| !part.is_empty());
                transfer.push(parts.fold("checksum".to_owned(), |text, part| text + " " + part));
            }
            OperationTrait::RequestCompression(encodings) => {
                transfer.push(format!("compression {}", encodings.join("|")));
            }
            OperationTrait::UnsignedPayload => transfer.push("unsigned payload".to_owned()),
            OperationTrait::EventStreamHttp2 => transfer.push("HTTP/2".to_owned()),
            OperationTrait::UnwrappedXmlOutput => transfer.push("unwrapped output".to_owned()),
            OperationTrait::Digest { digest, of, .. } => {
                transfer.push(format!("MD5 of {of} in {digest}"));
            }
            OperationTrait::DiscoveredEndpoint(required) => {
                let word = if *required { "required" } else { "optional" };
                transfer.push(format!("discovered endpoint {word}"));
            }
            OperationTrait::NoContentType => transfer.push("command without type".to_owned()),
            OperationTrait::PresignedQuery => transfer.push("presigned by query".to_owned()),
            OperationTrait::Header(name, value) => {
                transfer.push(format!("header {name}: {value}"));
            }
            OperationTrait::PresignedUrl { url, .. } => {
                transfer.push(format!("presigned URL {url}"))
            }
            OperationTrait::Sha256TreeHash(header) => transfer.push(format!("tree hash {header}")),
        }
    }
    item.set(Fact::Transfer, transfer.join(SEPARATOR));
    params.sort();
    item.set(Fact::EndpointParam, params.join(SEPARATOR));
}

/// Pages of the library, and those of the command.
fn pages(item: &mut Item, of: &Operation) {
    if let Some(pages) = &of.pages {
        let parts = [
            format!("{} from {}", pages.input_token, pages.output_token),
            pages.page_size.clone(),
            pages.more_results.clone(),
        ];
        item.set(
            Fact::Pages,
            list(parts.into_iter().filter(|part| !part.is_empty())),
        );
        if let Some(path) = &pages.path {
            let steps: Vec<_> = path.steps.iter().map(|(step, _)| step.as_str()).collect();
            let ty = rust_type(&path.item);
            let ty = path
                .key
                .as_ref()
                .map_or(ty.clone(), |key| format!("({}, {ty})", rust_type(key)));
            item.set(Fact::Items, format!("{}: {ty}", steps.join(".")));
        }
    }
    if item.has(Fact::Command) {
        item.set(
            Fact::PageOptions,
            list(of.page_options.iter().map(|name| format!("--{name}"))),
        );
        let joined = match (&of.command_pages, &of.pages) {
            (Some(pages), _) => pages.results.join(SEPARATOR),
            (None, Some(pages)) => pages.items.clone(),
            (None, None) => String::new(),
        };
        item.set(Fact::Joined, joined);
    }
}
