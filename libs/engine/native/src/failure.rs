//! What goes wrong inside the engine unwinds to the call that asked for it, which gives the reason
//! to its caller.

use std::any::Any;
use std::panic::resume_unwind;

/// What the reason of a failure for want of memory begins with.
const OUT_OF_MEMORY: &str = "out of memory";

/// Ends the call: the system has not given so many bytes.
pub fn out_of_memory(bytes: usize) -> ! {
    end(format!("{OUT_OF_MEMORY}: the system gives no further {:.1} MiB", bytes as f64 / f64::from(1 << 20)))
}

/// Ends the call for a reason that its caller is told: nothing is printed here.
pub fn end(reason: String) -> ! {
    resume_unwind(Box::new(reason))
}

/// The reason that a panic was started with.
pub fn reason(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str).or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("a kernel failed").to_string()
}
