//! Kernels that visit each element once. They go channel vector by channel vector within a chunk of
//! pixels that fits the first cache, so that per-channel factors stay in registers whatever the
//! channel count.

use crate::simd::element::{At, Element, Float32, Rounded, Values, read_as, stored_as};
use crate::simd::{Simd, load, prefetch, store};

/// Pixels that are asked for ahead of their use.
pub(super) const AHEAD: usize = 24;

/// Pixels per chunk: about 8 KB of each operand, and enough to be worth the sums of a chunk.
pub(super) fn chunk_pixels(channels: usize) -> usize {
    (2048 / channels.max(1)).max(32)
}

/// Calls a `const TAIL` kernel for every channel vector of every chunk.
macro_rules! by_column {
    ($S:ident, $pixels:expr, $channels:expr, $kernel:ident, $p:expr) => {{
        let chunk = crate::kernels::elementwise::chunk_pixels($channels);
        let mut start = 0;
        while start < $pixels {
            let count = chunk.min($pixels - start);
            let mut c = 0;
            while c + $S::LANES <= $channels {
                $kernel::<$S, false>($p, start, count, c, $S::LANES);
                c += $S::LANES;
            }
            if c < $channels {
                $kernel::<$S, true>($p, start, count, c, $channels - c);
            }
            start += count;
        }
    }};
}
pub(super) use by_column;

