//! Pooling on compact tensors, windows clipped at the border: padding never wins a maximum and is not counted in an average.

use crate::simd::{Simd, load, store};
use std::ops::Range;

/// What a window covers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    pub height: usize,
    pub width: usize,
    pub out_height: usize,
    pub out_width: usize,
    pub size: (usize, usize),
    pub stride: (usize, usize),
    pub padding: (usize, usize),
}

impl Windows {
    /// 3×3 with padding 1 at stride 1 or 2: what search spaces use.
    #[inline(always)]
    fn is_common(&self) -> bool {
        self.size == (3, 3) && self.padding == (1, 1) && self.stride.0 == self.stride.1 && self.stride.1 <= 2 && self.width >= 2
    }

    #[inline(always)]
    fn rows(&self, y: usize) -> Range<usize> {
        clip(y * self.stride.0, self.padding.0, self.size.0, self.height)
    }

    #[inline(always)]
    fn columns(&self, x: usize) -> Range<usize> {
        clip(x * self.stride.1, self.padding.1, self.size.1, self.width)
    }
}

#[inline(always)]
fn clip(start: usize, padding: usize, size: usize, extent: usize) -> Range<usize> {
    start.saturating_sub(padding)..(start + size).saturating_sub(padding).min(extent)
}

/// One image: source `[height, width]` pixels `source_step` apart, out likewise.
pub struct Pool {
    pub windows: Windows,
    pub maximum: bool,
    pub source: *const f32,
    pub source_step: usize,
    pub channels: usize,
    pub out: *mut f32,
    pub out_step: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn pool<S: Simd>(p: &Pool) {
    // SAFETY: windows are clipped to the image.
    unsafe {
        for y in 0..p.windows.out_height {
            let mut c = 0;
            while c + S::LANES <= p.channels {
                pool_row::<S, false>(p, y, c, S::LANES);
                c += S::LANES;
            }
            if c < p.channels {
                pool_row::<S, true>(p, y, c, p.channels - c);
            }
        }
    }
}

#[inline(always)]
unsafe fn pool_row<S: Simd, const TAIL: bool>(p: &Pool, y: usize, c: usize, n: usize) {
    // SAFETY: as `pool`.
    unsafe {
        if p.windows.is_common() {
            return match (p.maximum, p.windows.stride.1) {
                (true, 1) => common_row::<S, TAIL, true, 1>(p, y, c, n),
                (true, _) => common_row::<S, TAIL, true, 2>(p, y, c, n),
                (false, 1) => common_row::<S, TAIL, false, 1>(p, y, c, n),
                (false, _) => common_row::<S, TAIL, false, 2>(p, y, c, n),
            };
        }
        let rows = p.windows.rows(y);
        let row = p.windows.width * p.source_step;
        for x in 0..p.windows.out_width {
            let columns = p.windows.columns(x);
            let out = p.out.add((y * p.windows.out_width + x) * p.out_step + c);
            if p.maximum {
                let mut best = S::splat(f32::NEG_INFINITY);
                for iy in rows.clone() {
                    for ix in columns.clone() {
                        best = S::max(best, load::<S, TAIL>(p.source.add(iy * row + ix * p.source_step + c), n));
                    }
                }
                store::<S, TAIL>(out, best, n);
            } else {
                let mut sum = S::splat(0.0);
                for iy in rows.clone() {
                    for ix in columns.clone() {
                        sum = S::add(sum, load::<S, TAIL>(p.source.add(iy * row + ix * p.source_step + c), n));
                    }
                }
                let count = (rows.len() * columns.len()).max(1);
                store::<S, TAIL>(out, S::mul(sum, S::splat(1.0 / count as f32)), n);
            }
        }
    }
}

/// One output row of the common window: rows are combined column by column, and each column serves up to three windows.
#[inline(always)]
unsafe fn common_row<S: Simd, const TAIL: bool, const MAXIMUM: bool, const STRIDE: usize>(
    p: &Pool,
    y: usize,
    c: usize,
    n: usize,
) {
    let rows = p.windows.rows(y);
    let row = p.windows.width * p.source_step;
    let width = p.windows.width;
    // SAFETY: rows and columns are clipped to the image.
    unsafe {
        let first = p.source.add(rows.start * row + c);
        // A maximum may see a row twice; a sum skips it.
        let (second, third) = (first.add(if rows.len() > 1 { row } else { 0 }), first.add((rows.len() - 1) * row));
        let (weight2, weight3) =
            (S::splat(if rows.len() > 1 { 1.0 } else { 0.0 }), S::splat(if rows.len() > 2 { 1.0 } else { 0.0 }));
        let column = |x: usize| {
            let at = x * p.source_step;
            let (a, b, d) =
                (load::<S, TAIL>(first.add(at), n), load::<S, TAIL>(second.add(at), n), load::<S, TAIL>(third.add(at), n));
            if MAXIMUM { S::max(S::max(a, b), d) } else { S::fma(d, weight3, S::fma(b, weight2, a)) }
        };
        let join = |a: S::V, b: S::V| if MAXIMUM { S::max(a, b) } else { S::add(a, b) };
        let out = p.out.add(y * p.windows.out_width * p.out_step + c);
        let count = rows.len() as f32;
        let (edge, inner) = (S::splat(1.0 / (2.0 * count)), S::splat(1.0 / (3.0 * count)));
        let finish = |x: usize, value: S::V, scale: S::V| {
            store::<S, TAIL>(out.add(x * p.out_step), if MAXIMUM { value } else { S::mul(value, scale) }, n);
        };
        let (mut left, mut middle) = (column(0), column(1));
        finish(0, join(left, middle), edge);
        for x in 1..p.windows.out_width {
            let centre = x * STRIDE;
            if STRIDE == 2 {
                left = middle;
                middle = column(centre);
            }
            if centre + 1 == width {
                finish(x, join(left, middle), edge);
                break;
            }
            let right = column(centre + 1);
            finish(x, join(join(left, middle), right), inner);
            if STRIDE == 1 {
                left = middle;
                middle = right;
            } else {
                middle = right;
            }
        }
    }
}

/// Adds the gradient of [`Pool`] to `out`: to the first maximum of each window in row-major order, or spread evenly.
pub struct PoolGradient {
    pub windows: Windows,
    pub maximum: bool,
    /// Read only for the maximum.
    pub source: *const f32,
    pub source_step: usize,
    pub channels: usize,
    pub d: *const f32,
    pub d_step: usize,
    /// `[height, width]` pixels `out_step` apart.
    pub out: *mut f32,
    pub out_step: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn pool_gradient<S: Simd>(p: &PoolGradient) {
    // SAFETY: windows are clipped to the image.
    unsafe {
        for y in 0..p.windows.out_height {
            let mut c = 0;
            while c + S::LANES <= p.channels {
                gradient_row::<S, false>(p, y, c, S::LANES);
                c += S::LANES;
            }
            if c < p.channels {
                gradient_row::<S, true>(p, y, c, p.channels - c);
            }
        }
    }
}

#[inline(always)]
unsafe fn gradient_row<S: Simd, const TAIL: bool>(p: &PoolGradient, y: usize, c: usize, n: usize) {
    // SAFETY: as `pool_gradient`.
    unsafe {
        let rows = p.windows.rows(y);
        let out_row = p.windows.width * p.out_step;
        let source_row = p.windows.width * p.source_step;
        for x in 0..p.windows.out_width {
            let columns = p.windows.columns(x);
            let d = load::<S, TAIL>(p.d.add((y * p.windows.out_width + x) * p.d_step + c), n);
            if p.maximum {
                let mut best = S::splat(f32::NEG_INFINITY);
                let mut winner = S::splat(0.0);
                let mut index = 0.0;
                for iy in rows.clone() {
                    for ix in columns.clone() {
                        let value = load::<S, TAIL>(p.source.add(iy * source_row + ix * p.source_step + c), n);
                        winner = S::if_greater(value, best, S::splat(index), winner);
                        best = S::if_greater(value, best, value, best);
                        index += 1.0;
                    }
                }
                index = 0.0;
                for iy in rows.clone() {
                    for ix in columns.clone() {
                        let to = p.out.add(iy * out_row + ix * p.out_step + c);
                        let share = S::if_equal(winner, S::splat(index), d);
                        store::<S, TAIL>(to, S::add(load::<S, TAIL>(to, n), share), n);
                        index += 1.0;
                    }
                }
            } else {
                let count = (rows.len() * columns.len()).max(1);
                let share = S::mul(d, S::splat(1.0 / count as f32));
                for iy in rows.clone() {
                    for ix in columns.clone() {
                        let to = p.out.add(iy * out_row + ix * p.out_step + c);
                        store::<S, TAIL>(to, S::add(load::<S, TAIL>(to, n), share), n);
                    }
                }
            }
        }
    }
}
