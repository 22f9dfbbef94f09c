//! What a plan costs, known before it runs.

use super::plan::*;
use super::run::Keep;
use crate::memory::buffer_bytes;

/// Bytes that a cell takes: exactly what its calls ask of the buffer pool.
pub struct Bytes {
    /// From forward to backward.
    pub kept: usize,
    /// Besides, while forward runs.
    pub forward: usize,
    /// Besides, while backward runs.
    pub backward: usize,
}

pub fn memory(plan: &Plan, keep: Keep) -> Bytes {
    Bytes {
        kept: match keep {
            Keep::Nothing => 0,
            Keep::Activations => buffer_bytes(plan.kept_length),
            Keep::Inputs => buffer_bytes(plan.norms_length),
        },
        forward: buffer_bytes(plan.forward_scratch(keep)),
        backward: if keep == Keep::Nothing { 0 } else { buffer_bytes(plan.backward_scratch(keep)) },
    }
}

/// Floating point operations; a multiply-add counts 2. Convolutions only: the rest is bound by
/// memory.
pub struct Flops {
    pub forward: f64,
    pub backward: f64,
}

pub fn flops(plan: &Plan) -> Flops {
    let (mut forward, mut backward) = (0.0, 0.0);
    for operation in &plan.operations {
        let depthwise = operation
            .depthwise
            .map_or(0.0, |d| pixels(operation.middle) as f64 * (operation.middle.channels * d.size * d.size) as f64);
        let dense = operation.convolution.as_ref().map_or(0.0, |c| {
            let taps = if c.layout == KernelLayout::Dense { c.taps.len() } else { 1 };
            pixels(operation.output) as f64 * operation.output.channels as f64 * (operation.middle.channels * taps) as f64
        });
        forward += 2.0 * (depthwise + dense);
        // Input gradient, kernel gradient, and the depthwise result made again for the latter.
        backward += 2.0 * (2.0 * (depthwise + dense) + if dense > 0.0 { depthwise } else { 0.0 });
    }
    Flops { forward: forward * plan.batch as f64, backward: backward * plan.batch as f64 }
}
