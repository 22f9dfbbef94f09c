//! Where the time goes: seconds and calls per kind of kernel, summed over threads, when switched on.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

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
static NANOSECONDS: [AtomicU64; COUNT] = [const { AtomicU64::new(0) }; COUNT];
static CALLS: [AtomicU64; COUNT] = [const { AtomicU64::new(0) }; COUNT];

pub struct Entry {
    pub kernel: &'static str,
    pub seconds: f64,
    pub calls: u64,
}

pub fn set(on: bool) {
    ON.store(on, Ordering::Relaxed);
}

pub fn reset() {
    for i in 0..COUNT {
        NANOSECONDS[i].store(0, Ordering::Relaxed);
        CALLS[i].store(0, Ordering::Relaxed);
    }
}

/// Non-empty entries, the longest first.
pub fn entries() -> Vec<Entry> {
    let mut entries: Vec<Entry> = (0..COUNT)
        .map(|i| Entry {
            kernel: NAMES[i],
            seconds: NANOSECONDS[i].load(Ordering::Relaxed) as f64 * 1e-9,
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
    NANOSECONDS[kind as usize].fetch_add(clock().saturating_sub(start), Ordering::Relaxed);
    CALLS[kind as usize].fetch_add(1, Ordering::Relaxed);
    result
}

/// Nanoseconds of this thread's processor time, so that other processes do not count.
#[cfg(target_os = "linux")]
fn clock() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the pointer is to a timespec. The call cannot fail with this clock.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}

/// Nanoseconds of wall time.
#[cfg(not(target_os = "linux"))]
fn clock() -> u64 {
    static START: std::sync::OnceLock<std::time::Instant> = std::sync::OnceLock::new();
    START.get_or_init(std::time::Instant::now).elapsed().as_nanos() as u64
}
