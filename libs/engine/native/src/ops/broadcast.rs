//! Element by element on two arrays whose shapes are broadcast to each other.

use super::shared::{Shared, part, parts};
use crate::threads;

/// One axis of the result, and how far each operand goes on along it: 0 where it is repeated.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub length: usize,
    pub a: usize,
    pub b: usize,
}

/// `y = f(a, b)` over all axes; the last one has strides 0 or 1.
///
/// # Safety
/// The pointers are valid for what the axes reach; y is apart from both.
pub unsafe fn binary(axes: &[Axis], a: *const f32, b: *const f32, y: *mut f32, f: impl Fn(f32, f32) -> f32 + Sync) {
    let Some((last, outer)) = axes.split_last() else { return };
    let rows: usize = outer.iter().map(|axis| axis.length).product();
    let (a, b, y) = (Shared::of(a.cast_mut()), Shared::of(b.cast_mut()), Shared::of(y));
    let count = parts(rows * last.length, 1 << 14).min(rows.max(1));
    threads::run(count, |block, _| {
        for row in part(rows, count, block) {
            let (mut rest, mut at_a, mut at_b) = (row, 0, 0);
            for axis in outer.iter().rev() {
                let i = rest % axis.length;
                rest /= axis.length;
                at_a += i * axis.a;
                at_b += i * axis.b;
            }
            // SAFETY: offsets stay inside what the axes reach; each row of the result is written by
            // one task.
            unsafe {
                let (a, b, y) = (a.at(at_a).cast_const(), b.at(at_b).cast_const(), y.at(row * last.length));
                match (last.a, last.b) {
                    (0, 0) => (0..last.length).for_each(|i| *y.add(i) = f(*a, *b)),
                    (0, _) => (0..last.length).for_each(|i| *y.add(i) = f(*a, *b.add(i))),
                    (_, 0) => (0..last.length).for_each(|i| *y.add(i) = f(*a.add(i), *b)),
                    _ => (0..last.length).for_each(|i| *y.add(i) = f(*a.add(i), *b.add(i))),
                }
            }
        }
    });
}
