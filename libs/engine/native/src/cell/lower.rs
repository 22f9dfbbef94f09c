//! From schedule to plan.

use super::layout;
use super::plan::*;
use super::precision::Precision;
use super::schedule::*;
use super::shapes::{self, Fault};
use super::sharing;
use crate::kernels::pool::Windows;
use crate::kernels::table::for_channels;

/// Compiles a schedule for one batch size and precision.
///
/// # Errors
/// A sentence with the path of the first fault.
pub fn lower(schedule: &CellSchedule, batch: usize, precision: Precision) -> Result<Plan, Fault> {
    if batch == 0 {
        return Err("batch: found 0, allowed: 1 or more".into());
    }
    let shapes = shapes::state_shapes(schedule)?;
    let mut lowering = Lowering {
        schedule,
        states: Vec::new(),
        terms: Vec::new(),
        operations: Vec::new(),
        poolings: Vec::new(),
        norms: Vec::new(),
        batch,
        precision,
    };
    let mut numbers = Vec::with_capacity(shapes.len());
    for (i, shape) in schedule.inputs.iter().enumerate() {
        numbers.push(lowering.state(*shape, Place::Input(i)));
    }
    for (n, node) in schedule.nodes.iter().enumerate() {
        let target = lowering.node(n, node, &numbers, shapes[schedule.inputs.len() + n])?;
        numbers.push(target);
    }
    let output = lowering.output(&numbers)?;
    sharing::mark(&mut lowering.operations);
    layout::arrange(Plan {
        batch,
        precision,
        inputs: schedule.inputs.len(),
        states: lowering.states,
        terms: lowering.terms,
        operations: lowering.operations,
        poolings: lowering.poolings,
        norms: lowering.norms,
        output,
        forward: Vec::new(),
        forward_known: Vec::new(),
        backward: Vec::new(),
        weight_count: schedule.weight_count,
        statistic_count: schedule.statistic_count,
        mix_count: schedule.mix_count,
        norms_length: 0,
        kept_length: 0,
        forward_work: 0,
        backward_work: 0,
        image_groups: 0,
    })
}

struct Lowering<'a> {
    schedule: &'a CellSchedule,
    batch: usize,
    precision: Precision,
    states: Vec<State>,
    terms: Vec<Term>,
    operations: Vec<Operation>,
    poolings: Vec<Pooling>,
    norms: Vec<Norm>,
}

/// Where a branch reads and writes: `channels` may be fewer than the state has.
#[derive(Clone, Copy)]
struct Edge {
    from: usize,
    input: StateShape,
    target: usize,
}

