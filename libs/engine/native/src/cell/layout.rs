//! The order of work and the place of everything in memory.
//!
//! A norm's output can be used only when all images have passed it, so each use lies at least one
//! region later. Forward, a state is summed in the first region where all its terms are known, and
//! everything that reads it starts in that region. Backward mirrors it: a state's gradient is
//! gathered when the gradients of all its readers' norms are known.

use super::plan::*;
use super::precision::Precision;

/// Image groups: enough for the threads of a large machine, few enough that partial kernel
/// gradients stay small.
const IMAGE_GROUPS: usize = 32;

/// Lanes of the longest vector.
const MOST_LANES: usize = 16;

/// Values that can be counted in bytes.
const MOST_VALUES: usize = isize::MAX as usize / size_of::<f64>();

/// # Errors
/// When the cell needs more than memory can hold.
pub fn arrange(mut plan: Plan) -> Result<Plan, String> {
    plan.image_groups = plan.batch.min(IMAGE_GROUPS);
    choose_flat(&mut plan);
    choose_output(&mut plan);
    let order = order(&plan);
    plan.forward = forward_regions(&plan, &order);
    plan.backward = backward_regions(&plan, &order);
    plan.forward_known = order;
    place_kept(&mut plan);
    place_forward_work(&mut plan);
    place_backward_work(&mut plan);
    let total = plan.kept_length.saturating_add(plan.forward_work).saturating_add(plan.backward_work);
    if total > MOST_VALUES {
        return Err(format!("batch: {} images of this cell need more than memory can hold", plan.batch));
    }
    Ok(plan)
}

/// Operations that share a plane agree on how it lies in memory.
fn choose_flat(plan: &mut Plan) {
    let serves = |operations: &[Operation], members: &[usize]| {
        members.iter().all(|&o| operations[o].can_be_flat()) && members.iter().any(|&o| operations[o].gains_from_flat())
    };
    for state in &mut plan.states {
        for group in &mut state.groups {
            group.flat = group.channels == state.shape.channels && serves(&plan.operations, &group.operations);
            group.operations.iter().for_each(|&o| plan.operations[o].flat = group.flat);
        }
    }
    for o in 0..plan.operations.len() {
        if matches!(plan.operations[o].source, Source::Operation(_)) {
            plan.operations[o].flat = serves(&plan.operations, &[o]);
        }
    }
}

/// Nodes that stand once in the output stay there, unless someone wants their pixels side by side:
/// flat planes, and the shuffle.
fn choose_output(plan: &mut Plan) {
    for state in &mut plan.states {
        let shuffled = state.terms.iter().any(|&t| matches!(plan.terms[t].value, Value::Shuffle { .. }));
        let flat = state.groups.iter().any(|group| group.flat);
        if let ([offset], Place::Kept(_)) = (state.output.as_slice(), state.place)
            && !shuffled
            && !flat
        {
            state.place = Place::Output(*offset);
        }
    }
}

/// Every state, each followed by the later stages of the chains that start there: an order that
/// respects all dependencies.
fn order(plan: &Plan) -> Vec<Step> {
    let mut order = Vec::new();
    for (s, state) in plan.states.iter().enumerate() {
        order.push(Step::State(s));
        for &first in state.groups.iter().flat_map(|group| &group.operations) {
            let mut operation = first;
            while let Consumer::Operation(next) = plan.operations[operation].consumer {
                order.push(Step::Stage(next));
                operation = next;
            }
        }
    }
    order
}

fn collect(levels: impl Iterator<Item = (usize, Step)>) -> Vec<Vec<Step>> {
    let mut regions: Vec<Vec<Step>> = Vec::new();
    for (level, step) in levels {
        if regions.len() <= level {
            regions.resize(level + 1, Vec::new());
        }
        regions[level].push(step);
    }
    regions
}

fn forward_regions(plan: &Plan, order: &[Step]) -> Vec<Vec<Step>> {
    let mut state_level = vec![0; plan.states.len()];
    let mut ready = vec![0; plan.operations.len()];
    let barrier = |norm: Option<usize>| usize::from(norm.is_some());
    let levels: Vec<(usize, Step)> = order
        .iter()
        .map(|&step| match step {
            Step::State(s) => {
                let level = plan.states[s].terms.iter().map(|&t| &plan.terms[t]).map(|term| match term.value {
                    Value::Zero | Value::Bare => 0,
                    Value::Identity(from) => state_level[from],
                    Value::Pooling(p) => state_level[plan.poolings[p].state] + barrier(term.norm),
                    Value::Operation(o) => ready[o],
                    Value::Shuffle { branches, bypass, .. } => state_level[branches].max(state_level[bypass]),
                });
                state_level[s] = level.max().unwrap_or(0);
                for &o in plan.states[s].groups.iter().flat_map(|group| &group.operations) {
                    ready[o] = state_level[s] + barrier(plan.operations[o].norm);
                }
                (state_level[s], step)
            }
            Step::Stage(o) => {
                let level = match plan.operations[o].source {
                    Source::State(s) => state_level[s],
                    Source::Operation(before) => ready[before],
                };
                ready[o] = level + barrier(plan.operations[o].norm);
                (level, step)
            }
        })
        .collect();
    collect(levels.into_iter())
}

