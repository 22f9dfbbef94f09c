//! How values lie in memory, so that a kernel is written once for all of them.

use super::{Simd, bf16, load, store};

/// One form of values in memory; arithmetic is in float32 always.
///
/// # Safety
/// As [`Simd`]: the first `n` values behind a pointer are valid, or a whole vector where `TAIL` is
/// false, and where bfloat16 values are read.
#[allow(clippy::missing_safety_doc)] // Said once, above.
pub trait Element: Copy + 'static {
    type Memory: Copy;
    unsafe fn load<S: Simd, const TAIL: bool>(p: *const Self::Memory, n: usize) -> S::V;
    /// What reading will find where `v` was stored.
    unsafe fn round<S: Simd>(v: S::V) -> S::V;
    /// Stores what `round` gave.
    unsafe fn store<S: Simd, const TAIL: bool>(p: *mut Self::Memory, v: S::V, n: usize);
    /// Whether whole vectors of `channels` can be stored past the caches.
    fn streams<S: Simd>(p: *mut Self::Memory, channels: usize) -> bool;
    /// As [`Simd::stream`].
    unsafe fn stream<S: Simd>(p: *mut Self::Memory, v: S::V);
}

#[derive(Clone, Copy)]
pub struct Float32;

/// bfloat16 values, each in a float32.
#[derive(Clone, Copy)]
pub struct Rounded;

#[derive(Clone, Copy)]
pub struct Bf16;

impl Element for Float32 {
    type Memory = f32;
    #[inline(always)]
    unsafe fn load<S: Simd, const TAIL: bool>(p: *const f32, n: usize) -> S::V {
        // SAFETY: the caller's promise.
        unsafe { load::<S, TAIL>(p, n) }
    }
    #[inline(always)]
    unsafe fn round<S: Simd>(v: S::V) -> S::V {
        v
    }
    #[inline(always)]
    unsafe fn store<S: Simd, const TAIL: bool>(p: *mut f32, v: S::V, n: usize) {
        // SAFETY: the caller's promise.
        unsafe { store::<S, TAIL>(p, v, n) }
    }
    #[inline(always)]
    fn streams<S: Simd>(p: *mut f32, channels: usize) -> bool {
        (p as usize).is_multiple_of(4 * S::LANES) && channels.is_multiple_of(S::LANES)
    }
    #[inline(always)]
    unsafe fn stream<S: Simd>(p: *mut f32, v: S::V) {
        // SAFETY: the caller's promise.
        unsafe { S::stream(p, v) }
    }
}

impl Element for Rounded {
    type Memory = f32;
    #[inline(always)]
    unsafe fn load<S: Simd, const TAIL: bool>(p: *const f32, n: usize) -> S::V {
        // SAFETY: the caller's promise.
        unsafe { load::<S, TAIL>(p, n) }
    }
    #[inline(always)]
    unsafe fn round<S: Simd>(v: S::V) -> S::V {
        // SAFETY: arithmetic on registers.
        unsafe { S::round_bf16(v) }
    }
    #[inline(always)]
    unsafe fn store<S: Simd, const TAIL: bool>(p: *mut f32, v: S::V, n: usize) {
        // SAFETY: the caller's promise.
        unsafe { store::<S, TAIL>(p, v, n) }
    }
    #[inline(always)]
    fn streams<S: Simd>(p: *mut f32, channels: usize) -> bool {
        (p as usize).is_multiple_of(4 * S::LANES) && channels.is_multiple_of(S::LANES)
    }
    #[inline(always)]
    unsafe fn stream<S: Simd>(p: *mut f32, v: S::V) {
        // SAFETY: the caller's promise.
        unsafe { S::stream(p, v) }
    }
}

