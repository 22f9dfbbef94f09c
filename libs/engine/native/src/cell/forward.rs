//! The forward steps of one image.

use super::arena::Arena;
use super::context::{Context, Plane, PlaneShape, View, zeros};
use super::plan::*;
use super::trace::{Kind, span};
use crate::kernels::convolution::Multiply;
use crate::kernels::depthwise::Depthwise as DepthwiseKernel;
use crate::kernels::elementwise::{Assemble, Term as AssembleTerm};
use crate::kernels::reduce::Moments;
use crate::kernels::table::for_channels;
use std::ptr::null_mut;

pub struct Forward<'a> {
    pub context: Context<'a>,
    pub work: *mut f32,
    pub output: *mut f32,
}

// SAFETY: see the invariants of Context; work and output are written per image.
unsafe impl Sync for Forward<'_> {}

impl Forward<'_> {
    pub fn step(&self, arena: &mut Arena, step: Step, image: usize) {
        let mark = arena.mark();
        match step {
            Step::State(state) => {
                if !matches!(self.context.plan.states[state].place, Place::Input(_)) {
                    self.assemble(arena, state, image);
                } else {
                    self.copy_input(state, image);
                }
                arena.rewind(mark);
                self.read_state(arena, state, image);
            }
            Step::Stage(operation) => {
                let plan = &self.context.plan.operations[operation];
                let shape = PlaneShape { shape: plan.input, relu: plan.relu, border: plan.border, kernels: plan.kernels };
                let plane = self.context.plane(arena, plan.source, image, &shape);
                self.operation(arena, operation, image, plane);
            }
        }
        arena.rewind(mark);
    }

    /// An input that is itself part of the output.
    fn copy_input(&self, state: usize, image: usize) {
        let plan = self.context.plan;
        let shape = plan.states[state].shape;
        let view = self.context.state(state, image);
        for &offset in &plan.states[state].output {
            for pixel in 0..pixels(shape) {
                // SAFETY: the pixel lies in the state and its slice of the output.
                unsafe {
                    let to = self.output_slice(image, offset).add(pixel * plan.output.channels);
                    std::ptr::copy_nonoverlapping(view.pointer.add(pixel * view.step), to, shape.channels);
                }
            }
        }
    }

    fn output_slice(&self, image: usize, offset: usize) -> *mut f32 {
        // SAFETY: the slice starts inside the image.
        unsafe { self.output.add(image * length(self.context.plan.output) + offset) }
    }

    /// Sums a state's terms.
    fn assemble(&self, arena: &mut Arena, state: usize, image: usize) {
        let context = &self.context;
        let plan = context.plan;
        let own = &plan.states[state];
        let channels = own.shape.channels;
        let constant = zeros(arena, padded(channels));
        // SAFETY: just taken with this length.
        let constants = unsafe { std::slice::from_raw_parts_mut(constant, padded(channels)) };
        let mut terms: Vec<AssembleTerm> = Vec::with_capacity(own.terms.len());
        for term in own.terms.iter().map(|&t| &plan.terms[t]) {
            let coefficient = context.coefficient(image, term.mix);
            let view = match term.value {
                Value::Zero | Value::Shuffle { .. } => continue,
                Value::Bare => {
                    constants[..channels].iter_mut().for_each(|c| *c += coefficient);
                    continue;
                }
                Value::Identity(from) => context.state(from, image),
                Value::Pooling(p) => context.pooled(arena, p, image),
                Value::Operation(o) => View { pointer: context.operation_output(o, image), step: channels },
            };
            let factor = context.affine(arena, term.norm, channels, coefficient, constants);
            terms.push(AssembleTerm { source: view.pointer, step: view.step, factor });
        }
        let out = self.own_image(state, image);
        let assemble = |copy: *mut f32| Assemble {
            terms: terms.as_ptr(),
            term_count: terms.len(),
            constant,
            pixels: pixels(own.shape),
            channels,
            out,
            out_step: channels,
            copy,
            copy_step: plan.output.channels,
            accumulate: false,
        };
        let shuffles = own.terms.iter().any(|&t| matches!(plan.terms[t].value, Value::Shuffle { .. }));
        let direct = if shuffles { None } else { own.output.first() };
        let call = assemble(direct.map_or(null_mut(), |&offset| self.output_slice(image, offset)));
        // SAFETY: terms, constants and outputs were made for this shape.
        span(Kind::Assemble, || unsafe { (for_channels(channels).assemble)(&call) });
        if shuffles {
            span(Kind::Shuffle, || self.shuffle(arena, state, image));
        }
        for &offset in own.output.iter().skip(usize::from(direct.is_some())) {
            for pixel in 0..pixels(own.shape) {
                // SAFETY: the pixel lies in the state and its slice of the output.
                unsafe {
                    let to = self.output_slice(image, offset).add(pixel * plan.output.channels);
                    std::ptr::copy_nonoverlapping(out.add(pixel * channels), to, channels);
                }
            }
        }
    }

    /// Where a node's image is written.
    fn own_image(&self, state: usize, image: usize) -> *mut f32 {
        let base = match self.context.plan.states[state].place {
            Place::Kept(offset) => self.context.kept.wrapping_add(offset),
            Place::Work(offset) => self.work.wrapping_add(offset),
            Place::Input(_) => unreachable!("inputs are not written"),
        };
        base.wrapping_add(image * self.context.plan.state_length(state))
    }

    /// Adds the partial connections: `out[c · keep + g] += in[g · active + c]`, the first group from the branches.
    fn shuffle(&self, arena: &mut Arena, state: usize, image: usize) {
        let plan = self.context.plan;
        let own = &plan.states[state];
        let out = self.own_image(state, image);
        for term in own.terms.iter().map(|&t| &plan.terms[t]) {
            let Value::Shuffle { branches, bypass, keep, stride } = term.value else { continue };
            let coefficient = self.context.coefficient(image, term.mix);
            let active = own.shape.channels / keep;
            let mark = arena.mark();
            let source = bypass_view(&self.context, arena, bypass, active, stride, image);
            let active_image = self.own_image(branches, image);
            for pixel in 0..pixels(own.shape) {
                // SAFETY: pixels and channels stay inside the three images.
                unsafe {
                    let to = out.add(pixel * own.shape.channels);
                    let kept = active_image.add(pixel * active);
                    let passed = source.pointer.add(pixel * source.step);
                    for c in 0..active {
                        *to.add(c * keep) += *kept.add(c);
                        for g in 1..keep {
                            *to.add(c * keep + g) += coefficient * *passed.add(g * active + c);
                        }
                    }
                }
            }
            arena.rewind(mark);
        }
    }

    /// Everything that reads a state and needs no other: first stages, and the moments of poolings.
    fn read_state(&self, arena: &mut Arena, state: usize, image: usize) {
        let context = &self.context;
        let plan = context.plan;
        let own = &plan.states[state];
        for group in &own.groups {
            let mark = arena.mark();
            let input = super::schedule::StateShape { channels: group.channels, ..own.shape };
            let shape = PlaneShape { shape: input, relu: group.relu, border: group.border, kernels: group.kernels };
            let plane = context.plane(arena, Source::State(state), image, &shape);
            for &operation in &group.operations {
                let inner = arena.mark();
                self.operation(arena, operation, image, plane);
                arena.rewind(inner);
            }
            arena.rewind(mark);
        }
        for &pooling in &own.poolings {
            let pool = &plan.poolings[pooling];
            if !context.train || pool.terms.iter().all(|&t| plan.terms[t].norm.is_none()) {
                continue;
            }
            let mark = arena.mark();
            let view = context.pooled(arena, pooling, image);
            self.moments(arena, view, pool.pixels(), pool.channels, pool.moments, image);
            arena.rewind(mark);
        }
    }

    /// Depthwise, dense convolution and moments of one operation on its plane.
    fn operation(&self, arena: &mut Arena, number: usize, image: usize, plane: Plane) {
        let context = &self.context;
        let operation = &context.plan.operations[number];
        let out = context.operation_output(number, image);
        let middle = match &operation.depthwise {
            None => plane,
            Some(_) => depthwise_plane(arena, operation, plane, self.work.wrapping_add(operation.at.depthwise)),
        };
        match &operation.convolution {
            Some(convolution) => {
                let taps = taps(convolution, &middle);
                let pointwise = convolution.is_pointwise() && middle.border == 0;
                let (rows, width) =
                    if pointwise { (1, pixels(operation.output)) } else { (operation.output.height, operation.output.width) };
                let call = Multiply {
                    a: middle.at(convolution.padding),
                    a_row: middle.row * convolution.stride,
                    a_step: middle.pitch * convolution.stride,
                    taps: taps.as_ptr(),
                    tap_count: taps.len(),
                    inner: operation.middle.channels,
                    b: self.work.wrapping_add(operation.at.convolution),
                    b_pitch: operation.output_pitch(),
                    out,
                    out_row: operation.output.width * operation.output.channels,
                    out_step: operation.output.channels,
                    columns: operation.output.channels,
                    rows,
                    width,
                    accumulate: false,
                };
                // SAFETY: the plane has the border the taps need; output and kernel have the plan's lengths.
                span(Kind::Convolution, || unsafe { (operation.kernels.multiply)(&call) });
            }
            None => store(operation, &middle, out),
        }
        if context.train && operation.norm.is_some() {
            let view = View { pointer: out, step: operation.output.channels };
            self.moments(arena, view, pixels(operation.output), operation.output.channels, operation.at.moments, image);
        }
    }

    /// Mean and squared deviation of one image, per channel, shifted by the first pixels' mean against cancellation.
    fn moments(&self, arena: &mut Arena, view: View, pixels: usize, channels: usize, place: usize, image: usize) {
        let padded = padded(channels);
        let shift = zeros(arena, padded);
        let sums = zeros(arena, 4 * padded).cast::<f64>();
        let sample = pixels.min(16);
        // SAFETY: vectors were taken with these lengths; the place is `[batch][2][padded]` float64.
        span(Kind::Moments, || unsafe {
            for pixel in 0..sample {
                for c in 0..channels {
                    *shift.add(c) += *view.pointer.add(pixel * view.step + c) / sample as f32;
                }
            }
            let call = Moments { z: view.pointer, step: view.step, pixels, channels, shift, sums, pitch: padded };
            (for_channels(channels).moments)(&call);
            let out = self.work.add(place).cast::<f64>().add(image * 2 * padded);
            for c in 0..channels {
                let (sum, square) = (*sums.add(c), *sums.add(padded + c));
                *out.add(c) = f64::from(*shift.add(c)) + sum / pixels as f64;
                *out.add(padded + c) = (square - sum * sum / pixels as f64).max(0.0);
            }
        });
    }
}

