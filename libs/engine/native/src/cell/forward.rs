//! The forward steps of one image.

use super::arena::Arena;
use super::context::{Context, Floats, Plane, PlaneShape, View, zeros};
use super::image_moments::ImageMoments;
use super::plan::*;
use super::shuffle::{Order, add_shuffled, bypass_view};
use super::trace::{Kind, span};
use crate::kernels::convolution::Multiply;
use crate::kernels::depthwise::Depthwise as DepthwiseKernel;
use crate::kernels::elementwise::{Assemble, Term as AssembleTerm};
use crate::kernels::flat::DepthwiseFlat;
use crate::kernels::reduce::{Emit, Moments};
use crate::kernels::table::{flat_kernels, for_channels};
use crate::simd::element::Values;
use std::ops::Range;
use std::ptr::null_mut;

pub struct Forward<'a> {
    pub context: Context<'a>,
    pub work: *mut f32,
    /// Whether the output is there already, and only what backward reads besides is asked for.
    pub output_known: bool,
    /// Whether the moments of the batch are gathered: not where statistics are given or known from
    /// an earlier run.
    pub gather_moments: bool,
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
                let shape = PlaneShape {
                    shape: plan.input,
                    relu: plan.relu,
                    border: plan.border,
                    rounded: plan.rounded,
                    flat: plan.flat,
                    kernels: plan.kernels,
                };
                let plane = self.context.plane(arena, plan.source, image, &shape);
                self.operation(arena, operation, image, plane);
            }
        }
        arena.rewind(mark);
    }

    /// An input that is itself part of the output.
    fn copy_input(&self, state: usize, image: usize) {
        if self.output_known {
            return;
        }
        let plan = self.context.plan;
        let shape = plan.states[state].shape;
        let view = self.context.state(state, image);
        for &offset in &plan.states[state].output {
            for pixel in 0..pixels(shape) {
                // SAFETY: the pixel lies in the state and its slice of the output.
                unsafe {
                    let to = self.output_slice(image, offset).add(pixel * plan.output.channels);
                    view.values.at(pixel * view.step).widen(shape.channels, to);
                }
            }
        }
    }

    fn output_slice(&self, image: usize, offset: usize) -> *mut f32 {
        // SAFETY: the slice starts inside the image.
        unsafe { self.context.output.add(image * length(self.context.plan.output) + offset) }
    }

    /// Sums a state's terms.
    fn assemble(&self, arena: &mut Arena, state: usize, image: usize) {
        let context = &self.context;
        let plan = context.plan;
        let own = &plan.states[state];
        let in_output = matches!(own.place, Place::Output(_));
        if in_output && self.output_known {
            return;
        }
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
                Value::Pooling(p) => context.pooled(arena, p, image).into(),
                Value::Operation(o) => View { values: context.operation_output(o, image), step: channels },
            };
            let factor = context.affine(arena, term.norm, channels, coefficient, constants);
            terms.push(AssembleTerm { source: view.values, step: view.step, factor });
        }
        let shuffles = own.terms.iter().any(|&t| matches!(plan.terms[t].value, Value::Shuffle { .. }));
        let place = self.own_image(state, image);
        // Shuffles add to sums in float32, which are rounded behind them.
        let sums = match place {
            Values::Float32(pointer) if shuffles => Some(pointer),
            _ if shuffles => Some(arena.take(length(own.shape))),
            _ => None,
        };
        let assemble = |copy: *mut f32| Assemble {
            terms: terms.as_ptr(),
            term_count: terms.len(),
            constant,
            pixels: pixels(own.shape),
            channels,
            out: sums.map_or(place, Values::Float32),
            out_step: plan.state_step(state),
            copy,
            copy_step: plan.output.channels,
            accumulate: false,
        };
        let places: &[usize] = if self.output_known || in_output { &[] } else { &own.output };
        let direct = if shuffles { None } else { places.first() };
        let call = assemble(direct.map_or(null_mut(), |&offset| self.output_slice(image, offset)));
        // SAFETY: terms, constants and outputs were made for this shape.
        span(Kind::Assemble, || unsafe { (for_channels(channels).assemble)(&call) });
        if let Some(sums) = sums {
            span(Kind::Shuffle, || self.shuffle(arena, state, image, sums));
            if !matches!(place, Values::Float32(_)) {
                // SAFETY: both hold the state's image.
                unsafe { place.take(sums, length(own.shape)) };
            }
        }
        for &offset in places.iter().skip(usize::from(direct.is_some())) {
            for pixel in 0..pixels(own.shape) {
                // SAFETY: the pixel lies in the state and its slice of the output.
                unsafe {
                    let to = self.output_slice(image, offset).add(pixel * plan.output.channels);
                    place.at(pixel * channels).widen(channels, to);
                }
            }
        }
    }

    /// Where a node's image is written.
    fn own_image(&self, state: usize, image: usize) -> Values {
        let plan = self.context.plan;
        match plan.states[state].place {
            Place::Output(offset) => plan.precision.node(self.output_slice(image, offset)),
            Place::Kept(offset) => self.context.kept_values(offset, image * plan.state_length(state)),
            Place::Work(offset) => Values::Float32(self.branches_image(offset, state, image)),
            Place::Input(_) => unreachable!("inputs are not written"),
        }
    }

    /// The sum of a partial connection's branches, before the shuffle.
    fn branches_image(&self, offset: usize, state: usize, image: usize) -> *mut f32 {
        self.work.wrapping_add(offset + image * self.context.plan.state_length(state))
    }

    /// Adds the partial connections: their channels shuffled, the first ones from the branches.
    fn shuffle(&self, arena: &mut Arena, state: usize, image: usize, out: *mut f32) {
        let plan = self.context.plan;
        let own = &plan.states[state];
        for term in own.terms.iter().map(|&t| &plan.terms[t]) {
            let Value::Shuffle { branches, bypass, keep, stride } = term.value else { continue };
            let coefficient = self.context.coefficient(image, term.mix);
            let active = own.shape.channels / keep;
            let mark = arena.mark();
            let source = bypass_view(&self.context, arena, bypass, active, stride, image);
            let Place::Work(offset) = plan.states[branches].place else { continue };
            let kept = Floats { pointer: self.branches_image(offset, branches, image), step: active };
            let order = Order::of(own.shape.channels, keep);
            // SAFETY: the three images have these pixels and channels.
            unsafe { add_shuffled(order, out, pixels(own.shape), kept, source, coefficient) };
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
            let shape = PlaneShape {
                shape: input,
                relu: group.relu,
                border: group.border,
                rounded: group.rounded,
                flat: group.flat,
                kernels: group.kernels,
            };
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
            if !self.gather_moments || pool.terms.iter().all(|&t| plan.terms[t].norm.is_none()) {
                continue;
            }
            let mark = arena.mark();
            let view = context.pooled(arena, pooling, image);
            self.pool_moments(arena, view, pool, image);
            arena.rewind(mark);
        }
    }

    /// Depthwise, dense convolution and moments of one operation on its plane, a few rows at a time
    /// so that what passes between them stays in the first cache.
    fn operation(&self, arena: &mut Arena, number: usize, image: usize, plane: Plane) {
        let operation = &self.context.plan.operations[number];
        let output = operation.output;
        let out = self.context.operation_output(number, image);
        let mut moments = (self.gather_moments && operation.norm.is_some()).then(|| ImageMoments::new(arena, output.channels));
        let rows = if operation.middle_border() > 0 { output.height } else { block_rows(operation) };
        let block = Plane::new(arena, rows, output.width, 0, operation.output_pitch());
        for start in (0..output.height).step_by(rows) {
            let rows = rows.min(output.height - start);
            let mark = arena.mark();
            let result = self.block(arena, operation, plane, block, start..start + rows);
            if let Some(moments) = &mut moments {
                moments.sample(result, rows, output.width);
            }
            let call = Emit {
                plane: result.inside(),
                row: result.row,
                pitch: result.pitch,
                rows,
                width: output.width,
                channels: output.channels,
                out: out.at(start * output.width * output.channels),
                shift: moments.as_ref().map_or(std::ptr::null(), |m| m.shift.cast_const()),
                sums: moments.as_ref().map_or(null_mut(), |m| m.sums),
                sums_pitch: padded(output.channels),
            };
            // SAFETY: the result has these rows.
            span(Kind::Emit, || unsafe { (operation.kernels.emit)(&call) });
            arena.rewind(mark);
        }
        if let Some(moments) = moments {
            moments.finish(self.work.wrapping_add(operation.at.moments).cast(), image, pixels(output));
        }
    }

    /// Some output rows of an operation, on `block` or where they already are.
    fn block(&self, arena: &mut Arena, operation: &Operation, plane: Plane, block: Plane, rows: Range<usize>) -> Plane {
        let whole = operation.middle_border() > 0;
        let middle = match &operation.depthwise {
            None => plane,
            Some(_) => {
                let weights = self.work.wrapping_add(operation.at.depthwise);
                let rows = if whole { 0..operation.middle.height } else { rows.clone() };
                depthwise_plane(arena, operation, plane, weights, rows)
            }
        };
        // A depthwise result starts with the block; everything else with the image.
        let skipped = if operation.depthwise.is_some() && !whole { 0 } else { rows.start };
        let Some(convolution) = &operation.convolution else {
            return Plane { pointer: middle.inside().wrapping_add(skipped * middle.row), border: 0, ..middle };
        };
        let taps = taps(convolution, &middle);
        let width = operation.output.width;
        let run = convolution.is_pointwise() && middle.row == width * middle.pitch;
        let call = Multiply {
            a: middle.at(convolution.padding).wrapping_add(skipped * middle.row * convolution.stride),
            a_row: middle.row * convolution.stride,
            a_step: middle.pitch * convolution.stride,
            taps: taps.as_ptr(),
            tap_count: taps.len(),
            inner: operation.middle.channels,
            b: self.work.wrapping_add(operation.at.convolution),
            b_pitch: operation.output_pitch(),
            out: block.pointer,
            out_row: block.row,
            out_step: block.pitch,
            columns: block.pitch,
            rows: if run { 1 } else { rows.len() },
            width: if run { rows.len() * width } else { width },
            accumulate: false,
        };
        // SAFETY: the plane has the border the taps need; block and kernel have the plan's lengths.
        span(Kind::Convolution, || unsafe { (operation.kernels.multiply)(&call) });
        block
    }

    /// The moments of a pooled image.
    fn pool_moments(&self, arena: &mut Arena, view: Floats, pool: &Pooling, image: usize) {
        let mut moments = ImageMoments::new(arena, pool.channels);
        let plane = Plane { pointer: view.pointer.cast_mut(), row: pool.pixels() * view.step, pitch: view.step, border: 0 };
        moments.sample(plane, 1, pool.pixels());
        let call = Moments {
            z: view.pointer,
            step: view.step,
            pixels: pool.pixels(),
            channels: pool.channels,
            shift: moments.shift,
            sums: moments.sums,
            pitch: padded(pool.channels),
        };
        // SAFETY: the view has these pixels.
        span(Kind::Moments, || unsafe { (pool.kernels.moments)(&call) });
        moments.finish(self.work.wrapping_add(pool.moments).cast(), image, pool.pixels());
    }
}

