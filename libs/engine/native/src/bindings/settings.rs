//! Threads, instruction sets, the buffer pool and the trace.

use super::array::fault;
use crate::cell::trace as cell_trace;
use crate::{kernels::table, memory, threads as pool};
use napi::Result;
use napi_derive::napi;

#[napi(catch_unwind)]
pub fn set_threads(count: u32) -> Result<()> {
    if count == 0 || count as usize > pool::MAX_THREADS {
        return Err(fault(format!("threads: found {count}, allowed: 1 … {}", pool::MAX_THREADS)));
    }
    pool::set_threads(count as usize);
    Ok(())
}

#[napi(catch_unwind)]
pub fn threads() -> u32 {
    pool::threads() as u32
}

#[napi(catch_unwind)]
pub fn cpu_features() -> &'static str {
    table::level().name()
}

#[napi(catch_unwind)]
pub fn instruction_sets() -> Vec<&'static str> {
    table::levels().iter().map(|level| level.name()).collect()
}

#[napi(catch_unwind)]
pub fn set_instructions(name: Option<String>) -> Result<()> {
    table::set_level(name.as_deref()).map_err(fault)
}

#[napi(object)]
pub struct PoolStatistics {
    pub used_bytes: f64,
    pub free_bytes: f64,
    pub peak_bytes: f64,
    pub allocations: f64,
}

#[napi(catch_unwind)]
pub fn pool_statistics() -> PoolStatistics {
    let statistics = memory::statistics();
    PoolStatistics {
        used_bytes: statistics.used_bytes as f64,
        free_bytes: statistics.free_bytes as f64,
        peak_bytes: statistics.peak_bytes as f64,
        allocations: statistics.allocations as f64,
    }
}

#[napi(catch_unwind)]
pub fn release_pool() {
    memory::release();
}

#[napi(catch_unwind)]
pub fn set_trace(on: bool) {
    cell_trace::set(on);
}

#[napi(catch_unwind)]
pub fn reset_trace() {
    cell_trace::reset();
}

#[napi(object)]
pub struct TraceEntry {
    pub kernel: String,
    pub seconds: f64,
    pub calls: f64,
}

#[napi(catch_unwind)]
pub fn trace() -> Vec<TraceEntry> {
    cell_trace::entries()
        .into_iter()
        .map(|entry| TraceEntry { kernel: entry.kernel.to_string(), seconds: entry.seconds, calls: entry.calls as f64 })
        .collect()
}