impl Element for Bf16 {
    type Memory = u16;
    #[inline(always)]
    unsafe fn load<S: Simd, const TAIL: bool>(p: *const u16, n: usize) -> S::V {
        // SAFETY: the caller's promise.
        unsafe { if TAIL { S::load_bf16_head(p, n) } else { S::load_bf16(p) } }
    }
    #[inline(always)]
    unsafe fn round<S: Simd>(v: S::V) -> S::V {
        // SAFETY: arithmetic on registers.
        unsafe { S::round_bf16(v) }
    }
    #[inline(always)]
    unsafe fn store<S: Simd, const TAIL: bool>(p: *mut u16, v: S::V, n: usize) {
        // SAFETY: the caller's promise; no vector has more than 16 lanes.
        unsafe {
            if !TAIL {
                return S::store_bf16(p, v);
            }
            let mut lanes = [0u16; 16];
            S::store_bf16(lanes.as_mut_ptr(), v);
            for (i, lane) in lanes.iter().enumerate().take(n) {
                *p.add(i) = *lane;
            }
        }
    }
    /// Vectors are shorter than what the bus takes at once.
    #[inline(always)]
    fn streams<S: Simd>(_: *mut u16, _: usize) -> bool {
        false
    }
    #[inline(always)]
    unsafe fn stream<S: Simd>(p: *mut u16, v: S::V) {
        // SAFETY: the caller's promise.
        unsafe { S::store_bf16(p, v) }
    }
}

/// A pointer to values whose element is known when a kernel is compiled.
#[derive(Clone, Copy)]
pub struct At<E: Element>(pub *mut E::Memory);

impl<E: Element> At<E> {
    /// `n` values on.
    #[inline(always)]
    pub fn on(self, n: usize) -> At<E> {
        At(self.0.wrapping_add(n))
    }

    /// # Safety
    /// As [`Element::load`].
    #[inline(always)]
    pub unsafe fn load<S: Simd, const TAIL: bool>(self, n: usize) -> S::V {
        // SAFETY: the caller's promise.
        unsafe { E::load::<S, TAIL>(self.0, n) }
    }
}

/// A pointer to values that says how they lie there.
#[derive(Clone, Copy)]
pub enum Values {
    Float32(*mut f32),
    Rounded(*mut f32),
    Bf16(*mut u16),
}

impl Values {
    /// Only to be read.
    pub fn of(p: *const f32) -> Values {
        Values::Float32(p.cast_mut())
    }

    /// `n` values on.
    #[inline(always)]
    pub fn at(self, n: usize) -> Values {
        match self {
            Values::Float32(p) => Values::Float32(p.wrapping_add(n)),
            Values::Rounded(p) => Values::Rounded(p.wrapping_add(n)),
            Values::Bf16(p) => Values::Bf16(p.wrapping_add(n)),
        }
    }

    pub fn is_null(self) -> bool {
        match self {
            Values::Float32(p) | Values::Rounded(p) => p.is_null(),
            Values::Bf16(p) => p.is_null(),
        }
    }

    /// Writes `count` values as float32 to `out`.
    ///
    /// # Safety
    /// Both are valid for `count` values.
    pub unsafe fn widen(self, count: usize, out: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Values::Float32(p) | Values::Rounded(p) => std::ptr::copy_nonoverlapping(p, out, count),
                Values::Bf16(p) => (0..count).for_each(|i| *out.add(i) = bf16::widen(*p.add(i))),
            }
        }
    }

    /// Stores `count` float32 values, rounded as these lie in memory.
    ///
    /// # Safety
    /// Both are valid for `count` values.
    pub unsafe fn take(self, from: *const f32, count: usize) {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Values::Float32(p) => std::ptr::copy_nonoverlapping(from, p, count),
                Values::Rounded(p) => (0..count).for_each(|i| *p.add(i) = bf16::round(*from.add(i))),
                Values::Bf16(p) => (0..count).for_each(|i| *p.add(i) = bf16::upper_half(bf16::round(*from.add(i)))),
            }
        }
    }
}

/// Runs an expression with the element and the pointer of [`Values`] that are written.
macro_rules! stored_as {
    ($values:expr, |$E:ident, $p:ident| $body:expr) => {
        match $values {
            crate::simd::element::Values::Float32($p) => {
                type $E = crate::simd::element::Float32;
                $body
            }
            crate::simd::element::Values::Rounded($p) => {
                type $E = crate::simd::element::Rounded;
                $body
            }
            crate::simd::element::Values::Bf16($p) => {
                type $E = crate::simd::element::Bf16;
                $body
            }
        }
    };
}
pub(crate) use stored_as;

/// The same for values that are read: rounded ones are read as any float32.
macro_rules! read_as {
    ($values:expr, |$E:ident, $p:ident| $body:expr) => {
        match $values {
            crate::simd::element::Values::Float32($p) | crate::simd::element::Values::Rounded($p) => {
                type $E = crate::simd::element::Float32;
                $body
            }
            crate::simd::element::Values::Bf16($p) => {
                type $E = crate::simd::element::Bf16;
                $body
            }
        }
    };
}
pub(crate) use read_as;
