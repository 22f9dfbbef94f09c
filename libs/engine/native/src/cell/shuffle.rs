//! The channel shuffle of partial connections (Xu et al. 2020, section 3.1), and what goes back through it.

use super::arena::Arena;
use super::context::{Context, View};
use super::plan::{padded, pixels};
use crate::kernels::table::for_channels;

/// `out[c · keep] += kept[c]`, `out[c · keep + g] += coefficient · passed[g · active + c]`. `KEEP` is `keep` where it is known
/// while compiling, else 0.
///
/// # Safety
/// All images have `pixels` pixels; `out` and `passed` have `active · keep` channels.
pub unsafe fn add_shuffled<const KEEP: usize>(
    out: *mut f32,
    pixels: usize,
    active: usize,
    keep: usize,
    kept: View,
    passed: View,
    coefficient: f32,
) {
    let keep = if KEEP > 0 { KEEP } else { keep };
    for pixel in 0..pixels {
        for c in 0..active {
            // SAFETY: the caller's promise.
            unsafe {
                let to = out.add((pixel * active + c) * keep);
                let from = passed.pointer.add(pixel * passed.step + c);
                *to += *kept.pointer.add(pixel * kept.step + c);
                for g in 1..keep {
                    *to.add(g) += coefficient * *from.add(g * active);
                }
            }
        }
    }
}

/// The state that bypasses a partial connection, pooled 2×2 at stride 2; all channels, though the first group is not used.
pub fn bypass_view(context: &Context, arena: &mut Arena, state: usize, active: usize, stride: usize, image: usize) -> View {
    let view = context.state(state, image);
    if stride == 1 {
        return view;
    }
    let shape = context.plan.states[state].shape;
    let out = arena.take(pixels(shape) / 4 * shape.channels);
    let call = crate::kernels::pool::Pool {
        windows: halving(shape),
        maximum: true,
        source: view.pointer.wrapping_add(active),
        source_step: view.step,
        channels: shape.channels - active,
        out: out.wrapping_add(active),
        out_step: shape.channels,
    };
    // SAFETY: the output has a quarter of the state's pixels.
    unsafe { (for_channels(shape.channels - active).pool)(&call) };
    View { pointer: out, step: shape.channels }
}

/// 2×2 windows at stride 2.
pub fn halving(shape: super::schedule::StateShape) -> crate::kernels::pool::Windows {
    crate::kernels::pool::Windows {
        height: shape.height,
        width: shape.width,
        out_height: shape.height / 2,
        out_width: shape.width / 2,
        size: (2, 2),
        stride: (2, 2),
        padding: (0, 0),
    }
}

/// `out[g · active + c] += coefficient · d[c · keep + g]` for all groups but the first. `KEEP` is `keep` where it is known while
/// compiling, else 0.
///
/// # Safety
/// Both images have `pixels` pixels of `active · keep` channels.
pub unsafe fn add_unshuffled<const KEEP: usize>(
    out: *mut f32,
    pixels: usize,
    active: usize,
    keep: usize,
    d: *const f32,
    coefficient: f32,
) {
    let keep = if KEEP > 0 { KEEP } else { keep };
    for pixel in 0..pixels {
        for c in 0..active {
            // SAFETY: the caller's promise.
            unsafe {
                let from = d.add((pixel * active + c) * keep);
                let to = out.add(pixel * active * keep + c);
                for g in 1..keep {
                    *to.add(g * active) += coefficient * *from.add(g);
                }
            }
        }
    }
}

/// `out[c] = d[c · keep]`
pub fn unshuffle_kept(d: *const f32, out: *mut f32, pixels: usize, active: usize, keep: usize) {
    for pixel in 0..pixels {
        for c in 0..active {
            // SAFETY: out has `active` channels per pixel, d `active · keep`.
            unsafe { *out.add(pixel * active + c) = *d.add(pixel * active * keep + c * keep) };
        }
    }
}

/// `Σ d · value` of the channels that bypass a partial connection, into the first sum; the others are zeroed.
pub fn shuffle_product(d: View, source: View, pixels: usize, active: usize, keep: usize, sums: *mut f64) {
    let mut total = 0.0;
    for pixel in 0..pixels {
        let mut sum = 0f32;
        for c in 0..active {
            for g in 1..keep {
                // SAFETY: both images have these pixels and channels.
                unsafe {
                    sum += *d.pointer.add(pixel * d.step + c * keep + g)
                        * *source.pointer.add(pixel * source.step + g * active + c);
                }
            }
        }
        total += f64::from(sum);
    }
    // SAFETY: `padded` sums belong to this image.
    unsafe {
        std::ptr::write_bytes(sums, 0, padded(active * keep));
        *sums = total;
    }
}
