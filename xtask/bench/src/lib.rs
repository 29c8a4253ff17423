//! Arguments and processor time of the two benchmark loops.

use std::time::Duration;

/// The program's arguments: URL, and number of calls.
pub fn arguments() -> (String, u32) {
    let mut arguments = std::env::args().skip(1);
    let endpoint = arguments.next().unwrap_or_default();
    let calls = arguments.next().and_then(|calls| calls.parse().ok()).unwrap_or(1);
    (endpoint, calls)
}

/// User time of this process so far, from `/proc/self/stat` (Linux): hundredths of a second.
pub fn user_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The program's name, in parentheses, may have blanks; user time is the 14th field.
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after_name.split_whitespace().nth(11).and_then(|ticks| ticks.parse().ok()).unwrap_or(0);
    Duration::from_millis(ticks * 10)
}

/// Prints nanoseconds of user time a call.
pub fn report(before: Duration, calls: u32) {
    println!("{}", (user_time() - before).as_nanos() / u128::from(calls));
}
