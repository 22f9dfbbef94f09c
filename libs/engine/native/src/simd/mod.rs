//! Vector instructions behind one small trait, so that every kernel is written once.
//!
//! All methods are `inline(always)`: they become real instructions only inside a function compiled
//! for the right CPU features, which `kernels::table` provides. Calling them elsewhere is correct
//! wherever the CPU has the feature, but slow.

#[cfg(target_arch = "x86_64")]
pub mod avx2;
#[cfg(target_arch = "x86_64")]
pub mod avx512;
pub mod bf16;
pub mod element;
#[cfg(target_arch = "x86_64")]
pub mod half;
#[cfg(target_arch = "x86_64")]
pub mod narrow;
#[cfg(target_arch = "aarch64")]
pub mod neon;
pub mod scalar;
#[cfg(test)]
mod tests;

/// One vector instruction set.
///
/// # Safety
/// Every method requires that the CPU has the instruction set. Loads and stores require the named
/// number of float32 values behind the pointer to be valid; only `stream` asks for alignment (to
/// the vector size).
#[allow(clippy::missing_safety_doc)] // Said once, above.
pub trait Simd: Copy + 'static {
    type V: Copy;
    /// Values per vector.
    const LANES: usize;
    /// Whether there are 32 vector registers (rather than 16): decides tile sizes.
    const MANY_REGISTERS: bool;
    unsafe fn splat(x: f32) -> Self::V;
    unsafe fn load(p: *const f32) -> Self::V;
    unsafe fn store(p: *mut f32, v: Self::V);
    /// Stores past the caches; [`fence`] must follow before another thread reads.
    unsafe fn stream(p: *mut f32, v: Self::V);
    /// The first `n` values, zero in the other lanes; `1 <= n < LANES`.
    unsafe fn load_head(p: *const f32, n: usize) -> Self::V;
    unsafe fn store_head(p: *mut f32, v: Self::V, n: usize);
    unsafe fn add(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn sub(a: Self::V, b: Self::V) -> Self::V;
    unsafe fn mul(a: Self::V, b: Self::V) -> Self::V;
    /// The larger of both; `b` where one of them is no number.
    unsafe fn max(a: Self::V, b: Self::V) -> Self::V;
    /// The larger of both; a NaN where one of them is no number.
    unsafe fn max_or_nan(a: Self::V, b: Self::V) -> Self::V;
    /// `a * b + c`
    unsafe fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `a > b ? x : y`, per lane.
    unsafe fn if_greater(a: Self::V, b: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `a > b`, or a is no number, `? x : y`, per lane.
    unsafe fn if_greater_or_nan(a: Self::V, b: Self::V, x: Self::V, y: Self::V) -> Self::V;
    /// `a == b ? x : 0`, per lane.
    unsafe fn if_equal(a: Self::V, b: Self::V, x: Self::V) -> Self::V;
    /// As [`bf16::round`], per lane.
    unsafe fn round_bf16(v: Self::V) -> Self::V;
    /// `LANES` bfloat16 values, widened.
    unsafe fn load_bf16(p: *const u16) -> Self::V;
    /// The first `n` of them, zero in the other lanes; as many as for a whole vector are valid.
    unsafe fn load_bf16_head(p: *const u16, n: usize) -> Self::V;
    /// Stores the upper halves: of rounded values, nothing is lost.
    unsafe fn store_bf16(p: *mut u16, v: Self::V);
}

/// Orders the streamed stores of this thread before what it does next.
#[inline]
pub fn fence() {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: SSE is part of the architecture.
    unsafe {
        std::arch::x86_64::_mm_sfence();
    }
}

/// Asks for the cache line at an address that need not be valid. Streams over images of a few pages
/// end before the processor's own guesses get far.
#[inline(always)]
pub fn prefetch<T>(p: *const T) {
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    // SAFETY: SSE is part of the architecture, and prefetching reads nothing.
    unsafe {
        std::arch::x86_64::_mm_prefetch::<{ std::arch::x86_64::_MM_HINT_T0 }>(p.cast());
    }
    #[cfg(not(all(target_arch = "x86_64", not(miri))))]
    let _ = p;
}

/// The whole vector when `TAIL` is false, else its first `n` values.
///
/// # Safety
/// As [`Simd::load`] or [`Simd::load_head`].
#[inline(always)]
pub unsafe fn load<S: Simd, const TAIL: bool>(p: *const f32, n: usize) -> S::V {
    // SAFETY: the caller's promise is the one of the method called.
    unsafe { if TAIL { S::load_head(p, n) } else { S::load(p) } }
}

/// # Safety
/// As [`Simd::store`] or [`Simd::store_head`].
#[inline(always)]
pub unsafe fn store<S: Simd, const TAIL: bool>(p: *mut f32, v: S::V, n: usize) {
    // SAFETY: the caller's promise is the one of the method called.
    unsafe { if TAIL { S::store_head(p, v, n) } else { S::store(p, v) } }
}

/// The instruction sets in rising order of preference on one architecture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    Scalar,
    Neon,
    Avx2,
    Avx512,
}

impl Level {
    pub const ALL: [Level; 4] = [Level::Scalar, Level::Neon, Level::Avx2, Level::Avx512];

    /// Whether processors that have `best` know of this one.
    pub fn belongs_with(self, best: Level) -> bool {
        self == Level::Scalar || (self == Level::Neon) == (best == Level::Neon)
    }

    pub fn name(self) -> &'static str {
        match self {
            Level::Scalar => "scalar",
            Level::Neon => "neon",
            Level::Avx2 => "avx2",
            Level::Avx512 => "avx512",
        }
    }

    /// The best level of this CPU, or the lower one named by `ONESHOT_SIMD`.
    pub fn detect() -> Level {
        let best = Level::best();
        let asked = match std::env::var("ONESHOT_SIMD").as_deref() {
            Ok("scalar") => Level::Scalar,
            Ok("neon") => Level::Neon,
            Ok("avx2") => Level::Avx2,
            _ => Level::Avx512,
        };
        if asked == Level::Neon && best != Level::Neon {
            return best;
        }
        best.min(asked)
    }

    #[cfg(target_arch = "x86_64")]
    fn best() -> Level {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vl") && is_x86_feature_detected!("avx512dq") {
            Level::Avx512
        } else if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            Level::Avx2
        } else {
            Level::Scalar
        }
    }

    #[cfg(target_arch = "aarch64")]
    fn best() -> Level {
        Level::Neon
    }

    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    fn best() -> Level {
        Level::Scalar
    }
}
