//! A plan's two calls: regions of parallel work over image groups, and the serial part between
//! them.

use super::arena;
use super::backward::Backward;
use super::context::Context;
use super::forward::Forward;
use super::norm;
use super::pack;
use super::plan::*;
use super::trace::{Kind, span};
use crate::memory::Buffer;
use crate::simd::fence;
use crate::threads;
use std::collections::BTreeMap;
use std::ptr::{null, null_mut};

/// What a call reads. Lengths are checked by [`Plan::check`].
#[derive(Clone, Copy)]
pub struct Operands<'a> {
    pub inputs: &'a [&'a [f32]],
    pub weights: &'a [f32],
    /// `[mix]`, or `[batch, mix]` per image.
    pub mix: &'a [f32],
    pub mix_per_image: bool,
}

/// Batch statistics, reported when asked for, or given ones.
pub enum Statistics<'a> {
    Batch(Option<&'a mut [f32]>),
    Running(&'a [f32]),
}

/// What a forward call leaves for backward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    Nothing,
    /// Every value that backward reads.
    Activations,
    /// Statistics of norms only: backward runs forward again from the inputs, to the same bits.
    Inputs,
}

/// What backward needs of a forward call: all of the kept memory, or only the norms' part at its
/// beginning.
pub struct Activations {
    memory: Buffer,
    keep: Keep,
    train: bool,
    mix_per_image: bool,
}

impl Activations {
    pub fn bytes(&self) -> usize {
        crate::memory::buffer_bytes(self.memory.len())
    }

    pub fn mix_per_image(&self) -> bool {
        self.mix_per_image
    }
}

/// The gradients asked for; each is overwritten.
pub struct Gradients<'a> {
    pub inputs: Vec<Option<&'a mut [f32]>>,
    pub weights: Option<&'a mut [f32]>,
    pub mix: Option<&'a mut [f32]>,
}

fn expect(name: &str, found: usize, wanted: usize) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{name}: found {found} values, wanted {wanted}")) }
}

impl Plan {
    fn check(&self, operands: &Operands) -> Result<(), String> {
        if operands.inputs.len() != self.inputs {
            return Err(format!("inputs: found {} arrays, wanted {}", operands.inputs.len(), self.inputs));
        }
        for (i, input) in operands.inputs.iter().enumerate() {
            expect(&format!("inputs[{i}]"), input.len(), self.batch * self.state_length(i))?;
        }
        expect("weights", operands.weights.len(), self.weight_count)?;
        let images = if operands.mix_per_image { self.batch } else { 1 };
        expect("mix", operands.mix.len(), images * self.mix_count)
    }

    pub fn output_length(&self) -> usize {
        self.batch * length(self.output)
    }

    /// Float32 values of scratch that a forward call takes.
    pub fn forward_scratch(&self, keep: Keep) -> usize {
        let transient = if keep == Keep::Activations { 0 } else { self.kept_length };
        transient + self.forward_work
    }

    /// Float32 values of scratch that a backward call takes.
    pub fn backward_scratch(&self, keep: Keep) -> usize {
        match keep {
            Keep::Inputs => self.kept_length + self.forward_work.max(self.backward_work),
            Keep::Nothing | Keep::Activations => self.backward_work,
        }
    }

