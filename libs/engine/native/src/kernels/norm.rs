//! A norm with what stands behind it: normalised values are made again wherever they are needed, so
//! that none is kept.

use super::elementwise::{AHEAD, by_column};
use super::reduce::{add_to, fold};
use crate::simd::{Simd, load, prefetch, store};

/// The function behind a norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    Nothing,
    /// `max(0, v)`
    Relu,
    /// `v · max(0, min(1, v/6 + 1/2))`
    HardSwish,
}

/// A function of whole vectors, and the product of its slope and a gradient.
trait Function: Copy {
    unsafe fn value<S: Simd>(self, v: S::V) -> S::V;
    unsafe fn gradient<S: Simd>(self, v: S::V, d: S::V) -> S::V;
}

#[derive(Clone, Copy)]
struct Identity;

impl Function for Identity {
    #[inline(always)]
    unsafe fn value<S: Simd>(self, v: S::V) -> S::V {
        v
    }

    #[inline(always)]
    unsafe fn gradient<S: Simd>(self, _: S::V, d: S::V) -> S::V {
        d
    }
}

#[derive(Clone, Copy)]
struct Relu;

impl Function for Relu {
    #[inline(always)]
    unsafe fn value<S: Simd>(self, v: S::V) -> S::V {
        // SAFETY: arithmetic on registers.
        unsafe { S::max(S::splat(0.0), v) }
    }

    #[inline(always)]
    unsafe fn gradient<S: Simd>(self, v: S::V, d: S::V) -> S::V {
        // SAFETY: arithmetic on registers.
        unsafe { S::if_greater(v, S::splat(0.0), d, S::splat(0.0)) }
    }
}

#[derive(Clone, Copy)]
struct HardSwish;

#[inline(always)]
unsafe fn hard_sigmoid<S: Simd>(v: S::V) -> S::V {
    // SAFETY: arithmetic on registers.
    unsafe {
        let line = S::fma(v, S::splat(1.0 / 6.0), S::splat(0.5));
        let one = S::splat(1.0);
        S::max(S::splat(0.0), S::if_greater(line, one, one, line))
    }
}

impl Function for HardSwish {
    #[inline(always)]
    unsafe fn value<S: Simd>(self, v: S::V) -> S::V {
        // SAFETY: arithmetic on registers.
        unsafe { S::mul(v, hard_sigmoid::<S>(v)) }
    }

    #[inline(always)]
    unsafe fn gradient<S: Simd>(self, v: S::V, d: S::V) -> S::V {
        // SAFETY: arithmetic on registers.
        unsafe {
            let (zero, limit) = (S::splat(0.0), S::splat(3.0));
            let sixth = S::splat(1.0 / 6.0);
            let above = S::if_greater(v, S::splat(-3.0), sixth, zero);
            let inside = S::if_greater(limit, v, above, zero);
            S::mul(d, S::fma(v, inside, hard_sigmoid::<S>(v)))
        }
    }
}

/// Runs a column kernel with the function behind the norm known when it is compiled.
macro_rules! by_function {
    ($S:ident, $p:ident, $kernel:ident) => {
        match $p.behind {
            Behind::Nothing => by_column!($S, $p.pixels, $p.channels, $kernel, ($p, Identity)),
            Behind::Relu => by_column!($S, $p.pixels, $p.channels, $kernel, ($p, Relu)),
            Behind::HardSwish => by_column!($S, $p.pixels, $p.channels, $kernel, ($p, HardSwish)),
        }
    };
}

