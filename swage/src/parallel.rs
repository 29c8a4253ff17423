//! Work on several cores.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Does the work for each item, on all cores. Each result is told when it and those before it are there.
pub(crate) fn in_order<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut tell: impl FnMut(&T, R),
) {
    if let [item] = items {
        return tell(item, work(item));
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                while let Some((index, item)) = take(next, items) {
                    let _ = send.send((index, work(item)));
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            while !waiting.contains_key(&index) {
                let Ok((done, result)) = receive.recv() else {
                    return;
                };
                waiting.insert(done, result);
            }
            if let Some(result) = waiting.remove(&index) {
                tell(item, result);
            }
        }
    });
}

/// The next item that no thread has taken.
fn take<'i, T>(next: &AtomicUsize, items: &'i [T]) -> Option<(usize, &'i T)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    Some((index, items.get(index)?))
}