    /// Runs the cell; the result is what `keep` asks for.
    ///
    /// # Errors
    /// When a length does not fit.
    pub fn forward(
        &self,
        operands: Operands,
        statistics: Statistics,
        keep: Keep,
        output: &mut [f32],
    ) -> Result<Option<Activations>, String> {
        self.check(&operands)?;
        expect("output", output.len(), self.output_length())?;
        let (train, running, report) = match statistics {
            Statistics::Batch(None) => (true, null(), null_mut()),
            Statistics::Batch(Some(bank)) => {
                expect("statistics", bank.len(), self.statistic_count)?;
                (true, null(), bank.as_mut_ptr())
            }
            Statistics::Running(bank) => {
                expect("running", bank.len(), self.statistic_count)?;
                (false, bank.as_ptr(), null_mut())
            }
        };
        let memory = match keep {
            Keep::Nothing => None,
            Keep::Activations => Some(Buffer::new(self.kept_length)),
            Keep::Inputs => Some(Buffer::new(self.norms_length)),
        };
        // Behind what stays, so that it leaves no hole.
        let scratch = Buffer::new(self.forward_scratch(keep));
        let (kept, work) = match (&memory, keep) {
            (Some(memory), Keep::Activations) => (memory.pointer(), scratch.pointer()),
            _ => (scratch.pointer(), scratch.pointer().wrapping_add(self.kept_length)),
        };
        let inputs: Vec<*const f32> = operands.inputs.iter().map(|input| input.as_ptr()).collect();
        let forward = Forward {
            context: self.context(&operands, &inputs, train, kept, output.as_mut_ptr()),
            work,
            output_known: false,
            gather_moments: train,
        };
        if !train {
            for n in 0..self.norms.len() {
                // SAFETY: the running bank has the plan's length.
                unsafe { norm::from_running(&forward.context, n, running) };
            }
        }
        self.run_forward(&forward, report);
        if let (Some(memory), Keep::Inputs) = (&memory, keep) {
            // SAFETY: both begin with the norms.
            unsafe { std::ptr::copy_nonoverlapping(kept, memory.pointer(), self.norms_length) };
        }
        Ok(memory.map(|memory| Activations { memory, keep, train, mix_per_image: operands.mix_per_image }))
    }

    /// The regions of a forward call, and the statistics between them.
    fn run_forward(&self, forward: &Forward, report: *mut f32) {
        // SAFETY: the bank and the packed kernels have the plan's lengths; each task packs its own
        // operation.
        threads::run(self.operations.len(), |o, _| unsafe {
            let operation = &self.operations[o];
            pack::depthwise(operation, forward.context.weights, forward.work.add(operation.at.depthwise), false);
            pack::convolution(operation, forward.context.weights, forward.work.add(operation.at.convolution));
        });
        let known = std::slice::from_ref(&self.forward_known);
        for region in if forward.gather_moments { self.forward.as_slice() } else { known } {
            threads::run(self.image_groups, |group, _| {
                arena::with(|arena| {
                    for image in self.images(group) {
                        region.iter().for_each(|&step| forward.step(arena, step, image));
                    }
                });
                fence();
            });
            if forward.gather_moments {
                span(Kind::Serial, || self.complete_norms(forward, region, report));
            }
        }
    }

