//! Depthwise convolution on planes: forward, its transpose at stride 2, and the kernel's gradient.
//! Kernel size, dilation and stride are compile-time constants of the inner loops.

use crate::simd::Simd;

/// Forward: `out[y, x] (+)= Σ_{ky, kx} input[y·s + ky·d, x·s + kx·d] · weights[ky, kx]`, all per
/// channel. Scatter: the transpose, `input += …` from `out` (the names stay those of the forward
/// direction).
pub struct Depthwise {
    pub size: usize,
    pub dilation: usize,
    pub stride: usize,
    /// At the first tap of the first output pixel.
    pub input: *mut f32,
    pub input_row: usize,
    /// `[size][size][channels]`
    pub weights: *const f32,
    pub out: *mut f32,
    pub out_row: usize,
    pub rows: usize,
    pub width: usize,
    /// A whole number of vectors; also the pixel pitch of both planes.
    pub channels: usize,
    pub accumulate: bool,
    /// Whether what forward writes is rounded to bfloat16.
    pub rounded: bool,
}

/// Input columns under four outputs at stride 2 of a 7-wide kernel of dilation 2.
const MOST_COLUMNS: usize = 3 * 2 + 6 * 2 + 1;

macro_rules! by_shape {
    ($p:ident, $kernel:ident, $S:ident) => {
        match ($p.size, $p.dilation, $p.stride) {
            (1, 1, 1) => $kernel::<$S, 1, 1, 1>($p),
            (1, 1, 2) => $kernel::<$S, 1, 1, 2>($p),
            (3, 1, 1) => $kernel::<$S, 3, 1, 1>($p),
            (3, 1, 2) => $kernel::<$S, 3, 1, 2>($p),
            (3, 2, 1) => $kernel::<$S, 3, 2, 1>($p),
            (3, 2, 2) => $kernel::<$S, 3, 2, 2>($p),
            (5, 1, 1) => $kernel::<$S, 5, 1, 1>($p),
            (5, 1, 2) => $kernel::<$S, 5, 1, 2>($p),
            (5, 2, 1) => $kernel::<$S, 5, 2, 1>($p),
            (5, 2, 2) => $kernel::<$S, 5, 2, 2>($p),
            (7, 1, 1) => $kernel::<$S, 7, 1, 1>($p),
            (7, 1, 2) => $kernel::<$S, 7, 1, 2>($p),
            (7, 2, 1) => $kernel::<$S, 7, 2, 1>($p),
            (7, 2, 2) => $kernel::<$S, 7, 2, 2>($p),
            (size, dilation, stride) => panic!("no depthwise kernel of size {size}, dilation {dilation}, stride {stride}"),
        }
    };
}

/// # Safety
/// All pointers valid for the extents described on the type, the input including its border.
#[inline(always)]
pub unsafe fn depthwise<S: Simd>(p: &Depthwise) {
    // SAFETY: the caller's promise.
    unsafe { by_shape!(p, forward, S) }
}