/// `y = f(factor · x + constant)` for rows of channels.
pub struct Normalise {
    pub x: *const f32,
    pub y: *mut f32,
    pub pixels: usize,
    pub channels: usize,
    /// Each `[channels]`, padded to whole vectors with zeros.
    pub factor: *const f32,
    pub constant: *const f32,
    pub behind: Behind,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn normalise<S: Simd>(p: &Normalise) {
    // SAFETY: chunks and columns stay inside the extents.
    unsafe { by_function!(S, p, normalise_column) }
}

#[inline(always)]
unsafe fn normalise_column<S: Simd, const TAIL: bool>(
    (p, f): (&Normalise, impl Function),
    start: usize,
    count: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: pixels start..start + count of one channel vector.
    unsafe {
        let (factor, constant) = (S::load(p.factor.add(c)), S::load(p.constant.add(c)));
        let mut x = p.x.add(start * p.channels + c);
        let mut y = p.y.add(start * p.channels + c);
        for _ in 0..count {
            let value = S::fma(load::<S, TAIL>(x, n), factor, constant);
            prefetch(x.wrapping_add(AHEAD * p.channels));
            store::<S, TAIL>(y, f.value::<S>(value), n);
            x = x.add(p.channels);
            y = y.add(p.channels);
        }
    }
}

/// `sums[c] += Σ d'`, `sums[pitch + c] += Σ d' · (x - mean)`, where `d' = d · f'(factor · x +
/// constant)`.
pub struct NormProducts {
    pub x: *const f32,
    pub d: *const f32,
    pub pixels: usize,
    pub channels: usize,
    /// Each `[channels]`, padded to whole vectors with zeros.
    pub factor: *const f32,
    pub constant: *const f32,
    pub mean: *const f32,
    pub behind: Behind,
    pub sums: *mut f64,
    pub pitch: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn norm_products<S: Simd>(p: &NormProducts) {
    // SAFETY: chunks and columns stay inside the extents.
    unsafe { by_function!(S, p, products_column) }
}

#[inline(always)]
unsafe fn products_column<S: Simd, const TAIL: bool>(
    (p, f): (&NormProducts, impl Function),
    start: usize,
    count: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: pixels start..start + count of one channel vector.
    unsafe {
        let (factor, constant) = (S::load(p.factor.add(c)), S::load(p.constant.add(c)));
        let mean = S::load(p.mean.add(c));
        let mut x = p.x.add(start * p.channels + c);
        let mut d = p.d.add(start * p.channels + c);
        let mut plain = [S::splat(0.0); 4];
        let mut products = [S::splat(0.0); 4];
        for _ in 0..count / 4 {
            for (plain, products) in plain.iter_mut().zip(&mut products) {
                add_product::<S, TAIL>((p, f), (factor, constant, mean), (x, d), n, (plain, products));
                x = x.add(p.channels);
                d = d.add(p.channels);
            }
        }
        // Copies, so that the sums above stay in registers.
        let (mut plain, mut products) = (plain, products);
        for (plain, products) in plain.iter_mut().zip(&mut products).take(count % 4) {
            add_product::<S, TAIL>((p, f), (factor, constant, mean), (x, d), n, (plain, products));
            x = x.add(p.channels);
            d = d.add(p.channels);
        }
        add_to::<S>(p.sums.add(c), fold::<S>(plain), n);
        add_to::<S>(p.sums.add(p.pitch + c), fold::<S>(products), n);
    }
}

/// Adds one pixel's values to `Σ d'` and `Σ d' · (x - mean)`.
#[inline(always)]
unsafe fn add_product<S: Simd, const TAIL: bool>(
    (p, f): (&NormProducts, impl Function),
    (factor, constant, mean): (S::V, S::V, S::V),
    (x, d): (*const f32, *const f32),
    n: usize,
    (plain, products): (&mut S::V, &mut S::V),
) {
    // SAFETY: the pixel lies in both arrays.
    unsafe {
        let value = load::<S, TAIL>(x, n);
        prefetch(x.wrapping_add(AHEAD * p.channels));
        prefetch(d.wrapping_add(AHEAD * p.channels));
        let gradient = f.gradient::<S>(S::fma(value, factor, constant), load::<S, TAIL>(d, n));
        *plain = S::add(*plain, gradient);
        *products = S::fma(gradient, S::sub(value, mean), *products);
    }
}

/// `dx = factor · d' + offset + slope · (x - mean)`, with d' as in [`NormProducts`].
pub struct NormGradient {
    pub x: *const f32,
    pub d: *const f32,
    pub dx: *mut f32,
    pub pixels: usize,
    pub channels: usize,
    /// Each `[channels]`, padded to whole vectors with zeros.
    pub factor: *const f32,
    pub constant: *const f32,
    pub mean: *const f32,
    pub offset: *const f32,
    pub slope: *const f32,
    pub behind: Behind,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn norm_gradient<S: Simd>(p: &NormGradient) {
    // SAFETY: chunks and columns stay inside the extents.
    unsafe { by_function!(S, p, gradient_column) }
}

#[inline(always)]
unsafe fn gradient_column<S: Simd, const TAIL: bool>(
    (p, f): (&NormGradient, impl Function),
    start: usize,
    count: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: pixels start..start + count of one channel vector.
    unsafe {
        let (factor, constant) = (S::load(p.factor.add(c)), S::load(p.constant.add(c)));
        let (mean, offset, slope) = (S::load(p.mean.add(c)), S::load(p.offset.add(c)), S::load(p.slope.add(c)));
        let first = start * p.channels + c;
        let (mut x, mut d, mut dx) = (p.x.add(first), p.d.add(first), p.dx.add(first));
        for _ in 0..count {
            let value = load::<S, TAIL>(x, n);
            prefetch(x.wrapping_add(AHEAD * p.channels));
            prefetch(d.wrapping_add(AHEAD * p.channels));
            let gradient = f.gradient::<S>(S::fma(value, factor, constant), load::<S, TAIL>(d, n));
            let centred = S::sub(value, mean);
            store::<S, TAIL>(dx, S::fma(slope, centred, S::fma(factor, gradient, offset)), n);
            x = x.add(p.channels);
            d = d.add(p.channels);
            dx = dx.add(p.channels);
        }
    }
}
