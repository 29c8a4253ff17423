//! What the manual says of an operation and of a type.

use super::{Operation, Structure, Type, TypeKind};
use crate::docs::manual;

/// Writes the entries of an operation, its waiters, its transfer, and the members of its input and output.
pub(crate) fn of_operation(of: &Operation, out: &mut String) {
    manual([&of.id], &of.docs, out);
    for waiter in &of.waiters {
        manual([&of.id, "$", &waiter.name], &waiter.docs, out);
    }
    if let Some(transfer) = &of.transfer {
        manual([&of.transfer_id()], &transfer.docs, out);
    }
    members(&of.input, out);
    members(&of.output, out);
}

/// Writes the entries of a type and its members.
pub(crate) fn of_type(of: &Type, out: &mut String) {
    match &of.kind {
        TypeKind::Structure(structure) => {
            let id = structure.id.as_deref().unwrap_or_default();
            manual([id], &of.docs, out);
            members(structure, out);
        }
        TypeKind::Union(union) => {
            manual([&union.id], &of.docs, out);
            for member in union.variants.iter().map(|variant| &variant.member) {
                manual([&union.id, "$", &member.name], &member.docs, out);
            }
        }
        TypeKind::Enum(values) | TypeKind::IntEnum(values) => manual([&values.id], &of.docs, out),
    }
}

fn members(of: &Structure, out: &mut String) {
    let id = of.id.as_deref().unwrap_or_default();
    for member in &of.members {
        manual([id, "$", &member.name], &member.docs, out);
    }
}
