//! Kernels on flat planes: pixels follow each other without padding, so that a vector covers parts
//! of several pixels and no lane is lost whatever the channel count. Values per channel come as
//! tiles: repeated to a whole number of vectors, after which the channels of successive vectors
//! repeat. Rows are blocked instead of columns, so that narrow images are no special case.
//!
//! Loads may run past the end of a row by less than a vector: planes end with that much slack.
//! Stores do not.

use crate::simd::element::{Element, Float32, Rounded, Values, read_as};
use crate::simd::{Simd, load, store};

/// Values after which vectors of `lanes` meet the same channels again.
pub fn tile(channels: usize, lanes: usize) -> usize {
    let (mut a, mut b) = (channels, lanes);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    channels / a * lanes
}

/// Calls `$body` with (offset, offset in the tile) of each vector of a row: `$full` for whole ones,
/// `$tail` for the rest.
macro_rules! along_row {
    ($S:ident, $length:expr, $tile:expr, |$at:ident, $of_tile:ident, $n:ident| $full:expr, $tail:expr) => {{
        let (mut $at, mut $of_tile) = (0, 0);
        let $n = $S::LANES;
        while $at + $S::LANES <= $length {
            $full;
            $at += $S::LANES;
            $of_tile += $S::LANES;
            if $of_tile == $tile {
                $of_tile = 0;
            }
        }
        if $at < $length {
            let $n = $length - $at;
            $tail;
        }
    }};
}