impl Lowering<'_> {
    fn state(&mut self, shape: StateShape, place: Place) -> usize {
        self.states.push(State {
            shape,
            place,
            terms: Vec::new(),
            output: Vec::new(),
            groups: Vec::new(),
            poolings: Vec::new(),
            readers: Vec::new(),
            gradient: 0,
            sums: 0,
        });
        self.states.len() - 1
    }

    fn node(&mut self, n: usize, node: &NodeSchedule, numbers: &[usize], shape: StateShape) -> Result<usize, Fault> {
        let first = self.states.len();
        let mut shuffled = Vec::new();
        for edge in &node.edges {
            if let Some(partial) = &edge.partial {
                let channels = shape.channels / partial.keep;
                shuffled.push(self.state(StateShape { channels, ..shape }, Place::Work(0)));
            }
        }
        let target = self.state(shape, Place::Kept(0));
        let mut virtual_states = first..target;
        for (e, edge) in node.edges.iter().enumerate() {
            let path = format!("nodes[{n}].edges[{e}]");
            let from = numbers[edge.from];
            let input = shapes::edge_input(&path, edge, self.states[from].shape)?;
            let into = match &edge.partial {
                None => target,
                Some(partial) => {
                    let branches = virtual_states.next().unwrap_or(target);
                    self.mix(&format!("{path}.partial.bypassMix"), partial.bypass_mix)?;
                    let value = Value::Shuffle { branches, bypass: from, keep: partial.keep, stride: partial.stride };
                    let term = self.term(Term { value, norm: None, mix: partial.bypass_mix, target, sums: 0 });
                    self.states[branches].readers.push(term);
                    self.states[from].readers.push(term);
                    branches
                }
            };
            for (b, branch) in edge.branches.iter().enumerate() {
                self.branch(&format!("{path}.branches[{b}]"), branch, Edge { from, input, target: into })?;
            }
        }
        Ok(target)
    }

    fn branch(&mut self, path: &str, branch: &BranchSchedule, edge: Edge) -> Result<(), Fault> {
        self.mix(&format!("{path}.mix"), branch.mix)?;
        let bare_term = |value| Term { value, norm: None, mix: branch.mix, target: edge.target, sums: 0 };
        match branch.kind {
            BranchKind::Zero => {
                self.term(bare_term(Value::Zero));
            }
            BranchKind::Bare => {
                self.term(bare_term(Value::Bare));
            }
            BranchKind::Identity => {
                let term = self.term(bare_term(Value::Identity(edge.from)));
                self.states[edge.from].readers.push(term);
            }
            BranchKind::Pool => {
                let pooling = self.pooling(path, branch, edge)?;
                let shape = StateShape { channels: edge.input.channels, ..self.states[edge.target].shape };
                let norm = self.norm(&format!("{path}.norm"), branch.norm.as_ref(), shape)?;
                let term = self.term(Term { norm, ..bare_term(Value::Pooling(pooling)) });
                self.poolings[pooling].terms.push(term);
            }
            BranchKind::Chain => {
                let mut source = Source::State(edge.from);
                let mut shape = edge.input;
                for (i, stage) in branch.stages.iter().enumerate() {
                    let operation = self.stage(&format!("{path}.stages[{i}]"), stage, source, shape)?;
                    shape = self.operations[operation].output;
                    source = Source::Operation(operation);
                }
                self.last_stage(source, branch.mix, edge.target);
            }
            BranchKind::FactorizedReduce => {
                let operation = self.factorized_reduce(path, branch, edge)?;
                self.last_stage(Source::Operation(operation), branch.mix, edge.target);
            }
        }
        Ok(())
    }

    fn last_stage(&mut self, source: Source, mix: Option<usize>, target: usize) {
        if let Source::Operation(operation) = source {
            let norm = self.operations[operation].norm;
            let term = self.term(Term { value: Value::Operation(operation), norm, mix, target, sums: 0 });
            self.operations[operation].consumer = Consumer::Term(term);
        }
    }

    fn pooling(&mut self, path: &str, branch: &BranchSchedule, edge: Edge) -> Result<usize, Fault> {
        let kind = shapes::required(path, "pool", branch.pool)?;
        let size = shapes::required(path, "size", branch.size)?;
        let stride = shapes::required(path, "stride", branch.stride)?;
        let padding = shapes::required(path, "padding", branch.padding)?;
        let extent = |n: usize| (n + 2 * padding - size) / stride + 1;
        let windows = Windows {
            height: edge.input.height,
            width: edge.input.width,
            out_height: extent(edge.input.height),
            out_width: extent(edge.input.width),
            size: (size, size),
            stride: (stride, stride),
            padding: (padding, padding),
        };
        let channels = edge.input.channels;
        let same = |p: &Pooling| p.kind == kind && p.windows == windows && p.channels == channels;
        let found = self.states[edge.from].poolings.iter().copied().find(|&p| same(&self.poolings[p]));
        if let Some(pooling) = found {
            return Ok(pooling);
        }
        let kernels = for_channels(channels);
        self.poolings.push(Pooling { state: edge.from, windows, kind, channels, kernels, terms: Vec::new(), moments: 0 });
        self.states[edge.from].poolings.push(self.poolings.len() - 1);
        Ok(self.poolings.len() - 1)
    }

    fn stage(&mut self, path: &str, stage: &StageSchedule, source: Source, input: StateShape) -> Result<usize, Fault> {
        let output = shapes::stage_shape(path, stage, input)?;
        let mut middle = input;
        let mut depthwise = None;
        if let Some(d) = &stage.depthwise {
            self.weights(&format!("{path}.depthwise.weights"), d.weights, input.channels.saturating_mul(d.size * d.size))?;
            middle = shapes::halved(input, d.stride);
            let padding = d.dilation * (d.size - 1) / 2;
            depthwise = Some(Depthwise { size: d.size, stride: d.stride, dilation: d.dilation, padding, weights: d.weights });
        }
        let mut convolution = None;
        if let Some(c) = &stage.convolution {
            self.weights(
                &format!("{path}.convolution.weights"),
                c.weights,
                (c.size * c.size).saturating_mul(input.channels).saturating_mul(c.channels),
            )?;
            convolution = Some(Convolution {
                taps: (0..c.size * c.size).map(|tap| (tap / c.size, tap % c.size)).collect(),
                padding: (c.size - 1) / 2,
                stride: c.stride,
                layout: KernelLayout::Dense,
                weights: c.weights,
            });
        }
        let norm = self.norm(&format!("{path}.norm"), stage.norm.as_ref(), output)?;
        let border = match (&depthwise, &convolution) {
            (Some(d), _) => d.padding,
            (None, Some(c)) => c.padding,
            (None, None) => 0,
        };
        Ok(self.operation(Step { source, input, relu: stage.relu, depthwise, middle, convolution, output, norm, border }))
    }

    fn factorized_reduce(&mut self, path: &str, branch: &BranchSchedule, edge: Edge) -> Result<usize, Fault> {
        let channels = shapes::required(path, "channels", branch.channels)?;
        let weights = shapes::required(path, "weights", branch.weights)?;
        self.weights(&format!("{path}.weights"), weights, edge.input.channels.saturating_mul(channels))?;
        let output = StateShape { channels, ..shapes::halved(edge.input, 2) };
        if branch.norm.is_none() {
            return Err(format!("{path}.norm: missing"));
        }
        let norm = self.norm(&format!("{path}.norm"), branch.norm.as_ref(), output)?;
        let convolution = Some(Convolution {
            taps: vec![(0, 0), (1, 1)],
            padding: 0,
            stride: 2,
            layout: KernelLayout::Split { first: channels / 2 },
            weights,
        });
        Ok(self.operation(Step {
            source: Source::State(edge.from),
            input: edge.input,
            relu: true,
            depthwise: None,
            middle: edge.input,
            convolution,
            output,
            norm,
            border: 1,
        }))
    }

    fn operation(&mut self, step: Step) -> usize {
        let number = self.operations.len();
        let kernels = for_channels(step.input.channels.max(step.output.channels));
        let rounded = self.rounds_plane(&step);
        match step.source {
            Source::Operation(before) => self.operations[before].consumer = Consumer::Operation(number),
            Source::State(state) => {
                let groups = &mut self.states[state].groups;
                let same = |g: &&mut Group| {
                    g.relu == step.relu
                        && g.channels == step.input.channels
                        && g.kernels.lanes == kernels.lanes
                        && g.rounded == rounded
                };
                match groups.iter_mut().find(same) {
                    Some(group) => {
                        group.border = group.border.max(step.border);
                        group.operations.push(number);
                    }
                    None => groups.push(Group {
                        relu: step.relu,
                        channels: step.input.channels,
                        kernels,
                        border: step.border,
                        rounded,
                        flat: false,
                        operations: vec![number],
                    }),
                }
            }
        }
        self.operations.push(Operation {
            source: step.source,
            input: step.input,
            relu: step.relu,
            depthwise: step.depthwise,
            middle: step.middle,
            convolution: step.convolution,
            output: step.output,
            norm: step.norm,
            kernels,
            precision: self.precision,
            border: step.border,
            rounded,
            flat: false,
            consumer: Consumer::Operation(number),
            sharing: number,
            at: OperationMemory::default(),
        });
        number
    }

    /// Whether dense products take the plane of the source, and it is not rounded as it is: nodes
    /// are, and a ReLU leaves them so.
    fn rounds_plane(&self, step: &Step) -> bool {
        let known = matches!(step.source, Source::State(state) if !matches!(self.states[state].place, Place::Input(_)));
        self.precision == Precision::Bf16 && step.depthwise.is_none() && step.convolution.is_some() && !known
    }

    fn term(&mut self, term: Term) -> usize {
        self.terms.push(term);
        let number = self.terms.len() - 1;
        self.states[term.target].terms.push(number);
        number
    }

    fn norm(&mut self, path: &str, norm: Option<&NormSchedule>, shape: StateShape) -> Result<Option<usize>, Fault> {
        let Some(norm) = norm else { return Ok(None) };
        if norm.affine {
            self.weights(&format!("{path}.weights"), norm.weights, shape.channels.saturating_mul(2))?;
        }
        fits(&format!("{path}.statistics"), norm.statistics, shape.channels.saturating_mul(2), self.schedule.statistic_count)?;
        let own = norm.statistics..norm.statistics + 2 * shape.channels;
        let taken = |other: &Norm| other.statistics < own.end && own.start < other.statistics + 2 * other.channels;
        if self.norms.iter().any(taken) {
            return Err(format!("{path}.statistics: those from {} on are another norm's too", norm.statistics));
        }
        self.norms.push(Norm {
            channels: shape.channels,
            affine: norm.affine.then_some(norm.weights),
            statistics: norm.statistics,
            count: self.batch.saturating_mul(pixels(shape)),
            kept: 0,
            gradient: 0,
        });
        Ok(Some(self.norms.len() - 1))
    }

    fn mix(&self, path: &str, mix: Option<usize>) -> Result<(), Fault> {
        match mix {
            Some(index) if index >= self.schedule.mix_count => {
                Err(format!("{path}: found {index}, allowed: null or an index below {}", self.schedule.mix_count))
            }
            _ => Ok(()),
        }
    }

    fn weights(&self, path: &str, offset: usize, count: usize) -> Result<(), Fault> {
        fits(path, offset, count, self.schedule.weight_count)
    }

    fn output(&mut self, numbers: &[usize]) -> Result<StateShape, Fault> {
        let mut whole: Option<StateShape> = None;
        for (i, &state) in self.schedule.output.iter().enumerate() {
            let Some(&number) = numbers.get(state) else {
                return Err(format!("output[{i}]: found {state}, allowed: a state below {}", numbers.len()));
            };
            let shape = self.states[number].shape;
            let offset = whole.map_or(0, |w| w.channels);
            if let Some(before) = whole
                && (before.height, before.width) != (shape.height, shape.width)
            {
                return Err(format!(
                    "output[{i}]: state {state} is {}×{}, the ones before are {}×{}",
                    shape.height, shape.width, before.height, before.width
                ));
            }
            self.states[number].output.push(offset);
            whole = Some(StateShape { channels: offset + shape.channels, ..shape });
        }
        whole.ok_or_else(|| "output: found no states, allowed: 1 or more".into())
    }
}

/// What [`Lowering::operation`] needs to know of a new operation.
struct Step {
    source: Source,
    input: StateShape,
    relu: bool,
    depthwise: Option<Depthwise>,
    middle: StateShape,
    convolution: Option<Convolution>,
    output: StateShape,
    norm: Option<usize>,
    border: usize,
}

fn fits(path: &str, offset: usize, count: usize, bank: usize) -> Result<(), Fault> {
    match offset.checked_add(count) {
        Some(end) if end <= bank => Ok(()),
        _ => Err(format!("{path}: {count} values from {offset} on do not lie in a bank of {bank}")),
    }
}
