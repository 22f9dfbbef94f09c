//! Boxes copied between arrays, and axes put in another order.

use super::shared::{Shared, part, parts};
use crate::threads;

/// One axis of what is copied, and how far source and target go on along it.
#[derive(Clone, Copy, Debug)]
pub struct Axis {
    pub length: usize,
    pub from: usize,
    pub to: usize,
}

/// Copies one value per place of the axes. Runs in which both go on by 1 are copied whole.
///
/// # Safety
/// The pointers are valid for what the axes reach, and apart; no two places have the same target.
pub unsafe fn copy(axes: &[Axis], from: *const f32, to: *mut f32) {
    let Some((last, outer)) = axes.split_last() else { return };
    let rows: usize = outer.iter().map(|axis| axis.length).product();
    let (from, to) = (Shared::of(from.cast_mut()), Shared::of(to));
    let count = parts(rows * last.length, 1 << 14).min(rows.max(1));
    threads::run(count, |block, _| {
        for row in part(rows, count, block) {
            let (mut rest, mut source, mut target) = (row, 0, 0);
            for axis in outer.iter().rev() {
                let i = rest % axis.length;
                rest /= axis.length;
                source += i * axis.from;
                target += i * axis.to;
            }
            // SAFETY: offsets stay inside what the axes reach, and no other task has these targets.
            unsafe {
                let (from, to) = (from.at(source).cast_const(), to.at(target));
                if last.from == 1 && last.to == 1 {
                    std::ptr::copy_nonoverlapping(from, to, last.length);
                } else {
                    (0..last.length).for_each(|i| *to.add(i * last.to) = *from.add(i * last.from));
                }
            }
        }
    });
}
