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
/// its input's gradient or its kernel's, as the pairs say.
pub struct Gathered {
    pub a: *const f32,
    pub b: *const f32,
    pub out: *mut f32,
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
    // SAFETY: each target's vectors lie within its channels.
    unsafe {
        for target in 0..p.targets {
            let mut c = 0;
            while c + 4 * S::LANES <= p.channels {
                sums::<S, 4, false>(p, target, c, 0);
                c += 4 * S::LANES;
            }
            while c + S::LANES <= p.channels {
                sums::<S, 1, false>(p, target, c, 0);
                c += S::LANES;
            }
            if c < p.channels {
                sums::<S, 1, true>(p, target, c, p.channels - c);
            }
        }
    }
}

#[inline(always)]
unsafe fn sums<S: Simd, const VECTORS: usize, const TAIL: bool>(p: &Gathered, target: usize, c: usize, n: usize) {
    // SAFETY: see `gathered`.
    unsafe {
        let out = p.out.add(target * p.channels + c);
        let mut sum = [S::splat(0.0); VECTORS];
        if p.accumulate {
            for (v, value) in sum.iter_mut().enumerate() {
                *value = load::<S, TAIL>(out.add(v * S::LANES), n);
            }
        }
        for place in *p.starts.add(target)..*p.starts.add(target + 1) {
            let pair = *p.pairs.add(place);
            let a = p.a.add(pair.a as usize * p.channels + c);
            let b = p.b.add(pair.b as usize * p.channels + c);
            for (v, value) in sum.iter_mut().enumerate() {
                let at = v * S::LANES;
                *value = S::fma(load::<S, TAIL>(a.add(at), n), load::<S, TAIL>(b.add(at), n), *value);
            }
        }
        for (v, value) in sum.iter().enumerate() {
            store::<S, TAIL>(out.add(v * S::LANES), *value, n);
        }
    }
}
