//! Where the time goes: seconds and calls per kind of kernel, summed over threads, when switched
//! on. Wall time: other processes on the same cores count too.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

macro_rules! kinds {
    ($($kind:ident => $name:literal),* $(,)?) => {
        #[derive(Clone, Copy)]
        pub enum Kind { $($kind),* }
        const NAMES: &[&str] = &[$($name),*];
    };
}

kinds! {
    Prepare => "prepare plane",
    Depthwise => "depthwise",
    Convolution => "convolution",
    Emit => "store output, batch moments",
    Moments => "pool moments",
    Assemble => "assemble node",
    Pool => "pool",
    Shuffle => "channel shuffle",
    Products => "gradient reductions",
    NormalGradient => "norm gradient",
    ConvolutionKernelGradient => "convolution kernel gradient",
    ConvolutionInputGradient => "convolution input gradient",
    DepthwiseKernelGradient => "depthwise kernel gradient",
    DepthwiseInputGradient => "depthwise input gradient",
    StoreGradient => "store gradient",
    PoolGradient => "pool gradient",
    Serial => "between regions",
}

const COUNT: usize = Kind::Serial as usize + 1;
static ON: AtomicBool = AtomicBool::new(false);
static TICKS: [AtomicU64; COUNT] = [const { AtomicU64::new(0) }; COUNT];
static CALLS: [AtomicU64; COUNT] = [const { AtomicU64::new(0) }; COUNT];

pub struct Entry {
    pub kernel: &'static str,
    pub seconds: f64,
    pub calls: u64,
}

pub fn set(on: bool) {
    start();
    ON.store(on, Ordering::Relaxed);
}

pub fn reset() {
    for i in 0..COUNT {
        TICKS[i].store(0, Ordering::Relaxed);
        CALLS[i].store(0, Ordering::Relaxed);
    }
}

/// Non-empty entries, the longest first.
pub fn entries() -> Vec<Entry> {
    let tick = seconds_per_tick();
    let mut entries: Vec<Entry> = (0..COUNT)
        .map(|i| Entry {
            kernel: NAMES[i],
            seconds: TICKS[i].load(Ordering::Relaxed) as f64 * tick,
            calls: CALLS[i].load(Ordering::Relaxed),
        })
        .filter(|entry| entry.calls > 0)
        .collect();
    entries.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
    entries
}

/// Runs `work`, and counts its time under `kind` when the trace is on.
#[inline]
pub fn span<R>(kind: Kind, work: impl FnOnce() -> R) -> R {
    if !ON.load(Ordering::Relaxed) {
        return work();
    }
    let start = clock();
    let result = work();
    TICKS[kind as usize].fetch_add(clock().saturating_sub(start), Ordering::Relaxed);
    CALLS[kind as usize].fetch_add(1, Ordering::Relaxed);
    result
}

/// Ticks of a clock that costs little beside a kernel of a microsecond: the processor's own counter
/// where there is one.
#[cfg(target_arch = "x86_64")]
fn clock() -> u64 {
    // SAFETY: the instruction is part of the architecture.
    unsafe { std::arch::x86_64::_rdtsc() }
}

/// Nanoseconds of wall time.
#[cfg(not(target_arch = "x86_64"))]
fn clock() -> u64 {
    start().0.elapsed().as_nanos() as u64
}

/// A moment, and what the clock said then: ticks are told in seconds by what has passed since.
fn start() -> &'static (Instant, u64) {
    static START: OnceLock<(Instant, u64)> = OnceLock::new();
    START.get_or_init(|| {
        #[cfg(target_arch = "x86_64")]
        return (Instant::now(), clock());
        #[cfg(not(target_arch = "x86_64"))]
        return (Instant::now(), 0);
    })
}

fn seconds_per_tick() -> f64 {
    let (moment, ticks) = start();
    let passed = clock().saturating_sub(*ticks);
    if passed == 0 { 0.0 } else { moment.elapsed().as_secs_f64() / passed as f64 }
}
