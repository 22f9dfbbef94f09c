//! Dense convolution as a sum of products over taps: a tap is an offset into the input plane, 1×1
//! convolution has one.

use crate::simd::{Simd, load, store};

/// `out[y, x, :] (+)= Σ_tap Σ_i a[y * a_row + x * a_step + tap + i] · b[tap, i, :]`
pub struct Multiply {
    pub a: *const f32,
    /// Floats from one output row's input to the next, and from one output pixel's input to the
    /// next.
    pub a_row: usize,
    pub a_step: usize,
    /// Offsets of the taps in floats.
    pub taps: *const usize,
    pub tap_count: usize,
    pub inner: usize,
    /// `[taps][inner][b_pitch]`; `b_pitch` a whole number of vectors.
    pub b: *const f32,
    pub b_pitch: usize,
    pub out: *mut f32,
    pub out_row: usize,
    pub out_step: usize,
    /// Channels written per pixel.
    pub columns: usize,
    pub rows: usize,
    pub width: usize,
    pub accumulate: bool,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn multiply<S: Simd>(p: &Multiply) {
    let vectors = p.columns.div_ceil(S::LANES);
    let mut first = 0;
    // SAFETY: tiles stay inside [0, vectors) × [0, width) by construction.
    unsafe {
        while first < vectors {
            let left = vectors - first;
            if left >= 4 && S::MANY_REGISTERS {
                panel::<S, 4, 6, 0>(p, first);
                first += 4;
            } else if left == 3 && !S::MANY_REGISTERS {
                // Three rows leave registers free: with four, sums would move about.
                panel::<S, 3, 3, 0>(p, first);
                first += 3;
            } else if left >= 2 {
                if S::MANY_REGISTERS && p.a_step == 2 * S::LANES {
                    panel::<S, 2, 12, 2>(p, first);
                } else {
                    panel::<S, 2, 6, 0>(p, first);
                }
                first += 2;
            } else {
                if S::MANY_REGISTERS && p.a_step == S::LANES {
                    panel::<S, 1, 16, 1>(p, first);
                } else {
                    panel::<S, 1, 8, 0>(p, first);
                }
                first += 1;
            }
        }
    }
}

#[inline(always)]
unsafe fn panel<S: Simd, const VECTORS: usize, const PIXELS: usize, const STEP: usize>(p: &Multiply, first: usize) {
    // SAFETY: x + PIXELS <= width for each tile; the caller keeps first + VECTORS within the
    // columns.
    unsafe {
        for y in 0..p.rows {
            let mut x = 0;
            while x + PIXELS <= p.width {
                tile::<S, VECTORS, PIXELS, STEP>(p, y, x, first);
                x += PIXELS;
            }
            while x + 4 <= p.width {
                tile::<S, VECTORS, 4, STEP>(p, y, x, first);
                x += 4;
            }
            while x < p.width {
                tile::<S, VECTORS, 1, STEP>(p, y, x, first);
                x += 1;
            }
        }
    }
}

#[inline(always)]
unsafe fn tile<S: Simd, const VECTORS: usize, const PIXELS: usize, const STEP: usize>(
    p: &Multiply,
    y: usize,
    x: usize,
    first: usize,
) {
    // SAFETY: see `panel`; the last vector of a pixel is read and written by its valid head only.
    unsafe {
        // A step known at compile time needs one address register instead of one per pixel.
        let step = if STEP > 0 { STEP * S::LANES } else { p.a_step };
        let out = p.out.add(y * p.out_row + x * p.out_step + first * S::LANES);
        let last = p.columns - (first + VECTORS - 1) * S::LANES;
        let mut sum = [[S::splat(0.0); VECTORS]; PIXELS];
        if p.accumulate {
            for (i, row) in sum.iter_mut().enumerate() {
                for (v, value) in row.iter_mut().enumerate() {
                    let from = out.add(i * p.out_step + v * S::LANES);
                    *value = if v + 1 == VECTORS && last < S::LANES { S::load_head(from, last) } else { S::load(from) };
                }
            }
        }
        let mut b = p.b.add(first * S::LANES);
        for tap in 0..p.tap_count {
            let mut a = p.a.add(y * p.a_row + x * p.a_step + *p.taps.add(tap));
            for _ in 0..p.inner {
                let mut factor = [S::splat(0.0); VECTORS];
                for (v, value) in factor.iter_mut().enumerate() {
                    *value = S::load(b.add(v * S::LANES));
                }
                for (i, row) in sum.iter_mut().enumerate() {
                    let scalar = S::splat(*a.add(i * step));
                    for (value, weight) in row.iter_mut().zip(factor) {
                        *value = S::fma(scalar, weight, *value);
                    }
                }
                a = a.add(1);
                b = b.add(p.b_pitch);
            }
        }
        for (i, row) in sum.iter().enumerate() {
            for (v, value) in row.iter().enumerate() {
                let to = out.add(i * p.out_step + v * S::LANES);
                if v + 1 == VECTORS && last < S::LANES {
                    store::<S, true>(to, *value, last);
                } else {
                    store::<S, false>(to, *value, 0);
                }
            }
        }
    }
}

/// `out[tap, i, :] += Σ_{y, x} a[y * a_row + x * a_step + tap + i] · d[y * d_row + x * d_step +
/// :]`: a kernel's gradient.
pub struct MultiplyTransposed {
    pub a: *const f32,
    pub a_row: usize,
    pub a_step: usize,
    pub taps: *const usize,
    pub tap_count: usize,
    pub inner: usize,
    /// Read in whole vectors.
    pub d: *const f32,
    pub d_row: usize,
    pub d_step: usize,
    /// `[taps][inner][columns]`; `columns` a whole number of vectors.
    pub out: *mut f32,
    pub columns: usize,
    pub rows: usize,
    pub width: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn multiply_transposed<S: Simd>(p: &MultiplyTransposed) {
    let vectors = p.columns / S::LANES;
    // SAFETY: tiles stay inside [0, vectors) × [0, inner) by construction.
    unsafe {
        for tap in 0..p.tap_count {
            let mut first = 0;
            while first < vectors {
                let left = vectors - first;
                if left >= 4 && S::MANY_REGISTERS {
                    strip::<S, 4, 6>(p, tap, first);
                    first += 4;
                } else if left >= 2 {
                    if S::MANY_REGISTERS {
                        strip::<S, 2, 12>(p, tap, first)
                    } else {
                        strip::<S, 2, 6>(p, tap, first)
                    }
                    first += 2;
                } else {
                    if S::MANY_REGISTERS {
                        strip::<S, 1, 16>(p, tap, first)
                    } else {
                        strip::<S, 1, 8>(p, tap, first)
                    }
                    first += 1;
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn strip<S: Simd, const VECTORS: usize, const INNER: usize>(p: &MultiplyTransposed, tap: usize, first: usize) {
    // SAFETY: i + INNER <= inner for each tile.
    unsafe {
        let mut i = 0;
        while i + INNER <= p.inner {
            outer::<S, VECTORS, INNER>(p, tap, first, i);
            i += INNER;
        }
        while i + 4 <= p.inner {
            outer::<S, VECTORS, 4>(p, tap, first, i);
            i += 4;
        }
        while i < p.inner {
            outer::<S, VECTORS, 1>(p, tap, first, i);
            i += 1;
        }
    }
}

#[inline(always)]
unsafe fn outer<S: Simd, const VECTORS: usize, const INNER: usize>(
    p: &MultiplyTransposed,
    tap: usize,
    first: usize,
    inner: usize,
) {
    // SAFETY: see `strip`.
    unsafe {
        let out = p.out.add((tap * p.inner + inner) * p.columns + first * S::LANES);
        let mut sum = [[S::splat(0.0); VECTORS]; INNER];
        for y in 0..p.rows {
            let mut a = p.a.add(y * p.a_row + *p.taps.add(tap) + inner);
            let mut d = p.d.add(y * p.d_row + first * S::LANES);
            for _ in 0..p.width {
                let mut gradient = [S::splat(0.0); VECTORS];
                for (v, value) in gradient.iter_mut().enumerate() {
                    *value = load::<S, false>(d.add(v * S::LANES), 0);
                }
                for (i, row) in sum.iter_mut().enumerate() {
                    let scalar = S::splat(*a.add(i));
                    for (value, factor) in row.iter_mut().zip(gradient) {
                        *value = S::fma(scalar, factor, *value);
                    }
                }
                a = a.add(p.a_step);
                d = d.add(p.d_step);
            }
        }
        for (i, row) in sum.iter().enumerate() {
            for (v, value) in row.iter().enumerate() {
                let to = out.add(i * p.columns + v * S::LANES);
                S::store(to, S::add(S::load(to), *value));
            }
        }
    }
}
