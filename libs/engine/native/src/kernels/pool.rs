//! Pooling on compact tensors, windows clipped at the border: padding never wins a maximum and is
//! not counted in an average. A NaN wins every maximum, and the last of several takes the gradient,
//! as in PyTorch.

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
                        best = S::max_or_nan(best, load::<S, TAIL>(p.source.add(iy * row + ix * p.source_step + c), n));
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

/// One output row of the common window: rows are combined column by column, and each column serves
/// up to three windows.
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
        // Macros, since a closure that is not inlined is compiled without the CPU features.
        macro_rules! column {
            ($x:expr) => {{
                let at = $x * p.source_step;
                let a = load::<S, TAIL>(first.add(at), n);
                let b = load::<S, TAIL>(second.add(at), n);
                let d = load::<S, TAIL>(third.add(at), n);
                if MAXIMUM { S::max_or_nan(S::max_or_nan(a, b), d) } else { S::fma(d, weight3, S::fma(b, weight2, a)) }
            }};
        }
        macro_rules! join {
            ($a:expr, $b:expr) => {
                if MAXIMUM { S::max_or_nan($a, $b) } else { S::add($a, $b) }
            };
        }
        let out = p.out.add(y * p.windows.out_width * p.out_step + c);
        let count = rows.len() as f32;
        let (edge, inner) = (S::splat(1.0 / (2.0 * count)), S::splat(1.0 / (3.0 * count)));
        macro_rules! finish {
            ($x:expr, $value:expr, $scale:expr) => {{
                let value = $value;
                store::<S, TAIL>(out.add($x * p.out_step), if MAXIMUM { value } else { S::mul(value, $scale) }, n);
            }};
        }
        let (mut left, mut middle) = (column!(0), column!(1));
        finish!(0, join!(left, middle), edge);
        for x in 1..p.windows.out_width {
            let centre = x * STRIDE;
            if STRIDE == 2 {
                left = middle;
                middle = column!(centre);
            }
            if centre + 1 == width {
                finish!(x, join!(left, middle), edge);
                break;
            }
            let right = column!(centre + 1);
            finish!(x, join!(join!(left, middle), right), inner);
            if STRIDE == 1 {
                left = middle;
                middle = right;
            } else {
                middle = right;
            }
        }
    }
}

/// Adds the gradient of [`Pool`] to `out`: to the first maximum of each window in row-major order,
/// or spread evenly.
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
    /// `[out_height · out_width][vector of 16]`.
    pub work: *mut f32,
}

