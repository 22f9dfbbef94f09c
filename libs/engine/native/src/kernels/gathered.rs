//! Depthwise convolution by lists of what meets: for maps so small that most taps of a bordered
//! plane would read its border.

use crate::simd::{Simd, load, store};

/// Places of two arrays, in pixels, whose products are summed.
#[derive(Clone, Copy)]
pub struct Pair {
    pub a: u32,
    pub b: u32,
}

/// `out[t] (+)= Σ a[p] · b[q]` over the pairs (p, q) of target t, all per channel: a convolution,
/// its input's gradient or its kernel's, as the pairs say. Several images may share `b`.
pub struct Gathered {
    pub a: *const f32,
    pub b: *const f32,
    pub out: *mut f32,
    pub images: usize,
    /// Floats from one image to the next.
    pub a_image: usize,
    pub out_image: usize,
    pub channels: usize,
    pub targets: usize,
    /// `[targets + 1]`: where the pairs of each target start.
    pub starts: *const usize,
    pub pairs: *const Pair,
    pub accumulate: bool,
}

/// # Safety
/// All pointers valid for the extents described on the type, and every pair for both arrays.
#[inline(always)]
pub unsafe fn gathered<S: Simd>(p: &Gathered) {
    // SAFETY: each target's vectors lie within its channels, each image among the images.
    unsafe {
        let mut image = 0;
        while image + 4 <= p.images {
            maps::<S, 4, 2>(p, image);
            image += 4;
        }
        while image < p.images {
            maps::<S, 1, 4>(p, image);
            image += 1;
        }
    }
}

/// Targets of `IMAGES` images, `VECTORS` at a time.
#[inline(always)]
unsafe fn maps<S: Simd, const IMAGES: usize, const VECTORS: usize>(p: &Gathered, image: usize) {
    // SAFETY: see `gathered`.
    unsafe {
        for target in 0..p.targets {
            let mut c = 0;
            while c + VECTORS * S::LANES <= p.channels {
                sums::<S, IMAGES, VECTORS, false>(p, image, target, c, 0);
                c += VECTORS * S::LANES;
            }
            while c + S::LANES <= p.channels {
                sums::<S, IMAGES, 1, false>(p, image, target, c, 0);
                c += S::LANES;
            }
            if c < p.channels {
                sums::<S, IMAGES, 1, true>(p, image, target, c, p.channels - c);
            }
        }
    }
}

#[inline(always)]
unsafe fn sums<S: Simd, const IMAGES: usize, const VECTORS: usize, const TAIL: bool>(
    p: &Gathered,
    image: usize,
    target: usize,
    c: usize,
    n: usize,
) {
    // SAFETY: see `gathered`.
    unsafe {
        let out = p.out.add(image * p.out_image + target * p.channels + c);
        let mut sum = [[S::splat(0.0); VECTORS]; IMAGES];
        if p.accumulate {
            for (i, row) in sum.iter_mut().enumerate() {
                for (v, value) in row.iter_mut().enumerate() {
                    *value = load::<S, TAIL>(out.add(i * p.out_image + v * S::LANES), n);
                }
            }
        }
        let a = p.a.add(image * p.a_image + c);
        let b = p.b.add(c);
        for place in *p.starts.add(target)..*p.starts.add(target + 1) {
            let pair = *p.pairs.add(place);
            let a = a.add(pair.a as usize * p.channels);
            let b = b.add(pair.b as usize * p.channels);
            for v in 0..VECTORS {
                let factor = load::<S, TAIL>(b.add(v * S::LANES), n);
                for (i, row) in sum.iter_mut().enumerate() {
                    row[v] = S::fma(load::<S, TAIL>(a.add(i * p.a_image + v * S::LANES), n), factor, row[v]);
                }
            }
        }
        for (i, row) in sum.iter().enumerate() {
            for (v, value) in row.iter().enumerate() {
                store::<S, TAIL>(out.add(i * p.out_image + v * S::LANES), *value, n);
            }
        }
    }
}
