//! The time for reading one operation of EC2 from a pack, and EC2's model from JSON if its file is given.

use std::time::{Duration, Instant};
use swage_client::pack::Pack;

const RUNS: usize = 51;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let pack = arguments.next().expect("a pack");
    let bytes: &'static [u8] = std::fs::read(&pack).expect("a pack").leak();
    let time = median(|| {
        let pack = Pack::open(bytes).expect("a pack");
        let service = pack.service("ec2").expect("EC2");
        service.operation("DescribeInstances").expect("the operation");
    });
    println!("DescribeInstances from a pack of {} bytes: {} µs", bytes.len(), time.as_micros());
    if let Some(model) = arguments.next() {
        let text = std::fs::read(&model).expect("a model");
        let time = median(|| {
            let model: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
            assert!(model["operations"]["DescribeInstances"].is_object());
        });
        println!("EC2's model from {} bytes of JSON: {} µs", text.len(), time.as_micros());
    }
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<_> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}
