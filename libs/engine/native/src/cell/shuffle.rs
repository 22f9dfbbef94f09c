//! The channel shuffle of partial connections (Xu et al. 2020, section 3.1), and what goes back
//! through it.

use super::arena::Arena;
use super::context::{Context, Floats};
use super::plan::{padded, pixels};
use crate::kernels::table::for_channels;
use std::ops::Range;

/// The order of shuffled channels: those before the shuffle stand in rows of
/// `ceil(channels / keep)`, and are read by columns. Where `keep` divides the channels, there are
/// `keep` whole rows, the first of them the channels that pass the branches. Else the last row is
/// short, as if channels had been added to fill it and been taken out again (as in confopt's code,
/// Jha et al. 2025), and so are the channels that pass the branches, by one.
#[derive(Clone, Copy)]
pub struct Order {
    channels: usize,
    /// Channels that pass the branches: all of the first row, or all but its last.
    active: usize,
    /// Columns.
    group: usize,
    /// Whole rows.
    rows: usize,
    /// Channels in the row after these; never more than `active`.
    rest: usize,
}

impl Order {
    pub fn of(channels: usize, keep: usize) -> Order {
        let group = channels.div_ceil(keep);
        Order { channels, active: channels / keep, group, rows: channels / group, rest: channels % group }
    }

    /// Calls `column(pixel, c, start, bypassing, end)` for each column of each pixel: after the
    /// shuffle, column `c` is at `start`, row 0 first; its channels of the rows `bypassing..end`
    /// bypass the branches.
    #[inline(always)]
    fn columns(self, pixels: Range<usize>, column: impl FnMut(usize, usize, usize, usize, usize)) {
        match self.rows {
            3 => self.columns_of::<3>(pixels, column),
            4 => self.columns_of::<4>(pixels, column),
            _ => self.columns_of::<0>(pixels, column),
        }
    }

    /// `ROWS` is the number of whole rows where it is known while compiling, else 0.
    #[inline(always)]
    fn columns_of<const ROWS: usize>(self, pixels: Range<usize>, mut column: impl FnMut(usize, usize, usize, usize, usize)) {
        let rows = if ROWS > 0 { ROWS } else { self.rows };
        for pixel in pixels {
            for c in 0..self.rest {
                column(pixel, c, c * (rows + 1), 1, rows + 1);
            }
            for c in self.rest..self.active {
                column(pixel, c, self.rest + c * rows, 1, rows);
            }
            for c in self.active..self.group {
                column(pixel, c, self.rest + c * rows, 0, rows);
            }
        }
    }
}

/// `out[s] += kept[i]` for the channels that pass the branches, `out[s] += coefficient · passed[i]`
/// for the others, where `s` is the place of channel `i` after the shuffle.
///
/// # Safety
/// All images have `pixels` pixels; `out` and `passed` have the channels of the order,
/// `kept` the active ones.
pub unsafe fn add_shuffled(order: Order, out: *mut f32, pixels: usize, kept: Floats, passed: Floats, coefficient: f32) {
    order.columns(0..pixels, |pixel, c, start, bypassing, end| {
        // SAFETY: the caller's promise.
        unsafe {
            let to = out.add(pixel * order.channels + start);
            let from = passed.pointer.add(pixel * passed.step + c);
            if bypassing == 1 {
                *to += *kept.pointer.add(pixel * kept.step + c);
            }
            for g in bypassing..end {
                *to.add(g) += coefficient * *from.add(g * order.group);
            }
        }
    });
}

/// The state that bypasses a partial connection, pooled 2×2 at stride 2; all channels, though the
/// first ones are not used.
pub fn bypass_view(context: &Context, arena: &mut Arena, state: usize, active: usize, stride: usize, image: usize) -> Floats {
    let view = context.state_floats(arena, state, image);
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
    Floats { pointer: out, step: shape.channels }
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

/// `out[i] += coefficient · d[s]` for the channels that bypass the branches, where `s` is the place
/// of channel `i` after the shuffle.
///
/// # Safety
/// Both images have `pixels` pixels of the order's channels.
pub unsafe fn add_unshuffled(order: Order, out: *mut f32, pixels: usize, d: *const f32, coefficient: f32) {
    order.columns(0..pixels, |pixel, c, start, bypassing, end| {
        // SAFETY: the caller's promise.
        unsafe {
            let from = d.add(pixel * order.channels + start);
            let to = out.add(pixel * order.channels + c);
            for g in bypassing..end {
                *to.add(g * order.group) += coefficient * *from.add(g);
            }
        }
    });
}

/// `out[i] = d[s]` for the channels that passed the branches, where `s` is the place of channel `i`
/// after the shuffle.
pub fn unshuffle_kept(order: Order, d: *const f32, out: *mut f32, pixels: usize) {
    order.columns(0..pixels, |pixel, c, start, bypassing, _| {
        if bypassing == 1 {
            // SAFETY: out has the active channels per pixel, d all of them.
            unsafe { *out.add(pixel * order.active + c) = *d.add(pixel * order.channels + start) };
        }
    });
}

/// `Σ d · value` of the channels that bypass a partial connection, into the first sum; the others
/// are zeroed.
pub fn shuffle_product(order: Order, d: Floats, source: Floats, pixels: usize, sums: *mut f64) {
    let mut total = 0.0;
    for pixel in 0..pixels {
        let mut sum = 0f32;
        order.columns(pixel..pixel + 1, |pixel, c, start, bypassing, end| {
            for g in bypassing..end {
                // SAFETY: both images have these pixels and channels.
                unsafe {
                    sum += *d.pointer.add(pixel * d.step + start + g)
                        * *source.pointer.add(pixel * source.step + g * order.group + c);
                }
            }
        });
        total += f64::from(sum);
    }
    // SAFETY: `padded` sums belong to this image.
    unsafe {
        std::ptr::write_bytes(sums, 0, padded(order.channels));
        *sums = total;
    }
}
