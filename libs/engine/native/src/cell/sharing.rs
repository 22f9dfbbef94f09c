//! Which operations share weights: their gradients are summed by one task, in the order of the
//! backward pass.

use super::plan::Operation;
use std::ops::Range;

/// Sets `sharing` of every operation.
pub fn mark(operations: &mut [Operation]) {
    let mut ranges: Vec<(Range<usize>, usize)> = Vec::new();
    for (number, operation) in operations.iter().enumerate() {
        ranges.extend(operation.weight_ranges().filter(|range| !range.is_empty()).map(|range| (range, number)));
    }
    ranges.sort_by_key(|(range, _)| range.start);
    let mut reached: Option<(usize, usize)> = None;
    for (range, number) in ranges {
        reached = Some(match reached {
            Some((end, last)) if range.start < end => {
                join(operations, last, number);
                (end.max(range.end), number)
            }
            _ => (range.end, number),
        });
    }
}

/// Gives the operations that share with either the lower of both numbers.
fn join(operations: &mut [Operation], a: usize, b: usize) {
    let (a, b) = (operations[a].sharing, operations[b].sharing);
    operations.iter_mut().filter(|operation| operation.sharing == a.max(b)).for_each(|operation| operation.sharing = a.min(b));
}
