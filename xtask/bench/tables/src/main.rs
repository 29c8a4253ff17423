//! Reads an operation from a pack, and the same model as JSON: `tables-bench PACK SERVICE OPERATION MODEL`.

use serde_json::Value as Json;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};
use swage_client::pack::Pack;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [pack, service, operation, model] = words.as_slice() else {
        return Err("usage: tables-bench PACK SERVICE OPERATION MODEL".into());
    };
    let pack: &'static [u8] = std::fs::read(pack)?.leak();
    let model = std::fs::read(model)?;
    let (mut tables, mut json) = (Vec::new(), Vec::new());
    for _ in 0..100 {
        let start = Instant::now();
        // A pack that is opened anew has read nothing.
        black_box(Pack::open(pack)?.service(service)?.operation(operation)?);
        tables.push(start.elapsed());
    }
    for _ in 0..10 {
        let start = Instant::now();
        black_box(serde_json::from_slice::<Json>(&model)?);
        json.push(start.elapsed());
    }
    let megabytes = model.len() / 1_000_000;
    println!("{operation} from the pack: {}", figures(tables));
    println!("the service's model as JSON, {megabytes} MB: {}", figures(json));
    Ok(())
}

fn figures(mut times: Vec<Duration>) -> String {
    times.sort();
    let [least, median] = [0, times.len() / 2].map(|at| times[at].as_micros());
    format!("{least} µs least, {median} µs median")
}