/// Fills a plane, border included: `relu?(scale · source + shift)`.
pub struct FillPlane {
    pub source: Values,
    pub source_step: usize,
    pub height: usize,
    pub width: usize,
    pub channels: usize,
    /// `[channels]` padded to whole vectors with zeros; null for none.
    pub scale: *const f32,
    pub shift: *const f32,
    pub relu: bool,
    /// The first border pixel of the plane.
    pub plane: *mut f32,
    /// Whether its values are rounded to bfloat16.
    pub rounded: bool,
    pub border: usize,
    /// `channels` rounded up to whole vectors.
    pub pitch: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn fill_plane<S: Simd>(p: &FillPlane) {
    // SAFETY: rows and columns follow the plane's extents.
    unsafe {
        let row = (p.width + 2 * p.border) * p.pitch;
        if p.border > 0 {
            std::ptr::write_bytes(p.plane, 0, p.border * row);
            std::ptr::write_bytes(p.plane.add((p.border + p.height) * row), 0, p.border * row);
        }
        for y in 0..p.height {
            let out = p.plane.add((p.border + y) * row);
            if p.border > 0 {
                std::ptr::write_bytes(out, 0, p.border * p.pitch);
                std::ptr::write_bytes(out.add((p.border + p.width) * p.pitch), 0, p.border * p.pitch);
            }
            let out = out.add(p.border * p.pitch);
            read_as!(p.source.at(y * p.width * p.source_step), |E, source| if p.rounded {
                fill_row::<S, E, Rounded>(p, source, out)
            } else {
                fill_row::<S, E, Float32>(p, source, out)
            });
        }
    }
}

#[inline(always)]
unsafe fn fill_row<S: Simd, E: Element, Out: Element<Memory = f32>>(p: &FillPlane, source: *const E::Memory, out: *mut f32) {
    // SAFETY: columns stay inside the row.
    unsafe {
        let mut c = 0;
        while c + S::LANES <= p.channels {
            fill_column::<S, E, Out, false>(p, source, out, c, S::LANES);
            c += S::LANES;
        }
        if c < p.channels {
            fill_column::<S, E, Out, true>(p, source, out, c, p.channels - c);
        }
    }
}

#[inline(always)]
unsafe fn fill_column<S: Simd, E: Element, Out: Element<Memory = f32>, const TAIL: bool>(
    p: &FillPlane,
    source: *const E::Memory,
    out: *mut f32,
    c: usize,
    n: usize,
) {
    // SAFETY: one row of the plane; whole vectors are written since the pitch is one.
    unsafe {
        let zero = S::splat(0.0);
        let (mut from, mut to) = (source.add(c), out.add(c));
        if p.scale.is_null() {
            for _ in 0..p.width {
                let value = E::load::<S, TAIL>(from, n);
                prefetch(from.wrapping_add(AHEAD * p.source_step));
                S::store(to, Out::round::<S>(if p.relu { S::max(zero, value) } else { value }));
                from = from.add(p.source_step);
                to = to.add(p.pitch);
            }
        } else {
            let (scale, shift) = (S::load(p.scale.add(c)), S::load(p.shift.add(c)));
            for _ in 0..p.width {
                let value = S::fma(E::load::<S, TAIL>(from, n), scale, shift);
                S::store(to, Out::round::<S>(if p.relu { S::max(zero, value) } else { value }));
                from = from.add(p.source_step);
                to = to.add(p.pitch);
            }
        }
    }
}

/// `out (+)= mask > 0 ? plane : 0` from the inside of a plane to a compact tensor.
pub struct StorePlane {
    /// The first inside pixel, and floats from row to row; pixels are `pitch` apart.
    pub plane: *const f32,
    pub row: usize,
    pub pitch: usize,
    /// Like `plane`; null for no mask.
    pub mask: *const f32,
    pub mask_row: usize,
    pub height: usize,
    pub width: usize,
    pub channels: usize,
    pub out: *mut f32,
    pub out_step: usize,
    pub accumulate: bool,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn store_plane<S: Simd>(p: &StorePlane) {
    // SAFETY: rows and columns follow the plane's extents.
    unsafe {
        for y in 0..p.height {
            let mut c = 0;
            while c + S::LANES <= p.channels {
                store_column::<S, false>(p, y, c, S::LANES);
                c += S::LANES;
            }
            if c < p.channels {
                store_column::<S, true>(p, y, c, p.channels - c);
            }
        }
    }
}

#[inline(always)]
unsafe fn store_column<S: Simd, const TAIL: bool>(p: &StorePlane, y: usize, c: usize, n: usize) {
    // SAFETY: one row of the plane.
    unsafe {
        let zero = S::splat(0.0);
        let mut from = p.plane.add(y * p.row + c);
        let mut to = p.out.add(y * p.width * p.out_step + c);
        let masked = !p.mask.is_null();
        let mut mask = if masked { p.mask.add(y * p.mask_row + c) } else { from };
        for _ in 0..p.width {
            let mut value = S::load(from);
            if masked {
                value = S::if_greater(S::load(mask), zero, value, zero);
            }
            if p.accumulate {
                value = S::add(value, load::<S, TAIL>(to, n));
            }
            store::<S, TAIL>(to, value, n);
            from = from.add(p.pitch);
            mask = mask.wrapping_add(p.pitch);
            to = to.add(p.out_step);
        }
    }
}

/// One summand of [`Assemble`]: `factor · source`, the factor per channel (padded to whole
/// vectors).
pub struct Term {
    pub source: Values,
    pub step: usize,
    pub factor: *const f32,
}

/// `out = constant + Σ factor · source`, rounded as `out` lies in memory; written to `copy` too
/// unless that is null.
pub struct Assemble {
    pub terms: *const Term,
    pub term_count: usize,
    /// Padded to whole vectors.
    pub constant: *const f32,
    pub pixels: usize,
    pub channels: usize,
    pub out: Values,
    pub out_step: usize,
    pub copy: *mut f32,
    pub copy_step: usize,
    pub accumulate: bool,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn assemble<S: Simd>(p: &Assemble) {
    // SAFETY: chunks and columns stay inside the extents.
    unsafe { stored_as!(p.out, |Out, out| by_column!(S, p.pixels, p.channels, assemble_column, (p, At::<Out>(out)))) }
}

#[inline(always)]
unsafe fn assemble_column<S: Simd, const TAIL: bool>(
    (p, out): (&Assemble, At<impl Element>),
    start: usize,
    count: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: pixels start..start + count of one channel vector.
    unsafe {
        let mut x = start;
        while x + 8 <= start + count {
            assemble_block::<S, _, TAIL, 8>(p, out, x, c, n);
            x += 8;
        }
        while x < start + count {
            assemble_block::<S, _, TAIL, 1>(p, out, x, c, n);
            x += 1;
        }
    }
}

#[inline(always)]
unsafe fn assemble_block<S: Simd, Out: Element, const TAIL: bool, const BLOCK: usize>(
    p: &Assemble,
    out: At<Out>,
    x: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: as `assemble_column`.
    unsafe {
        let mut sum = [S::load(p.constant.add(c)); BLOCK];
        let out = out.0.add(x * p.out_step + c);
        if p.accumulate {
            for (i, value) in sum.iter_mut().enumerate() {
                *value = S::add(*value, Out::load::<S, TAIL>(out.add(i * p.out_step), n));
            }
        }
        for t in 0..p.term_count {
            let term = &*p.terms.add(t);
            let factor = S::load(term.factor.add(c));
            read_as!(term.source.at(x * term.step + c), |E, source| {
                for (i, value) in sum.iter_mut().enumerate() {
                    prefetch(source.wrapping_add((i + AHEAD) * term.step));
                    *value = S::fma(E::load::<S, TAIL>(source.add(i * term.step), n), factor, *value);
                }
            });
        }
        for (i, value) in sum.iter_mut().enumerate() {
            *value = Out::round::<S>(*value);
            Out::store::<S, TAIL>(out.add(i * p.out_step), *value, n);
        }
        if !p.copy.is_null() {
            let copy = p.copy.add(x * p.copy_step + c);
            for (i, value) in sum.iter().enumerate() {
                store::<S, TAIL>(copy.add(i * p.copy_step), *value, n);
            }
        }
    }
}

/// The gradient behind a norm, onto a plane: `factor · d + offset + slope · (z - mean)`, per
/// channel.
pub struct NormalGradient {
    pub d: *const f32,
    pub d_step: usize,
    /// Null when the statistics are constants: then only `factor · d`.
    pub z: Values,
    pub z_step: usize,
    pub height: usize,
    pub width: usize,
    pub channels: usize,
    /// Each `[channels]`, padded to whole vectors with zeros.
    pub factor: *const f32,
    pub offset: *const f32,
    pub slope: *const f32,
    pub mean: *const f32,
    /// The first inside pixel.
    pub plane: *mut f32,
    /// Whether its values are rounded to bfloat16.
    pub rounded: bool,
    pub row: usize,
    pub pitch: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn normal_gradient<S: Simd>(p: &NormalGradient) {
    // SAFETY: rows and columns follow the plane's extents.
    unsafe {
        for y in 0..p.height {
            read_as!(p.z.at(y * p.width * p.z_step), |E, z| if p.rounded {
                normal_gradient_row::<S, E, Rounded>(p, z, y)
            } else {
                normal_gradient_row::<S, E, Float32>(p, z, y)
            });
        }
    }
}

#[inline(always)]
unsafe fn normal_gradient_row<S: Simd, E: Element, Out: Element<Memory = f32>>(
    p: &NormalGradient,
    z: *const E::Memory,
    y: usize,
) {
    // SAFETY: columns stay inside the row.
    unsafe {
        let mut c = 0;
        while c + S::LANES <= p.channels {
            normal_gradient_column::<S, E, Out, false>(p, z, y, c, S::LANES);
            c += S::LANES;
        }
        if c < p.channels {
            normal_gradient_column::<S, E, Out, true>(p, z, y, c, p.channels - c);
        }
    }
}

#[inline(always)]
unsafe fn normal_gradient_column<S: Simd, E: Element, Out: Element<Memory = f32>, const TAIL: bool>(
    p: &NormalGradient,
    z: *const E::Memory,
    y: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: one row.
    unsafe {
        let factor = S::load(p.factor.add(c));
        let mut d = p.d.add(y * p.width * p.d_step + c);
        let mut to = p.plane.add(y * p.row + c);
        if p.z.is_null() {
            for _ in 0..p.width {
                S::store(to, Out::round::<S>(S::mul(load::<S, TAIL>(d, n), factor)));
                d = d.add(p.d_step);
                to = to.add(p.pitch);
            }
        } else {
            let (offset, slope, mean) = (S::load(p.offset.add(c)), S::load(p.slope.add(c)), S::load(p.mean.add(c)));
            let mut z = z.add(c);
            for _ in 0..p.width {
                let centred = S::sub(E::load::<S, TAIL>(z, n), mean);
                prefetch(z.wrapping_add(AHEAD * p.z_step));
                let value = S::fma(slope, centred, S::fma(factor, load::<S, TAIL>(d, n), offset));
                S::store(to, Out::round::<S>(value));
                d = d.add(p.d_step);
                z = z.add(p.z_step);
                to = to.add(p.pitch);
            }
        }
    }
}

/// `y += factor · x`, `length` values.
pub struct Axpy {
    pub factor: f32,
    pub x: *const f32,
    pub y: *mut f32,
    pub length: usize,
}

/// # Safety
/// Both pointers valid for `length` values.
#[inline(always)]
pub unsafe fn axpy<S: Simd>(p: &Axpy) {
    // SAFETY: i stays below length.
    unsafe {
        let factor = S::splat(p.factor);
        let mut i = 0;
        while i + S::LANES <= p.length {
            S::store(p.y.add(i), S::fma(factor, S::load(p.x.add(i)), S::load(p.y.add(i))));
            i += S::LANES;
        }
        if i < p.length {
            let n = p.length - i;
            let value = S::fma(factor, S::load_head(p.x.add(i), n), S::load_head(p.y.add(i), n));
            S::store_head(p.y.add(i), value, n);
        }
    }
}