impl PoolGradient {
    /// Values of work that windows need.
    pub fn work_length(windows: &Windows) -> usize {
        16 * windows.out_height * windows.out_width
    }
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn pool_gradient<S: Simd>(p: &PoolGradient) {
    // SAFETY: columns stay inside the channels; one channel vector at a time uses the work.
    unsafe {
        let mut c = 0;
        while c < p.channels {
            let n = (p.channels - c).min(S::LANES);
            match (n < S::LANES, p.maximum, p.windows.is_common() && p.windows.stride.0 == 1) {
                (false, true, true) => gradient_column::<S, false, true, true>(p, c, n),
                (false, true, false) => gradient_column::<S, false, true, false>(p, c, n),
                (false, false, true) => gradient_column::<S, false, false, true>(p, c, n),
                (false, false, false) => gradient_column::<S, false, false, false>(p, c, n),
                (true, true, true) => gradient_column::<S, true, true, true>(p, c, n),
                (true, true, false) => gradient_column::<S, true, true, false>(p, c, n),
                (true, false, true) => gradient_column::<S, true, false, true>(p, c, n),
                (true, false, false) => gradient_column::<S, true, false, false>(p, c, n),
            }
            c += n;
        }
    }
}

/// One channel vector: what each window gives, or which of its places wins; then what each pixel
/// gathers. `DENSE` is 3×3 with padding 1 at stride 1.
#[inline(always)]
unsafe fn gradient_column<S: Simd, const TAIL: bool, const MAXIMUM: bool, const DENSE: bool>(
    p: &PoolGradient,
    c: usize,
    n: usize,
) {
    let w = &p.windows;
    // SAFETY: windows and what covers a pixel are clipped to the image.
    unsafe {
        for y in 0..w.out_height {
            for x in 0..w.out_width {
                let window = y * w.out_width + x;
                let (rows, columns) = (w.rows(y), w.columns(x));
                let value = if !MAXIMUM {
                    let count = (rows.len() * columns.len()).max(1);
                    S::mul(load::<S, TAIL>(p.d.add(window * p.d_step + c), n), S::splat(1.0 / count as f32))
                } else if DENSE && rows.len() == 3 && columns.len() == 3 {
                    winner::<S, TAIL>(p, (y - 1, x - 1), (3, 3), 0, 3, c, n)
                } else {
                    let first = place(w, (rows.start, columns.start), (y, x));
                    winner::<S, TAIL>(p, (rows.start, columns.start), (rows.len(), columns.len()), first, w.size.1, c, n)
                };
                S::store(p.work.add(window * S::LANES), value);
            }
        }
        for iy in 0..w.height {
            let rows =
                if DENSE { clip(iy, 1, 3, w.height) } else { covering(iy, w.padding.0, w.size.0, w.stride.0, w.out_height) };
            for ix in 0..w.width {
                let columns =
                    if DENSE { clip(ix, 1, 3, w.width) } else { covering(ix, w.padding.1, w.size.1, w.stride.1, w.out_width) };
                let to = p.out.add((iy * w.width + ix) * p.out_step + c);
                let before = load::<S, TAIL>(to, n);
                let sum = if DENSE && rows.len() == 3 && columns.len() == 3 {
                    gather::<S, TAIL, MAXIMUM>(p, (iy - 1, ix - 1), (3, 3), (8, 3, 1), c, n, before)
                } else if rows.is_empty() || columns.is_empty() {
                    before
                } else {
                    let first = place(w, (iy, ix), (rows.start, columns.start));
                    let steps = (first, w.stride.0 * w.size.1, w.stride.1);
                    let (start, count) = ((rows.start, columns.start), (rows.len(), columns.len()));
                    gather::<S, TAIL, MAXIMUM>(p, start, count, steps, c, n, before)
                };
                store::<S, TAIL>(to, sum, n);
            }
        }
    }
}

/// The number of a window's first maximum. The window covers `count` rows and columns from `start`
/// on; `first` is the number of its first place inside the image, `width` its places in a row.
#[inline(always)]
unsafe fn winner<S: Simd, const TAIL: bool>(
    p: &PoolGradient,
    start: (usize, usize),
    count: (usize, usize),
    first: usize,
    width: usize,
    c: usize,
    n: usize,
) -> S::V {
    // SAFETY: the window is clipped to the image.
    unsafe {
        let mut best = S::splat(f32::NEG_INFINITY);
        let mut winner = S::splat(first as f32);
        let corner = p.source.add((start.0 * p.windows.width + start.1) * p.source_step + c);
        for i in 0..count.0 {
            let row = corner.add(i * p.windows.width * p.source_step);
            for j in 0..count.1 {
                let value = load::<S, TAIL>(row.add(j * p.source_step), n);
                let place = first + i * width + j;
                winner = S::if_greater_or_nan(value, best, S::splat(place as f32), winner);
                best = S::if_greater_or_nan(value, best, value, best);
            }
        }
        winner
    }
}

/// `sum` and what a pixel gets from the windows that cover it: `count` down and to the right from
/// `start` on. `places`: the pixel's number in the first window, and how much less it is a window
/// further down, or to the right.
#[inline(always)]
unsafe fn gather<S: Simd, const TAIL: bool, const MAXIMUM: bool>(
    p: &PoolGradient,
    start: (usize, usize),
    count: (usize, usize),
    places: (usize, usize, usize),
    c: usize,
    n: usize,
    mut sum: S::V,
) -> S::V {
    // SAFETY: the windows exist.
    unsafe {
        for i in 0..count.0 {
            for j in 0..count.1 {
                let window = (start.0 + i) * p.windows.out_width + start.1 + j;
                let value = S::load(p.work.add(window * S::LANES));
                sum = if MAXIMUM {
                    let d = load::<S, TAIL>(p.d.add(window * p.d_step + c), n);
                    let place = places.0 - i * places.1 - j * places.2;
                    S::add(sum, S::if_equal(value, S::splat(place as f32), d))
                } else {
                    S::add(sum, value)
                };
            }
        }
        sum
    }
}

/// The number of a pixel in a window that covers it, in row-major order.
#[inline(always)]
fn place(windows: &Windows, pixel: (usize, usize), window: (usize, usize)) -> usize {
    let row = pixel.0 + windows.padding.0 - window.0 * windows.stride.0;
    let column = pixel.1 + windows.padding.1 - window.1 * windows.stride.1;
    row * windows.size.1 + column
}

/// The windows along one axis that cover a place.
#[inline(always)]
fn covering(place: usize, padding: usize, size: usize, stride: usize, count: usize) -> Range<usize> {
    let reach = (place + padding) as u32;
    let (size, stride) = (size as u32, stride as u32);
    let first = if reach < size { 0 } else { (reach - size) / stride + 1 };
    first as usize..((reach / stride + 1) as usize).min(count)
}
