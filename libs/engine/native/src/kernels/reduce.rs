//! Sums per channel over pixels: float32 within a chunk, float64 between chunks.

use super::elementwise::{AHEAD, by_column};
use crate::simd::element::{At, Element, Values, read_as, stored_as};
use crate::simd::{Simd, load, prefetch};

/// `sums[c] += Σ (z - shift)`, `sums[pitch + c] += Σ (z - shift)²`.
pub struct Moments {
    pub z: *const f32,
    pub step: usize,
    pub pixels: usize,
    pub channels: usize,
    /// Padded to whole vectors.
    pub shift: *const f32,
    pub sums: *mut f64,
    pub pitch: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn moments<S: Simd>(p: &Moments) {
    // SAFETY: chunks and columns stay inside the extents.
    unsafe { by_column!(S, p.pixels, p.channels, moments_column, p) }
}

#[inline(always)]
unsafe fn moments_column<S: Simd, const TAIL: bool>(p: &Moments, start: usize, count: usize, c: usize, n: usize) {
    // SAFETY: pixels start..start + count of one channel vector.
    unsafe {
        let shift = S::load(p.shift.add(c));
        let mut z = p.z.add(start * p.step + c);
        let mut sums = [S::splat(0.0); 4];
        let mut squares = [S::splat(0.0); 4];
        let mut left = count;
        while left >= 4 {
            for i in 0..4 {
                let value = S::sub(load::<S, TAIL>(z.add(i * p.step), n), shift);
                sums[i] = S::add(sums[i], value);
                squares[i] = S::fma(value, value, squares[i]);
            }
            z = z.add(4 * p.step);
            left -= 4;
        }
        for _ in 0..left {
            let value = S::sub(load::<S, TAIL>(z, n), shift);
            sums[0] = S::add(sums[0], value);
            squares[0] = S::fma(value, value, squares[0]);
            z = z.add(p.step);
        }
        add_to::<S>(p.sums.add(c), fold::<S>(sums), n);
        add_to::<S>(p.sums.add(p.pitch + c), fold::<S>(squares), n);
    }
}

/// Stores rows of a plane to a compact tensor, past the caches where it can (a
/// [`crate::simd::fence`] must follow), and adds the moments of what is stored to `sums` unless
/// null.
pub struct Emit {
    pub plane: *const f32,
    pub row: usize,
    pub pitch: usize,
    pub rows: usize,
    pub width: usize,
    pub channels: usize,
    /// `[rows][width][channels]`
    pub out: Values,
    /// As in [`Moments`].
    pub shift: *const f32,
    pub sums: *mut f64,
    pub sums_pitch: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn emit<S: Simd>(p: &Emit) {
    // SAFETY: columns stay inside the extents; streaming is chosen for aligned whole vectors only.
    unsafe { stored_as!(p.out, |E, out| emit_as::<S, E>(p, out)) }
}

#[inline(always)]
unsafe fn emit_as<S: Simd, E: Element>(p: &Emit, out: *mut E::Memory) {
    // SAFETY: as `emit`.
    unsafe {
        let streams = E::streams::<S>(out, p.channels);
        let mut c = 0;
        while c + S::LANES <= p.channels {
            if streams {
                emit_column::<S, E, false, true>(p, out, c, S::LANES)
            } else {
                emit_column::<S, E, false, false>(p, out, c, S::LANES)
            }
            c += S::LANES;
        }
        if c < p.channels {
            emit_column::<S, E, true, false>(p, out, c, p.channels - c);
        }
    }
}

#[inline(always)]
unsafe fn emit_column<S: Simd, E: Element, const TAIL: bool, const STREAM: bool>(
    p: &Emit,
    out: *mut E::Memory,
    c: usize,
    n: usize,
) {
    // SAFETY: one channel vector of all rows.
    unsafe {
        let counted = !p.sums.is_null();
        let shift = if counted { S::load(p.shift.add(c)) } else { S::splat(0.0) };
        let mut sums = [S::splat(0.0); 4];
        let mut squares = [S::splat(0.0); 4];
        for y in 0..p.rows {
            let mut from = p.plane.add(y * p.row + c);
            let mut to = out.add(y * p.width * p.channels + c);
            let mut left = p.width;
            while left >= 4 {
                for i in 0..4 {
                    let value = E::round::<S>(S::load(from.add(i * p.pitch)));
                    let centred = S::sub(value, shift);
                    sums[i] = S::add(sums[i], centred);
                    squares[i] = S::fma(centred, centred, squares[i]);
                    let at = to.add(i * p.channels);
                    if STREAM { E::stream::<S>(at, value) } else { E::store::<S, TAIL>(at, value, n) }
                }
                from = from.add(4 * p.pitch);
                to = to.add(4 * p.channels);
                left -= 4;
            }
            for _ in 0..left {
                let value = E::round::<S>(S::load(from));
                let centred = S::sub(value, shift);
                sums[0] = S::add(sums[0], centred);
                squares[0] = S::fma(centred, centred, squares[0]);
                if STREAM {
                    E::stream::<S>(to, value)
                } else {
                    E::store::<S, TAIL>(to, value, n)
                }
                from = from.add(p.pitch);
                to = to.add(p.channels);
            }
        }
        if counted {
            add_to::<S>(p.sums.add(c), fold::<S>(sums), n);
            add_to::<S>(p.sums.add(p.sums_pitch + c), fold::<S>(squares), n);
        }
    }
}

#[inline(always)]
pub(super) unsafe fn fold<S: Simd>(v: [S::V; 4]) -> S::V {
    // SAFETY: arithmetic on registers.
    unsafe { S::add(S::add(v[0], v[1]), S::add(v[2], v[3])) }
}

#[inline(always)]
pub(super) unsafe fn add_to<S: Simd>(sums: *mut f64, v: S::V, n: usize) {
    let mut lanes = [0f32; 16];
    // SAFETY: no vector has more than 16 lanes; the caller owns n sums.
    unsafe {
        S::store(lanes.as_mut_ptr(), v);
        for (i, lane) in lanes.iter().enumerate().take(n) {
            *sums.add(i) += f64::from(*lane);
        }
    }
}

/// `sums[c] += Σ d` (when `plain`), `sums[pitch + c] += Σ d · (z - mean)` (unless z is null).
pub struct Products {
    pub d: *const f32,
    pub d_step: usize,
    pub z: Values,
    pub z_step: usize,
    /// Padded to whole vectors.
    pub mean: *const f32,
    pub pixels: usize,
    pub channels: usize,
    pub plain: bool,
    pub sums: *mut f64,
    pub pitch: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn products<S: Simd>(p: &Products) {
    // SAFETY: chunks and columns stay inside the extents.
    unsafe {
        if p.plain {
            by_column!(S, p.pixels, p.channels, plain_column, p);
        }
        if !p.z.is_null() {
            read_as!(p.z, |E, z| by_column!(S, p.pixels, p.channels, products_column, (p, At::<E>(z))));
        }
    }
}

#[inline(always)]
unsafe fn plain_column<S: Simd, const TAIL: bool>(p: &Products, start: usize, count: usize, c: usize, n: usize) {
    // SAFETY: pixels start..start + count of one channel vector.
    unsafe {
        let mut d = p.d.add(start * p.d_step + c);
        let mut sums = [S::splat(0.0); 4];
        for _ in 0..count / 4 {
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum = S::add(*sum, load::<S, TAIL>(d.add(i * p.d_step), n));
            }
            d = d.add(4 * p.d_step);
        }
        // A copy, so that the sums above stay in registers.
        let mut last = sums;
        for sum in last.iter_mut().take(count % 4) {
            *sum = S::add(*sum, load::<S, TAIL>(d, n));
            d = d.add(p.d_step);
        }
        add_to::<S>(p.sums.add(c), fold::<S>(last), n);
    }
}

#[inline(always)]
unsafe fn products_column<S: Simd, const TAIL: bool>(
    (p, z): (&Products, At<impl Element>),
    start: usize,
    count: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: pixels start..start + count of one channel vector.
    unsafe {
        let mean = S::load(p.mean.add(c));
        let mut d = p.d.add(start * p.d_step + c);
        let mut z = z.on(start * p.z_step + c);
        let mut sums = [S::splat(0.0); 4];
        let mut left = count;
        while left >= 4 {
            for (i, sum) in sums.iter_mut().enumerate() {
                let centred = S::sub(z.on(i * p.z_step).load::<S, TAIL>(n), mean);
                prefetch(z.on((i + AHEAD) * p.z_step).0);
                *sum = S::fma(load::<S, TAIL>(d.add(i * p.d_step), n), centred, *sum);
            }
            d = d.add(4 * p.d_step);
            z = z.on(4 * p.z_step);
            left -= 4;
        }
        for _ in 0..left {
            let centred = S::sub(z.load::<S, TAIL>(n), mean);
            sums[0] = S::fma(load::<S, TAIL>(d, n), centred, sums[0]);
            d = d.add(p.d_step);
            z = z.on(p.z_step);
        }
        add_to::<S>(p.sums.add(p.pitch + c), fold::<S>(sums), n);
    }
}