    fn context<'a>(
        &'a self,
        operands: &Operands,
        inputs: &'a [*const f32],
        train: bool,
        kept: *mut f32,
        output: *mut f32,
    ) -> Context<'a> {
        Context {
            plan: self,
            inputs,
            weights: operands.weights.as_ptr(),
            mix: operands.mix.as_ptr(),
            mix_per_image: operands.mix_per_image,
            train,
            kept,
            output,
        }
    }

    /// The norms whose moments a region has gathered.
    fn complete_norms(&self, forward: &Forward, region: &[Step], report: *mut f32) {
        let mut norms: Vec<(usize, usize)> = Vec::new();
        for operation in self.region_operations(region) {
            let operation = &self.operations[operation];
            norms.extend(operation.norm.map(|n| (n, operation.at.moments)));
        }
        for step in region {
            if let Step::State(s) = step {
                for pool in self.states[*s].poolings.iter().map(|&p| &self.poolings[p]) {
                    norms.extend(pool.terms.iter().filter_map(|&t| self.terms[t].norm).map(|n| (n, pool.moments)));
                }
            }
        }
        let report = Shared(report);
        // SAFETY: moments are complete; each task writes the vectors and the bank entries of its
        // own norm.
        threads::run(norms.len(), |i, _| unsafe {
            let (norm, moments) = norms[i];
            norm::complete(&forward.context, norm, forward.work.add(moments).cast::<f64>(), report.get());
        });
    }

    /// The operations that a region runs.
    fn region_operations(&self, region: &[Step]) -> Vec<usize> {
        let mut operations = Vec::new();
        for step in region {
            match step {
                Step::State(s) => operations.extend(self.states[*s].groups.iter().flat_map(|group| &group.operations)),
                Step::Stage(o) => operations.push(*o),
            }
        }
        operations
    }

    /// Gradients of the forward call that made `activations` and `output`.
    ///
    /// # Errors
    /// When a length does not fit.
    pub fn backward(
        &self,
        activations: &Activations,
        operands: Operands,
        output: &[f32],
        d_output: &[f32],
        mut gradients: Gradients,
    ) -> Result<(), String> {
        self.check(&operands)?;
        expect("output", output.len(), self.output_length())?;
        expect("dOutput", d_output.len(), self.output_length())?;
        if operands.mix_per_image != activations.mix_per_image {
            return Err("mix: per image in one call and not in the other".into());
        }
        let wanted = if activations.keep == Keep::Inputs { self.norms_length } else { self.kept_length };
        expect("saved", activations.memory.len(), wanted)?;
        if gradients.inputs.len() != self.inputs {
            return Err(format!("dInputs: found {} arrays, wanted {}", gradients.inputs.len(), self.inputs));
        }
        for (i, gradient) in gradients.inputs.iter().enumerate() {
            if let Some(gradient) = gradient {
                expect(&format!("dInputs[{i}]"), gradient.len(), self.batch * self.state_length(i))?;
            }
        }
        if let Some(bank) = &mut gradients.weights {
            expect("dWeights", bank.len(), self.weight_count)?;
            bank.fill(0.0);
        }
        if let Some(mix) = &gradients.mix {
            expect("dMix", mix.len(), operands.mix.len())?;
        }
        // Only read: a known output is not written again.
        let output = output.as_ptr().cast_mut();
        let scratch = Buffer::new(self.backward_scratch(activations.keep));
        let inputs: Vec<*const f32> = operands.inputs.iter().map(|input| input.as_ptr()).collect();
        let (kept, work) = match activations.keep {
            Keep::Inputs => (scratch.pointer(), scratch.pointer().wrapping_add(self.kept_length)),
            Keep::Nothing | Keep::Activations => (activations.memory.pointer(), scratch.pointer()),
        };
        if activations.keep == Keep::Inputs {
            // SAFETY: both begin with the norms.
            unsafe { std::ptr::copy_nonoverlapping(activations.memory.pointer(), kept, self.norms_length) };
            let context = self.context(&operands, &inputs, activations.train, kept, output);
            self.run_forward(&Forward { context, work, output_known: true, gather_moments: false }, null_mut());
        }
        let d_inputs: Vec<*mut f32> =
            gradients.inputs.iter_mut().map(|gradient| gradient.as_mut().map_or(null_mut(), |g| g.as_mut_ptr())).collect();
        let backward = Backward {
            context: self.context(&operands, &inputs, activations.train, kept, output),
            work,
            d_output: d_output.as_ptr(),
            d_inputs: &d_inputs,
            want_weights: gradients.weights.is_some(),
            want_mix: gradients.mix.is_some(),
        };
        let bank = Shared(gradients.weights.as_mut().map_or(null_mut(), |bank| bank.as_mut_ptr()));
        let mut d_mix = vec![0f64; if backward.want_mix { operands.mix.len() } else { 0 }];
        // SAFETY: the bank and the packed kernels have the plan's lengths; each task packs its own
        // operation.
        threads::run(self.operations.len(), |o, _| unsafe {
            let backward = &backward;
            let operation = &self.operations[o];
            pack::depthwise(operation, backward.context.weights, backward.work.add(operation.at.depthwise_again), false);
            pack::depthwise(operation, backward.context.weights, backward.work.add(operation.at.flipped), true);
            pack::transposed(operation, backward.context.weights, backward.work.add(operation.at.transposed));
        });
        for region in &self.backward {
            threads::run(self.image_groups, |group, _| {
                arena::with(|arena| {
                    for image in self.images(group) {
                        region.iter().for_each(|&step| backward.step(arena, step, image));
                    }
                });
            });
            span(Kind::Serial, || self.complete_region(&backward, region, bank, &mut d_mix));
        }
        if let Some(mix) = gradients.mix {
            for (to, from) in mix.iter_mut().zip(d_mix) {
                *to = from as f32;
            }
        }
        Ok(())
    }

    /// Between backward regions: gradients of mix, scale and shift; the factors of input gradients;
    /// kernel gradients.
    fn complete_region(&self, backward: &Backward, region: &[Step], bank: Shared<f32>, d_mix: &mut [f64]) {
        for &step in region {
            match step {
                Step::State(s) => {
                    for &t in &self.states[s].terms {
                        self.complete_term(backward, t, bank, d_mix);
                    }
                }
                Step::Stage(o) => {
                    if let Source::Operation(before) = self.operations[o].source
                        && let Some(norm) = self.operations[before].norm
                    {
                        let padded = self.norms[norm].padded();
                        let sum = |offset: usize| {
                            // SAFETY: `[batch][2][padded]` sums of this stage are complete.
                            (0..self.batch).map(|image| unsafe { *backward.stage_sums(before, image).add(offset) }).sum::<f64>()
                        };
                        let sums = norm::GradientSums { plain: &|c| sum(c), product: &|c| sum(padded + c) };
                        // SAFETY: the factors have room; the bank has the plan's length.
                        unsafe { norm::complete_gradient(&backward.context, norm, &sums, backward.factors(norm), bank.get()) };
                    }
                }
            }
        }
        if backward.want_weights {
            // Those that share weights one after the other.
            let mut sharing: BTreeMap<usize, Vec<&Operation>> = BTreeMap::new();
            for operation in self.region_operations(region).into_iter().map(|o| &self.operations[o]) {
                sharing.entry(operation.sharing).or_default().push(operation);
            }
            let sharing: Vec<Vec<&Operation>> = sharing.into_values().collect();
            // SAFETY: slots are complete; no other task writes these operations' kernels.
            threads::run(sharing.len(), |i, _| unsafe {
                for operation in &sharing[i] {
                    pack::collect(operation, backward.work_at(operation.at.slots), self.image_groups, bank.get());
                }
            });
        }
    }

    fn complete_term(&self, backward: &Backward, t: usize, bank: Shared<f32>, d_mix: &mut [f64]) {
        let term = &self.terms[t];
        let channels = self.states[term.target].shape.channels;
        let context = &backward.context;
        // SAFETY: the sums of the target's region are complete, for every image and channel.
        let plain = |image: usize, c: usize| unsafe { *backward.state_sums(term.target, image).add(c) };
        // SAFETY: as above.
        let product = |image: usize, c: usize| unsafe { *backward.term_sums(t, image).add(c) };
        if let Some(norm) = term.norm {
            let weighted = |part: &dyn Fn(usize, usize) -> f64, c: usize| {
                (0..self.batch).map(|image| f64::from(context.coefficient(image, term.mix)) * part(image, c)).sum::<f64>()
            };
            let sums = norm::GradientSums { plain: &|c| weighted(&plain, c), product: &|c| weighted(&product, c) };
            // SAFETY: the factors have room; the bank has the plan's length.
            unsafe { norm::complete_gradient(context, norm, &sums, backward.factors(norm), bank.get()) };
        }
        let Some(mix) = term.mix.filter(|_| backward.want_mix) else { return };
        for image in 0..self.batch {
            let total: f64 = match (term.value, term.norm) {
                (Value::Zero, _) => 0.0,
                (Value::Bare, _) => (0..channels).map(|c| plain(image, c)).sum(),
                (_, None) => (0..channels).map(|c| product(image, c)).sum(),
                (_, Some(norm)) => (0..channels)
                    .map(|c| {
                        // SAFETY: the norm has this many channels.
                        let deviation = unsafe { *context.deviation(norm).add(c) };
                        f64::from(context.scale(norm, c) * deviation) * product(image, c)
                            + f64::from(context.shift(norm, c)) * plain(image, c)
                    })
                    .sum(),
            };
            d_mix[if context.mix_per_image { image * self.mix_count } else { 0 } + mix] += total;
        }
    }
}

/// A bank that tasks write disjoint parts of.
#[derive(Clone, Copy)]
struct Shared<T>(*mut T);
// SAFETY: users write disjoint parts; see each use.
unsafe impl<T> Sync for Shared<T> {}

impl<T> Shared<T> {
    fn get(&self) -> *mut T {
        self.0
    }
}