/// Fills a flat plane, border included: `relu?(scale · source + shift)`.
pub struct FillFlat {
    /// `[height][length]`
    pub source: Values,
    pub height: usize,
    /// Values of an inside row.
    pub length: usize,
    /// Tiles; null for none.
    pub scale: *const f32,
    pub shift: *const f32,
    pub tile: usize,
    pub relu: bool,
    /// The first border value of the plane, and values from row to row.
    pub plane: *mut f32,
    /// Whether its values are rounded to bfloat16.
    pub rounded: bool,
    pub row: usize,
    pub border_rows: usize,
    /// Values of the border on either side of a row.
    pub border: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn fill_flat<S: Simd>(p: &FillFlat) {
    // SAFETY: rows follow the plane's extents; vectors stay inside a row.
    unsafe {
        let inside = p.plane.add(p.border_rows * p.row);
        std::ptr::write_bytes(p.plane, 0, p.border_rows * p.row);
        std::ptr::write_bytes(inside.add(p.height * p.row), 0, p.border_rows * p.row);
        for y in 0..p.height {
            let out = inside.add(y * p.row);
            if p.border > 0 {
                std::ptr::write_bytes(out, 0, p.border);
                std::ptr::write_bytes(out.add(p.border + p.length), 0, p.row - p.border - p.length);
            }
            let to = out.add(p.border);
            read_as!(p.source.at(y * p.length), |E, from| if p.rounded {
                fill_row::<S, E, Rounded>(p, from, to)
            } else {
                fill_row::<S, E, Float32>(p, from, to)
            });
        }
    }
}

#[inline(always)]
unsafe fn fill_row<S: Simd, E: Element, Out: Element<Memory = f32>>(p: &FillFlat, from: *const E::Memory, to: *mut f32) {
    // SAFETY: vectors stay inside a row.
    unsafe {
        if p.scale.is_null() {
            along_row!(
                S,
                p.length,
                p.tile,
                |at, _of_tile, n| fill_vector::<S, E, Out, false, false>(p, from.add(at), to.add(at), 0, n),
                fill_vector::<S, E, Out, false, true>(p, from.add(at), to.add(at), 0, n)
            );
        } else {
            along_row!(
                S,
                p.length,
                p.tile,
                |at, of_tile, n| fill_vector::<S, E, Out, true, false>(p, from.add(at), to.add(at), of_tile, n),
                fill_vector::<S, E, Out, true, true>(p, from.add(at), to.add(at), of_tile, n)
            );
        }
    }
}

#[inline(always)]
unsafe fn fill_vector<S: Simd, E: Element, Out: Element<Memory = f32>, const SCALE: bool, const TAIL: bool>(
    p: &FillFlat,
    from: *const E::Memory,
    to: *mut f32,
    of_tile: usize,
    n: usize,
) {
    // SAFETY: one vector of a row and of the tiles.
    unsafe {
        let mut value = E::load::<S, TAIL>(from, n);
        if SCALE {
            value = S::fma(value, S::load(p.scale.add(of_tile)), S::load(p.shift.add(of_tile)));
        }
        Out::store::<S, TAIL>(to, Out::round::<S>(if p.relu { S::max(S::splat(0.0), value) } else { value }), n);
    }
}

/// `out (+)= mask > 0 ? plane : 0` from the inside of a flat plane to a compact tensor.
pub struct StoreFlat {
    /// The first inside value.
    pub plane: *const f32,
    /// Like `plane`; null for no mask.
    pub mask: *const f32,
    /// Values from row to row of both planes.
    pub row: usize,
    pub height: usize,
    /// Values of an inside row.
    pub length: usize,
    /// `[height][length]`
    pub out: *mut f32,
    pub accumulate: bool,
}

/// # Safety
/// All pointers valid for the extents described on the type.
#[inline(always)]
pub unsafe fn store_flat<S: Simd>(p: &StoreFlat) {
    // SAFETY: vectors stay inside a row.
    unsafe {
        for y in 0..p.height {
            let (from, to) = (p.plane.add(y * p.row), p.out.add(y * p.length));
            let mask = if p.mask.is_null() { from } else { p.mask.add(y * p.row) };
            along_row!(
                S,
                p.length,
                0,
                |at, _of_tile, n| store_vector::<S, false>(p, from.add(at), mask.add(at), to.add(at), n),
                store_vector::<S, true>(p, from.add(at), mask.add(at), to.add(at), n)
            );
        }
    }
}

#[inline(always)]
unsafe fn store_vector<S: Simd, const TAIL: bool>(p: &StoreFlat, from: *const f32, mask: *const f32, to: *mut f32, n: usize) {
    // SAFETY: one vector of a row.
    unsafe {
        let mut value = load::<S, TAIL>(from, n);
        if !p.mask.is_null() {
            value = S::if_greater(load::<S, TAIL>(mask, n), S::splat(0.0), value, S::splat(0.0));
        }
        if p.accumulate {
            value = S::add(value, load::<S, TAIL>(to, n));
        }
        store::<S, TAIL>(to, value, n);
    }
}

/// Depthwise convolution at stride 1: `out[y, x] (+)= Σ_{ky, kx} input[y + ky·d, x + kx·d] ·
/// weights[ky, kx]`, per channel.
pub struct DepthwiseFlat {
    pub size: usize,
    pub dilation: usize,
    pub channels: usize,
    /// At the first tap of the first output pixel, and values from row to row.
    pub input: *const f32,
    pub input_row: usize,
    /// `[size][size][tile]`
    pub weights: *const f32,
    pub tile: usize,
    pub out: *mut f32,
    pub out_row: usize,
    pub rows: usize,
    /// Values of an output row.
    pub length: usize,
    pub accumulate: bool,
    /// Whether what is written is rounded to bfloat16.
    pub rounded: bool,
}

macro_rules! by_shape {
    ($p:ident, $kernel:ident, $S:ident) => {
        match ($p.size, $p.dilation) {
            (3, 1) => $kernel::<$S, 3, 1>($p),
            (3, 2) => $kernel::<$S, 3, 2>($p),
            (5, 1) => $kernel::<$S, 5, 1>($p),
            (5, 2) => $kernel::<$S, 5, 2>($p),
            (7, 1) => $kernel::<$S, 7, 1>($p),
            (7, 2) => $kernel::<$S, 7, 2>($p),
            (size, dilation) => panic!("no flat depthwise kernel of size {size}, dilation {dilation}"),
        }
    };
}

/// # Safety
/// All pointers valid for the extents described on the type, the input including its border and
/// slack.
#[inline(always)]
pub unsafe fn depthwise_flat<S: Simd>(p: &DepthwiseFlat) {
    // SAFETY: the caller's promise.
    unsafe { by_shape!(p, forward, S) }
}

#[inline(always)]
unsafe fn forward<S: Simd, const K: usize, const D: usize>(p: &DepthwiseFlat) {
    // SAFETY: y + ROWS <= rows for each block.
    unsafe {
        let mut y = 0;
        if S::MANY_REGISTERS {
            // 7 rows divide the images that start with 28.
            while y + 7 <= p.rows && p.rows.is_multiple_of(7) {
                forward_rows::<S, K, D, 7>(p, y);
                y += 7;
            }
            while y + 8 <= p.rows {
                forward_rows::<S, K, D, 8>(p, y);
                y += 8;
            }
        }
        while y + 4 <= p.rows {
            forward_rows::<S, K, D, 4>(p, y);
            y += 4;
        }
        while y < p.rows {
            forward_rows::<S, K, D, 1>(p, y);
            y += 1;
        }
    }
}

#[inline(always)]
unsafe fn forward_rows<S: Simd, const K: usize, const D: usize, const ROWS: usize>(p: &DepthwiseFlat, y: usize) {
    // SAFETY: vectors start inside a row; the tail's loads end in the slack.
    unsafe {
        let (input, out) = (p.input.add(y * p.input_row), p.out.add(y * p.out_row));
        along_row!(
            S,
            p.length,
            p.tile,
            |at, of_tile, n| forward_block::<S, K, D, ROWS, false>(p, input.add(at), out.add(at), of_tile, n),
            forward_block::<S, K, D, ROWS, true>(p, input.add(at), out.add(at), of_tile, n)
        );
    }
}

#[inline(always)]
unsafe fn forward_block<S: Simd, const K: usize, const D: usize, const ROWS: usize, const TAIL: bool>(
    p: &DepthwiseFlat,
    input: *const f32,
    out: *mut f32,
    of_tile: usize,
    n: usize,
) {
    // SAFETY: see `forward_rows`.
    unsafe {
        let mut sum = [S::splat(0.0); ROWS];
        if p.accumulate {
            for (i, value) in sum.iter_mut().enumerate() {
                *value = load::<S, TAIL>(out.add(i * p.out_row), n);
            }
        }
        let weights = p.weights.add(of_tile);
        for kx in 0..K {
            let column = input.add(kx * D * p.channels);
            for ky in 0..K {
                let weight = S::load(weights.add((ky * K + kx) * p.tile));
                for (i, value) in sum.iter_mut().enumerate() {
                    *value = S::fma(S::load(column.add((i + ky * D) * p.input_row)), weight, *value);
                }
            }
        }
        if p.rounded {
            for value in &mut sum {
                *value = S::round_bf16(*value);
            }
        }
        for (i, value) in sum.iter().enumerate() {
            store::<S, TAIL>(out.add(i * p.out_row), *value, n);
        }
    }
}

/// `out[ky, kx] += Σ_{y, x} input[y + ky·d, x + kx·d] · gradient[y, x]`, per place in the tile: the
/// caller folds channels.
pub struct KernelGradientFlat {
    pub size: usize,
    pub dilation: usize,
    pub channels: usize,
    pub input: *const f32,
    pub input_row: usize,
    pub gradient: *const f32,
    pub gradient_row: usize,
    pub rows: usize,
    pub length: usize,
    /// `[size][size][tile]`
    pub out: *mut f32,
    pub tile: usize,
}

/// # Safety
/// All pointers valid for the extents described on the type, the input including its border and
/// slack.
#[inline(always)]
pub unsafe fn kernel_gradient_flat<S: Simd>(p: &KernelGradientFlat) {
    // SAFETY: the caller's promise.
    unsafe { by_shape!(p, kernel_gradient, S) }
}

#[inline(always)]
unsafe fn kernel_gradient<S: Simd, const K: usize, const D: usize>(p: &KernelGradientFlat) {
    // SAFETY: kx + COLUMNS never passes K.
    unsafe {
        along_row!(
            S,
            p.length,
            p.tile,
            |at, of_tile, n| gradient_vector::<S, K, D, false>(p, at, of_tile, n),
            gradient_vector::<S, K, D, true>(p, at, of_tile, n)
        );
    }
}

#[inline(always)]
unsafe fn gradient_vector<S: Simd, const K: usize, const D: usize, const TAIL: bool>(
    p: &KernelGradientFlat,
    at: usize,
    of_tile: usize,
    n: usize,
) {
    // SAFETY: as `kernel_gradient`.
    unsafe {
        if K == 3 && S::MANY_REGISTERS {
            gradient_columns::<S, K, D, 3, TAIL>(p, at, of_tile, n, 0);
        } else {
            for kx in 0..K {
                gradient_columns::<S, K, D, 1, TAIL>(p, at, of_tile, n, kx);
            }
        }
    }
}

#[inline(always)]
unsafe fn gradient_columns<S: Simd, const K: usize, const D: usize, const COLUMNS: usize, const TAIL: bool>(
    p: &KernelGradientFlat,
    at: usize,
    of_tile: usize,
    n: usize,
    kx: usize,
) {
    // SAFETY: one vector of every row; the tail of the gradient is zero, so that what its loads
    // find beyond the row is not counted.
    unsafe {
        let mut sum = [[S::splat(0.0); K]; COLUMNS];
        // A second set of sums breaks the chain of additions.
        let mut other = [[S::splat(0.0); K]; COLUMNS];
        let mut input = p.input.add(at + kx * D * p.channels);
        let mut gradient = p.gradient.add(at);
        let mut left = p.rows;
        while left >= 4 {
            let mut d = [S::splat(0.0); 4];
            for (i, value) in d.iter_mut().enumerate() {
                *value = load::<S, TAIL>(gradient.add(i * p.gradient_row), n);
            }
            for c in 0..COLUMNS {
                let column = input.add(c * D * p.channels);
                for ky in 0..K {
                    let row = column.add(ky * D * p.input_row);
                    sum[c][ky] = S::fma(S::load(row), d[0], sum[c][ky]);
                    other[c][ky] = S::fma(S::load(row.add(p.input_row)), d[1], other[c][ky]);
                }
                for ky in 0..K {
                    let row = column.add((ky * D + 2) * p.input_row);
                    sum[c][ky] = S::fma(S::load(row), d[2], sum[c][ky]);
                    other[c][ky] = S::fma(S::load(row.add(p.input_row)), d[3], other[c][ky]);
                }
            }
            gradient = gradient.add(4 * p.gradient_row);
            input = input.add(4 * p.input_row);
            left -= 4;
        }
        for _ in 0..left {
            let d = load::<S, TAIL>(gradient, n);
            for (c, sums) in sum.iter_mut().enumerate() {
                for (ky, value) in sums.iter_mut().enumerate() {
                    *value = S::fma(S::load(input.add(c * D * p.channels + ky * D * p.input_row)), d, *value);
                }
            }
            gradient = gradient.add(p.gradient_row);
            input = input.add(p.input_row);
        }
        for c in 0..COLUMNS {
            for ky in 0..K {
                let to = p.out.add((ky * K + kx + c) * p.tile + of_tile);
                S::store(to, S::add(S::load(to), S::add(sum[c][ky], other[c][ky])));
            }
        }
    }
}