/// Offsets of a convolution's taps on a plane.
pub fn taps(convolution: &Convolution, plane: &Plane) -> Vec<usize> {
    convolution.taps.iter().map(|&(y, x)| y * plane.row + x * plane.pitch).collect()
}

/// Runs the depthwise convolution of an operation onto a fresh plane.
pub fn depthwise_plane(arena: &mut Arena, operation: &Operation, plane: Plane, weights: *const f32) -> Plane {
    let Some(depthwise) = &operation.depthwise else { return plane };
    let shape = operation.middle;
    let middle = Plane::new(arena, shape.height, shape.width, operation.middle_border(), plane.pitch);
    middle.clear_border(shape.height, shape.width);
    let call = DepthwiseKernel {
        size: depthwise.size,
        dilation: depthwise.dilation,
        stride: depthwise.stride,
        input: plane.at(depthwise.padding),
        input_row: plane.row,
        weights,
        out: middle.inside(),
        out_row: middle.row,
        rows: shape.height,
        width: shape.width,
        channels: plane.pitch,
        accumulate: false,
    };
    // SAFETY: the plane's border covers the taps; the new plane was made for the result.
    span(Kind::Depthwise, || unsafe { (operation.kernels.depthwise)(&call) });
    middle
}

/// A plane's inside as the operation's output.
fn store(operation: &Operation, plane: &Plane, out: *mut f32) {
    let call = crate::kernels::elementwise::StorePlane {
        plane: plane.inside(),
        row: plane.row,
        pitch: plane.pitch,
        mask: std::ptr::null(),
        mask_row: 0,
        height: operation.output.height,
        width: operation.output.width,
        channels: operation.output.channels,
        out,
        out_step: operation.output.channels,
        accumulate: false,
    };
    // SAFETY: plane and output have the operation's shape.
    span(Kind::Convolution, || unsafe { (operation.kernels.store_plane)(&call) });
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