fn backward_regions(plan: &Plan, order: &[Step]) -> Vec<Vec<Step>> {
    let mut state_level = vec![0; plan.states.len()];
    let mut stage_level = vec![0; plan.operations.len()];
    let levels: Vec<(usize, Step)> = order
        .iter()
        .rev()
        .map(|&step| {
            let of_term = |t: usize| state_level[plan.terms[t].target] + usize::from(plan.terms[t].norm.is_some());
            let of_operation = |o: usize| match plan.operations[o].consumer {
                Consumer::Operation(next) => stage_level[next] + usize::from(plan.operations[o].norm.is_some()),
                Consumer::Term(term) => of_term(term),
            };
            let level = match step {
                Step::Stage(o) => of_operation(o),
                Step::State(s) => {
                    let state = &plan.states[s];
                    let operations = state.groups.iter().flat_map(|group| &group.operations).map(|&o| of_operation(o));
                    let pooled = state.poolings.iter().flat_map(|&p| &plan.poolings[p].terms).map(|&t| of_term(t));
                    let read = state.readers.iter().map(|&t| of_term(t));
                    operations.chain(pooled).chain(read).max().unwrap_or(0)
                }
            };
            match step {
                Step::Stage(o) => stage_level[o] = level,
                Step::State(s) => state_level[s] = level,
            }
            (level, step)
        })
        .collect();
    collect(levels.into_iter())
}

/// Hands out aligned offsets.
#[derive(Default)]
struct Space {
    used: usize,
}

impl Space {
    fn take(&mut self, length: usize) -> usize {
        let offset = self.used;
        self.used = self.used.saturating_add(length.checked_next_multiple_of(16).unwrap_or(usize::MAX));
        offset
    }

    /// Room for float64 values.
    fn take_doubles(&mut self, length: usize) -> usize {
        self.take(length.saturating_mul(2))
    }
}

fn place_kept(plan: &mut Plan) {
    let mut space = Space::default();
    for norm in &mut plan.norms {
        norm.kept = space.take(2 * padded(norm.channels));
    }
    plan.norms_length = space.used;
    for operation in &mut plan.operations {
        operation.at.kept = space.take(plan.precision.room(plan.batch.saturating_mul(length(operation.output))));
    }
    for state in &mut plan.states {
        if matches!(state.place, Place::Kept(_)) {
            state.place = Place::Kept(space.take(plan.precision.room(plan.batch.saturating_mul(length(state.shape)))));
        }
    }
    // Vectors of bfloat16 values are read whole, beyond the last ones too.
    if plan.precision == Precision::Bf16 {
        space.take(MOST_LANES);
    }
    plan.kept_length = space.used;
}

fn place_forward_work(plan: &mut Plan) {
    let mut space = Space::default();
    for state in &mut plan.states {
        if matches!(state.place, Place::Work(_)) {
            state.place = Place::Work(space.take(plan.batch.saturating_mul(length(state.shape))));
        }
    }
    for operation in &mut plan.operations {
        let (depthwise, convolution) = operation.packed_lengths();
        operation.at.depthwise = space.take(depthwise);
        operation.at.convolution = space.take(convolution);
        operation.at.moments = space.take_doubles(plan.batch.saturating_mul(2 * padded(operation.output.channels)));
    }
    for pooling in &mut plan.poolings {
        pooling.moments = space.take_doubles(plan.batch.saturating_mul(2 * padded(pooling.channels)));
    }
    plan.forward_work = space.used;
}

fn place_backward_work(plan: &mut Plan) {
    let mut space = Space::default();
    for state in &mut plan.states {
        if !matches!(state.place, Place::Input(_)) {
            state.gradient = space.take(plan.batch.saturating_mul(length(state.shape)));
        }
        state.sums = space.take_doubles(plan.batch.saturating_mul(padded(state.shape.channels)));
    }
    for term in &mut plan.terms {
        term.sums = space.take_doubles(plan.batch.saturating_mul(padded(plan.states[term.target].shape.channels)));
    }
    for norm in &mut plan.norms {
        norm.gradient = space.take(3 * padded(norm.channels));
    }
    for operation in &mut plan.operations {
        let (depthwise, convolution) = operation.packed_lengths();
        operation.at.depthwise_again = space.take(depthwise);
        operation.at.flipped = space.take(depthwise);
        let taps = operation.convolution.as_ref().map_or(0, |c| c.taps.len());
        operation.at.transposed =
            space.take(taps.saturating_mul(operation.output.channels).saturating_mul(operation.middle_pitch()));
        if matches!(operation.consumer, Consumer::Operation(_)) {
            operation.at.gradient = space.take(plan.batch.saturating_mul(length(operation.output)));
            operation.at.sums = space.take_doubles(plan.batch.saturating_mul(2 * padded(operation.output.channels)));
        }
        operation.at.slots = space.take(plan.image_groups.saturating_mul(depthwise.saturating_add(convolution)));
    }
    plan.backward_work = space.used;
}
