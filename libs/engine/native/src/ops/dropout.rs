//! Masks of dropout from the counter-based generator: word `i` of a stream decides on value `i`,
//! whoever computes it.

use super::shared::{Shared, part, parts};
use crate::threads;

/// Philox4x32-10 (Salmon et al. 2011): four random words from a counter and a key.
fn philox(counter: [u32; 4], key: [u32; 2]) -> [u32; 4] {
    let ([mut c0, mut c1, mut c2, mut c3], [mut k0, mut k1]) = (counter, key);
    let wide = |a: u32, b: u32| u64::from(a) * u64::from(b);
    for _ in 0..10 {
        let (p0, p1) = (wide(0xd251_1f53, c0), wide(0xcd9e_8d57, c2));
        (c0, c1, c2, c3) = ((p1 >> 32) as u32 ^ c1 ^ k0, p1 as u32, (p0 >> 32) as u32 ^ c3 ^ k1, p0 as u32);
        k0 = k0.wrapping_add(0x9e37_79b9);
        k1 = k1.wrapping_add(0xbb67_ae85);
    }
    [c0, c1, c2, c3]
}

/// `mask[i] = u[i] < rate ? 0 : kept`, with the uniform numbers of the stream of this key and
/// counter, multiples of 2⁻²⁴.
pub fn mask(key: [u32; 2], counter: [u32; 2], rate: f32, kept: f32, mask: &mut [f32]) {
    let length = mask.len();
    let out = Shared::new(mask);
    let quads = length.div_ceil(4);
    let blocks = parts(quads, 1 << 11);
    threads::run(blocks, |block, _| {
        for quad in part(quads, blocks, block) {
            let words = philox([quad as u32, 0, counter[0], counter[1]], key);
            for (i, word) in words.iter().enumerate().take(length - 4 * quad) {
                let uniform = (word >> 8) as f32 / (1 << 24) as f32;
                // SAFETY: each block has its own quads.
                unsafe { *out.at(4 * quad + i) = if uniform < rate { 0.0 } else { kept } };
            }
        }
    });
}
