//! Packs: everything that a pack has is read, and what was read is complete.
#![no_main]

use swage_client::pack::{Pack, PackError, PackedService};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // Tables are borrowed for as long as the program runs.
    let _ = Pack::open(data.to_vec().leak()).and_then(read);
});

fn read(pack: Pack) -> Result<(), PackError> {
    for listed in pack.services()? {
        if let Ok(service) = pack.service(listed.name) {
            let _ = read_service(service);
        }
    }
    Ok(())
}

fn read_service(service: PackedService) -> Result<(), PackError> {
    service.table()?;
    for name in service.operation_names()? {
        let operation = service.operation(name)?;
        let mut todo = vec![operation.input, operation.output];
        let mut steps = 0;
        while let Some(schema) = todo.pop()
            && steps < 10_000
        {
            steps += 1;
            todo.extend(schema.members().iter().map(|member| member.target()));
        }
    }
    for command in service.commands()? {
        service.docs(command.docs()?)?;
        service.command_called(command.name)?;
    }
    service.waiters().map(drop)
}