#[inline(always)]
unsafe fn forward<S: Simd, const K: usize, const D: usize, const STRIDE: usize>(p: &Depthwise) {
    // SAFETY: x + BLOCK <= width for each block; the border covers every tap.
    unsafe {
        for c in (0..p.channels).step_by(S::LANES) {
            for y in 0..p.rows {
                let mut x = 0;
                if S::MANY_REGISTERS {
                    while x + 16 <= p.width {
                        block::<S, K, D, STRIDE, 16>(p, y, x, c);
                        x += 16;
                    }
                }
                while x + 8 <= p.width {
                    block::<S, K, D, STRIDE, 8>(p, y, x, c);
                    x += 8;
                }
                // What is left goes with the block before it: single pixels would wait for each
                // other's sums.
                if x < p.width && p.width >= 8 && !p.accumulate {
                    block::<S, K, D, STRIDE, 8>(p, y, p.width - 8, c);
                    x = p.width;
                }
                while x < p.width {
                    block::<S, K, D, STRIDE, 1>(p, y, x, c);
                    x += 1;
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn block<S: Simd, const K: usize, const D: usize, const STRIDE: usize, const BLOCK: usize>(
    p: &Depthwise,
    y: usize,
    x: usize,
    c: usize,
) {
    // SAFETY: see `forward`.
    unsafe {
        let out = p.out.add(y * p.out_row + x * p.channels + c);
        let input = p.input.add(y * STRIDE * p.input_row + x * STRIDE * p.channels + c);
        let weights = p.weights.add(c);
        let mut sum = [S::splat(0.0); BLOCK];
        if p.accumulate {
            for (i, value) in sum.iter_mut().enumerate() {
                *value = S::load(out.add(i * p.channels));
            }
        }
        for ky in 0..K {
            let row = input.add(ky * D * p.input_row);
            for kx in 0..K {
                let weight = S::load(weights.add((ky * K + kx) * p.channels));
                for (i, value) in sum.iter_mut().enumerate() {
                    *value = S::fma(S::load(row.add((i * STRIDE + kx * D) * p.channels)), weight, *value);
                }
            }
        }
        if p.rounded {
            for value in &mut sum {
                *value = S::round_bf16(*value);
            }
        }
        for (i, value) in sum.iter().enumerate() {
            S::store(out.add(i * p.channels), *value);
        }
    }
}

/// # Safety
/// As [`depthwise`].
#[inline(always)]
pub unsafe fn depthwise_scatter<S: Simd>(p: &Depthwise) {
    // SAFETY: the caller's promise.
    unsafe { by_shape!(p, scatter, S) }
}

#[inline(always)]
unsafe fn scatter<S: Simd, const K: usize, const D: usize, const STRIDE: usize>(p: &Depthwise) {
    // SAFETY: the border covers every tap of every output pixel.
    unsafe {
        for c in (0..p.channels).step_by(S::LANES) {
            for ky in 0..K {
                let mut weights = [S::splat(0.0); K];
                for (kx, weight) in weights.iter_mut().enumerate() {
                    *weight = S::load(p.weights.add((ky * K + kx) * p.channels + c));
                }
                for y in 0..p.rows {
                    let mut to = p.input.add((y * STRIDE + ky * D) * p.input_row + c);
                    let mut from = p.out.add(y * p.out_row + c).cast_const();
                    for _ in 0..p.width {
                        let value = S::load(from);
                        for (kx, weight) in weights.iter().enumerate() {
                            let at = to.add(kx * D * p.channels);
                            S::store(at, S::fma(value, *weight, S::load(at)));
                        }
                        from = from.add(p.channels);
                        to = to.add(STRIDE * p.channels);
                    }
                }
            }
        }
    }
}

/// `out[ky, kx] += Σ_{y, x} input[y·s + ky·d, x·s + kx·d] · gradient[y, x]`, per channel.
pub struct KernelGradient {
    pub size: usize,
    pub dilation: usize,
    pub stride: usize,
    pub input: *const f32,
    pub input_row: usize,
    pub gradient: *const f32,
    pub gradient_row: usize,
    pub rows: usize,
    pub width: usize,
    pub channels: usize,
    /// `[size][size][channels]`
    pub out: *mut f32,
}

/// # Safety
/// All pointers valid for the extents described on the type, the input including its border.
#[inline(always)]
pub unsafe fn depthwise_kernel_gradient<S: Simd>(p: &KernelGradient) {
    // SAFETY: the caller's promise.
    unsafe { by_shape!(p, kernel_gradient, S) }
}

#[inline(always)]
unsafe fn kernel_gradient<S: Simd, const K: usize, const D: usize, const STRIDE: usize>(p: &KernelGradient) {
    // SAFETY: the caller's promise; ky + rows at once never passes K.
    unsafe {
        for c in (0..p.channels).step_by(S::LANES) {
            if K == 3 && S::MANY_REGISTERS {
                kernel_rows::<S, K, D, STRIDE, 3>(p, c, 0);
            } else {
                for ky in 0..K {
                    kernel_rows::<S, K, D, STRIDE, 1>(p, c, ky);
                }
            }
        }
    }
}

#[inline(always)]
unsafe fn kernel_rows<S: Simd, const K: usize, const D: usize, const STRIDE: usize, const ROWS: usize>(
    p: &KernelGradient,
    c: usize,
    ky: usize,
) {
    // SAFETY: see `kernel_gradient`.
    unsafe {
        let mut sum = [[S::splat(0.0); K]; ROWS];
        // A second set of sums breaks the chain of additions.
        let mut other = [[S::splat(0.0); K]; ROWS];
        for y in 0..p.rows {
            let mut input = p.input.add((y * STRIDE + ky * D) * p.input_row + c);
            let mut gradient = p.gradient.add(y * p.gradient_row + c);
            let mut left = p.width;
            while left >= 4 {
                let d: [S::V; 4] = [
                    S::load(gradient),
                    S::load(gradient.add(p.channels)),
                    S::load(gradient.add(2 * p.channels)),
                    S::load(gradient.add(3 * p.channels)),
                ];
                for r in 0..ROWS {
                    let row = input.add(r * D * p.input_row);
                    // Each input pixel is loaded once for all that need it: loads are scarcer than
                    // multiply-adds.
                    let mut pixels = [S::splat(0.0); MOST_COLUMNS];
                    for (x, pixel) in pixels.iter_mut().enumerate().take(3 * STRIDE + (K - 1) * D + 1) {
                        *pixel = S::load(row.add(x * p.channels));
                    }
                    for kx in 0..K {
                        sum[r][kx] = S::fma(pixels[kx * D], d[0], sum[r][kx]);
                        other[r][kx] = S::fma(pixels[STRIDE + kx * D], d[1], other[r][kx]);
                    }
                    for kx in 0..K {
                        sum[r][kx] = S::fma(pixels[2 * STRIDE + kx * D], d[2], sum[r][kx]);
                        other[r][kx] = S::fma(pixels[3 * STRIDE + kx * D], d[3], other[r][kx]);
                    }
                }
                gradient = gradient.add(4 * p.channels);
                input = input.add(4 * STRIDE * p.channels);
                left -= 4;
            }
            for _ in 0..left {
                let d = S::load(gradient);
                for (r, row) in sum.iter_mut().enumerate() {
                    for (kx, value) in row.iter_mut().enumerate() {
                        *value = S::fma(S::load(input.add(r * D * p.input_row + kx * D * p.channels)), d, *value);
                    }
                }
                gradient = gradient.add(p.channels);
                input = input.add(STRIDE * p.channels);
            }
        }
        for (row, more) in sum.iter_mut().zip(other) {
            row.iter_mut().zip(more).for_each(|(value, more)| *value = S::add(*value, more));
        }
        for (r, row) in sum.iter().enumerate() {
            for (kx, value) in row.iter().enumerate() {
                let to = p.out.add(((ky + r) * K + kx) * p.channels + c);
                S::store(to, S::add(S::load(to), *value));
            }
        }
    }
}
