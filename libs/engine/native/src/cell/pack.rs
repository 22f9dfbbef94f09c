//! Kernels as the inner loops want them: channels padded to whole vectors; transposed and flipped
//! for the input gradient.

use super::plan::*;

/// `[size²][tap length]`, the taps in reverse order when `flipped`.
///
/// # Safety
/// `weights` is the whole bank; `out` has room for the operation's packed depthwise kernel.
pub unsafe fn depthwise(operation: &Operation, weights: *const f32, out: *mut f32, flipped: bool) {
    let Some(depthwise) = &operation.depthwise else { return };
    let (channels, length) = (operation.input.channels, operation.tap_length());
    let taps = depthwise.size * depthwise.size;
    for tap in 0..taps {
        let to = if flipped { taps - 1 - tap } else { tap };
        // SAFETY: lowering checked that the kernel lies in the bank; a tile is a whole number of
        // repetitions.
        unsafe {
            let (from, row) = (weights.add(depthwise.weights + tap * channels), out.add(to * length));
            if operation.flat {
                (0..length / channels).for_each(|i| std::ptr::copy_nonoverlapping(from, row.add(i * channels), channels));
            } else {
                std::ptr::copy_nonoverlapping(from, row, channels);
                std::ptr::write_bytes(row.add(channels), 0, length - channels);
            }
        }
    }
}

/// Calls `visit(tap, in, out, offset in the weight bank)` for every weight of a dense convolution.
fn each_weight(convolution: &Convolution, inputs: usize, outputs: usize, mut visit: impl FnMut(usize, usize, usize, usize)) {
    for tap in 0..convolution.taps.len() {
        let (range, start, width) = match convolution.layout {
            KernelLayout::Dense => (0..outputs, convolution.weights + tap * inputs * outputs, outputs),
            KernelLayout::Split { first } if tap == 0 => (0..first, convolution.weights, first),
            KernelLayout::Split { first } => (first..outputs, convolution.weights + inputs * first, outputs - first),
        };
        for i in 0..inputs {
            for (position, o) in range.clone().enumerate() {
                visit(tap, i, o, start + i * width + position);
            }
        }
    }
}

/// `[taps][in][pitch]`
///
/// # Safety
/// As [`depthwise`], for the dense kernel.
pub unsafe fn convolution(operation: &Operation, weights: *const f32, out: *mut f32) {
    let Some(convolution) = &operation.convolution else { return };
    let (inputs, outputs, pitch) = (operation.middle.channels, operation.output.channels, operation.output_pitch());
    // SAFETY: the visited offsets lie in the bank and in the packed kernel.
    unsafe {
        std::ptr::write_bytes(out, 0, convolution.taps.len() * inputs * pitch);
        each_weight(convolution, inputs, outputs, |tap, i, o, at| {
            *out.add((tap * inputs + i) * pitch + o) = operation.precision.operand(*weights.add(at))
        });
    }
}

/// `[taps][out][pitch of in]`
///
/// # Safety
/// As [`depthwise`], for the transposed dense kernel.
pub unsafe fn transposed(operation: &Operation, weights: *const f32, out: *mut f32) {
    let Some(convolution) = &operation.convolution else { return };
    let (inputs, outputs) = (operation.middle.channels, operation.output.channels);
    let pitch = operation.middle_pitch();
    // SAFETY: the visited offsets lie in the bank and in the packed kernel.
    unsafe {
        std::ptr::write_bytes(out, 0, convolution.taps.len() * outputs * pitch);
        each_weight(convolution, inputs, outputs, |tap, i, o, at| {
            *out.add((tap * outputs + o) * pitch + i) = operation.precision.operand(*weights.add(at))
        });
    }
}

/// Sums the partial kernel gradients of all image groups, in order, and adds them to the gradient
/// bank: other operations may share the weights.
///
/// # Safety
/// `slots` holds `groups` partial gradients of the operation; `gradients` is the whole bank.
pub unsafe fn collect(operation: &Operation, slots: *mut f32, groups: usize, gradients: *mut f32) {
    let (depthwise_length, convolution_length) = operation.packed_lengths();
    let length = depthwise_length + convolution_length;
    // SAFETY: slots are `length` apart; packed offsets stay inside one slot, bank offsets were
    // checked by lowering.
    unsafe {
        let total = std::slice::from_raw_parts_mut(slots, length);
        for group in 1..groups {
            let slot = std::slice::from_raw_parts(slots.add(group * length), length);
            for (sum, part) in total.iter_mut().zip(slot) {
                *sum += part;
            }
        }
        if let Some(depthwise) = &operation.depthwise {
            let (channels, length) = (operation.input.channels, operation.tap_length());
            let repetitions = if operation.flat { length / channels } else { 1 };
            for tap in 0..depthwise.size * depthwise.size {
                for c in 0..channels {
                    let sum: f32 = (0..repetitions).map(|i| *slots.add(tap * length + i * channels + c)).sum();
                    *gradients.add(depthwise.weights + tap * channels + c) += sum;
                }
            }
        }
        if let Some(convolution) = &operation.convolution {
            let (inputs, outputs, pitch) = (operation.middle.channels, operation.output.channels, operation.output_pitch());
            let packed = slots.add(depthwise_length);
            each_weight(convolution, inputs, outputs, |tap, i, o, at| {
                *gradients.add(at) += *packed.add((tap * inputs + i) * pitch + o)
            });
        }
    }
}
