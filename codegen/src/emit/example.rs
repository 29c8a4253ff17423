//! The example of an operation: a doc test that compiles.

use super::scope::Scope;
use super::ty::literal;
use crate::plan::{Literal, Member, Operation, Plan, Structure, Ty};

/// Lines of Markdown.
pub(super) fn lines(plan: &Plan, of: &Operation) -> Vec<String> {
    let library = plan.library();
    let method = &of.module;
    let mut lines = vec![
        String::new(),
        "# Example".into(),
        String::new(),
        "```no_run".into(),
    ];
    if of.deprecated.is_some()
        || of.example.iter().any(|(index, _)| {
            of.input
                .members
                .get(*index)
                .is_some_and(|member| member.deprecated.is_some())
        })
    {
        lines.push("# #![allow(deprecated)]".into());
    }
    lines.push(format!(
        "# async fn example(client: {library}::Client) -> Result<(), {library}::Error> {{"
    ));
    let used = if of.output.members.is_empty() {
        "client"
    } else {
        "let output = client"
    };
    let received = events(&of.output);
    let used = if received.is_some() {
        "let mut output = client"
    } else {
        used
    };
    let sent = events(&of.input);
    if sent.is_some() {
        lines.push(format!(
            "use {library}::primitives::event_stream::EventStreamSender;"
        ));
        lines.push("// `writer.send(event).await` sends an event, at any time.".into());
        lines.push("let (writer, events) = EventStreamSender::channel(16);".into());
    }
    lines.push(used.into());
    lines.push(format!("    .{method}()"));
    for (index, value) in &of.example {
        let Some(member) = of.input.members.get(*index) else {
            continue;
        };
        lines.push(format!(
            "    .{}({})",
            member.ident,
            argument(&library, value, &member.ty)
        ));
    }
    if let Some(member) = sent {
        lines.push(format!("    .{}(events)", member.ident));
    }
    lines.extend(["    .send()".into(), "    .await?;".into()]);
    if let Some(member) = received {
        lines.extend([
            format!(
                "while let Some(event) = output.{}.recv().await? {{",
                member.ident
            ),
            "    println!(\"{event:?}\");".into(),
            "}".into(),
        ]);
    } else if !of.output.members.is_empty() {
        lines.push("println!(\"{output:?}\");".into());
    }
    lines.extend(["# Ok(())".into(), "# }".into(), "```".into()]);
    lines
}

/// The member that is a stream of events.
fn events(of: &Structure) -> Option<&Member> {
    let mut members = of.members.iter();
    members.find(|member| matches!(member.ty, Ty::EventSender(_) | Ty::EventReceiver(_)))
}

fn argument(library: &str, value: &Literal, ty: &Ty) -> String {
    match value {
        Literal::String(text) | Literal::Enum(_, text) => {
            let text = super::text::text(text).to_string();
            if matches!(value, Literal::Enum(..)) {
                format!("{text}.into()")
            } else {
                text
            }
        }
        Literal::Blob(_) => {
            let path = if *ty == Ty::Stream {
                "ByteStream::from_static"
            } else {
                "Blob::new"
            };
            format!("{library}::primitives::{path}(b\"bytes\")")
        }
        Literal::Blank
        | Literal::Bool(_)
        | Literal::Integer(_)
        | Literal::Float(_)
        | Literal::IntEnum(..)
        | Literal::EpochSeconds(_)
        | Literal::DocumentBool(_)
        | Literal::DocumentString(_)
        | Literal::DocumentArray
        | Literal::DocumentObject => literal(&Scope::new(&[]), value)
            .to_string()
            .replace("- ", "-"),
    }
}