/// Output rows per block: about 16 KB.
pub fn block_rows(operation: &Operation) -> usize {
    let height = operation.output.height;
    let rows = (4096 / (operation.output.width * operation.output_pitch().max(operation.input_pitch()))).clamp(1, height);
    // Flat kernels take 7 or 8 rows at a time.
    let step = if height.is_multiple_of(7) { 7 } else { 8 };
    if operation.flat && rows < height { rows.next_multiple_of(step).min(height) } else { rows }
}

/// Offsets of a convolution's taps on a plane.
pub fn taps(convolution: &Convolution, plane: &Plane) -> Vec<usize> {
    convolution.taps.iter().map(|&(y, x)| y * plane.row + x * plane.pitch).collect()
}

/// Runs some rows of an operation's depthwise convolution onto a fresh plane.
pub fn depthwise_plane(
    arena: &mut Arena,
    operation: &Operation,
    plane: Plane,
    weights: *const f32,
    rows: Range<usize>,
) -> Plane {
    let Some(depthwise) = &operation.depthwise else { return plane };
    let width = operation.middle.width;
    let middle = plane.like(arena, rows.len(), width, operation.middle_border(), operation.flat);
    middle.clear_border(rows.len(), width);
    let input = plane.at(depthwise.padding).wrapping_add(rows.start * depthwise.stride * plane.row);
    if operation.flat {
        let call = DepthwiseFlat {
            size: depthwise.size,
            dilation: depthwise.dilation,
            channels: plane.pitch,
            input,
            input_row: plane.row,
            weights,
            tile: operation.tap_length(),
            out: middle.inside(),
            out_row: middle.row,
            rows: rows.len(),
            length: width * plane.pitch,
            accumulate: false,
            rounded: operation.rounds_operands(),
        };
        // SAFETY: as below.
        span(Kind::Depthwise, || unsafe { (flat_kernels().depthwise_flat)(&call) });
        return middle;
    }
    let call = DepthwiseKernel {
        size: depthwise.size,
        dilation: depthwise.dilation,
        stride: depthwise.stride,
        input,
        input_row: plane.row,
        weights,
        out: middle.inside(),
        out_row: middle.row,
        rows: rows.len(),
        width,
        channels: plane.pitch,
        accumulate: false,
        rounded: operation.rounds_operands(),
    };
    // SAFETY: the plane's border covers the taps; the new plane was made for the result.
    span(Kind::Depthwise, || unsafe { (operation.kernels.depthwise)(&call) });
    middle
}
