//! What a schedule is compiled to: a flat list of operations on states, ordered into regions
//! between which the batch statistics are completed.

use super::precision::Precision;
use super::schedule::{PoolKind, StateShape};
use crate::kernels::Kernels;
use crate::kernels::flat;
use crate::kernels::pool::Windows;
use crate::kernels::table::flat_kernels;
use std::ops::Range;

/// Longer tiles of weights would not stay in the first cache.
const MOST_TILE_VECTORS: usize = 16;

/// Where an operation reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    State(usize),
    /// The output of another operation, behind its norm.
    Operation(usize),
}

#[derive(Clone, Copy, Debug)]
pub struct Depthwise {
    pub size: usize,
    pub stride: usize,
    pub dilation: usize,
    pub padding: usize,
    /// Offset in the weight bank, `[size][size][channels]`.
    pub weights: usize,
}

/// How a convolution's kernel lies in the weight bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KernelLayout {
    /// `[taps][in][out]`
    Dense,
    /// `[in][first]` then `[in][out - first]`: each tap makes its own output channels.
    Split { first: usize },
}

/// A dense convolution as a sum over taps (row, column) of 1×1 convolutions.
#[derive(Clone, Debug)]
pub struct Convolution {
    pub taps: Vec<(usize, usize)>,
    pub padding: usize,
    pub stride: usize,
    pub layout: KernelLayout,
    pub weights: usize,
}

impl Convolution {
    /// 1×1 at stride 1: works on any run of pixels.
    pub fn is_pointwise(&self) -> bool {
        self.taps.len() == 1 && self.stride == 1
    }
}

/// One stage of a chain, or a factorized reduction: ReLU, depthwise, dense convolution, each
/// optional.
pub struct Operation {
    pub source: Source,
    pub input: StateShape,
    pub relu: bool,
    pub depthwise: Option<Depthwise>,
    /// Between the two convolutions.
    pub middle: StateShape,
    pub convolution: Option<Convolution>,
    pub output: StateShape,
    pub norm: Option<usize>,
    pub kernels: &'static Kernels,
    pub precision: Precision,
    /// Border that the plane of the source needs.
    pub border: usize,
    /// Whether the plane of the source is to be rounded: dense products take it.
    pub rounded: bool,
    /// Planes before the dense convolution are flat, and so are the depthwise kernels.
    pub flat: bool,
    pub consumer: Consumer,
    /// The first operation of those that share weights with this one, directly or through others;
    /// its own number where none does.
    pub sharing: usize,
    pub at: OperationMemory,
}

/// Who reads an operation's output: the next stage of the chain, or a state as this term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consumer {
    Operation(usize),
    Term(usize),
}

/// Offsets, in float32 values, of what an operation owns.
#[derive(Clone, Copy, Default, Debug)]
pub struct OperationMemory {
    /// Kept memory: the output before its norm, `[batch]` images in the precision of the plan.
    pub kept: usize,
    /// Forward work: padded kernels, and float64 `[batch][2][padded]` mean and squared deviation
    /// per image.
    pub depthwise: usize,
    pub convolution: usize,
    pub moments: usize,
    /// Backward work: kernels as forward, flipped and transposed; the gradient of the normalised
    /// output, `[batch]` images, and its float64 sums `[batch][2][padded]`, for inner stages;
    /// kernel gradients `[image groups]`.
    pub depthwise_again: usize,
    pub flipped: usize,
    pub transposed: usize,
    pub gradient: usize,
    pub sums: usize,
    pub slots: usize,
}

impl Operation {
    /// Where its kernels lie in the weight bank.
    pub fn weight_ranges(&self) -> impl Iterator<Item = Range<usize>> {
        let (inputs, middle, outputs) = (self.input.channels, self.middle.channels, self.output.channels);
        let depthwise = self.depthwise.map(|d| d.weights..d.weights + d.size * d.size * inputs);
        let dense = self.convolution.as_ref().map(|c| {
            let taps = if c.layout == KernelLayout::Dense { c.taps.len() } else { 1 };
            c.weights..c.weights + taps * middle * outputs
        });
        depthwise.into_iter().chain(dense)
    }

    /// Whether dense products take values rounded to bfloat16.
    pub fn rounds_operands(&self) -> bool {
        self.precision == Precision::Bf16 && self.convolution.is_some()
    }

    /// Channels of the input (and of the depthwise convolution) rounded up to whole vectors.
    pub fn input_pitch(&self) -> usize {
        self.input.channels.next_multiple_of(self.kernels.lanes)
    }

    pub fn output_pitch(&self) -> usize {
        self.output.channels.next_multiple_of(self.kernels.lanes)
    }

    /// Border that the plane between depthwise and dense convolution needs.
    pub fn middle_border(&self) -> usize {
        match (&self.depthwise, &self.convolution) {
            (Some(_), Some(convolution)) if convolution.taps.len() > 1 => 1.max(convolution.padding),
            _ => 0,
        }
    }

    /// Values between the taps of the depthwise kernel: padded to whole vectors, or repeated to a
    /// tile.
    pub fn tap_length(&self) -> usize {
        if self.flat { flat::tile(self.input.channels, flat_kernels().lanes) } else { self.input_pitch() }
    }

    /// Channels of the middle rounded up to whole vectors.
    pub fn middle_pitch(&self) -> usize {
        self.middle.channels.next_multiple_of(self.kernels.lanes)
    }

    /// Whether flat planes serve this operation: no strides, and one product behind the depthwise
    /// convolution.
    pub fn can_be_flat(&self) -> bool {
        let pointwise = self.convolution.as_ref().is_some_and(|c| c.is_pointwise() && c.padding == 0);
        pointwise && self.depthwise.is_none_or(|d| d.stride == 1)
    }

    /// Whether flat planes are also faster: where padded ones waste a quarter of the lanes, or rows
    /// are no whole number of blocks.
    pub fn gains_from_flat(&self) -> bool {
        let lanes = flat_kernels().lanes;
        let channels = self.input.channels;
        let wasteful = 3 * channels.next_multiple_of(lanes) > 4 * channels || !self.input.width.is_multiple_of(8);
        self.depthwise.is_some() && wasteful && flat::tile(channels, lanes) <= MOST_TILE_VECTORS * lanes
    }

    /// Lengths of the padded kernels, as packed and as their gradients are accumulated.
    pub fn packed_lengths(&self) -> (usize, usize) {
        let depthwise = self.depthwise.map_or(0, |d| d.size * d.size * self.tap_length());
        let convolution = self
            .convolution
            .as_ref()
            .map_or(0, |c| c.taps.len().saturating_mul(self.middle.channels).saturating_mul(self.output_pitch()));
        (depthwise, convolution)
    }
}

/// A pooling of a state, shared by all branches that pool that state alike.
pub struct Pooling {
    pub state: usize,
    pub windows: Windows,
    pub kind: PoolKind,
    pub channels: usize,
    pub kernels: &'static Kernels,
    /// The terms that use it; the moments of their norms are the same.
    pub terms: Vec<usize>,
    /// Forward work: as `OperationMemory::moments`.
    pub moments: usize,
}

impl Pooling {
    pub fn pixels(&self) -> usize {
        self.windows.out_height * self.windows.out_width
    }

    pub fn pitch(&self) -> usize {
        self.channels.next_multiple_of(self.kernels.lanes)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Zero,
    Bare,
    Identity(usize),
    Pooling(usize),
    Operation(usize),
    /// Partial connection: the target of an edge's branches and the channels that bypass them,
    /// shuffled together.
    Shuffle {
        branches: usize,
        bypass: usize,
        keep: usize,
        stride: usize,
    },
}

/// One summand of a state: `mix · norm(value)`.
#[derive(Clone, Copy, Debug)]
pub struct Term {
    pub value: Value,
    pub norm: Option<usize>,
    pub mix: Option<usize>,
    /// The state it adds to.
    pub target: usize,
    /// Backward work: float64 `[batch][padded]`, `Σ d · (value - mean)`.
    pub sums: usize,
}

/// A batch norm's place in the banks and in memory.
#[derive(Clone, Debug)]
pub struct Norm {
    pub channels: usize,
    /// Offset of scale and shift in the weight bank, when affine.
    pub affine: Option<usize>,
    pub statistics: usize,
    /// Values behind each statistic.
    pub count: usize,
    /// Offset in the kept memory of mean, then of `1 / sqrt(variance + ε)`: each `padded` long.
    pub kept: usize,
    /// Offset in the backward work memory of factor, offset and slope (see `norm.rs`): each
    /// `padded` long.
    pub gradient: usize,
}

impl Norm {
    pub fn padded(&self) -> usize {
        padded(self.channels)
    }
}

/// Channels as per-channel vectors store them: whole vectors of every instruction set.
pub fn padded(channels: usize) -> usize {
    channels.next_multiple_of(16)
}

pub struct State {
    pub shape: StateShape,
    pub place: Place,
    /// Indices into `terms`; empty for inputs.
    pub terms: Vec<usize>,
    /// Channel offsets at which the state appears in the output.
    pub output: Vec<usize>,
    /// First stages that read this state, those that share a plane together.
    pub groups: Vec<Group>,
    pub poolings: Vec<usize>,
    /// Identity and shuffle terms that read this state.
    pub readers: Vec<usize>,
    /// Backward work: the gradient, `[batch]` images (inputs have none), and float64
    /// `[batch][padded]` sums of it.
    pub gradient: usize,
    pub sums: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Input(usize),
    /// Offset in the kept memory.
    Kept(usize),
    /// Channel offset in the cell's output, which backward is given again: nothing is stored twice.
    Output(usize),
    /// Offset in the forward work memory: the branches of a partial connection, before the shuffle.
    Work(usize),
}

/// First stages of one state that read the same plane.
pub struct Group {
    pub relu: bool,
    pub channels: usize,
    pub kernels: &'static Kernels,
    pub border: usize,
    /// As [`Operation::rounded`].
    pub rounded: bool,
    pub flat: bool,
    pub operations: Vec<usize>,
}

/// One thing to do for each image, in the order of the lists in [`Plan`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Forward: sum the terms. Backward: gather from the readers, then the reductions of the terms.
    State(usize),
    /// A later stage of a chain.
    Stage(usize),
}

pub struct Plan {
    pub batch: usize,
    pub precision: Precision,
    pub inputs: usize,
    pub states: Vec<State>,
    pub terms: Vec<Term>,
    pub operations: Vec<Operation>,
    pub poolings: Vec<Pooling>,
    pub norms: Vec<Norm>,
    pub output: StateShape,
    pub forward: Vec<Vec<Step>>,
    /// All forward steps in one region, for norms whose statistics are known: nothing waits for
    /// other images.
    pub forward_known: Vec<Step>,
    pub backward: Vec<Vec<Step>>,
    pub weight_count: usize,
    pub statistic_count: usize,
    pub mix_count: usize,
    /// Float32 values. The kept memory begins with `norms_length` values of norms.
    pub norms_length: usize,
    pub kept_length: usize,
    pub forward_work: usize,
    pub backward_work: usize,
    /// Images are split into this many fixed groups, each with its own partial sums.
    pub image_groups: usize,
}

impl Plan {
    /// Images of one group.
    pub fn images(&self, group: usize) -> Range<usize> {
        group * self.batch / self.image_groups..(group + 1) * self.batch / self.image_groups
    }

    pub fn state_length(&self, state: usize) -> usize {
        length(self.states[state].shape)
    }

    /// Floats from one pixel of a state to the next.
    pub fn state_step(&self, state: usize) -> usize {
        match self.states[state].place {
            Place::Output(_) => self.output.channels,
            _ => self.states[state].shape.channels,
        }
    }
}

/// Values of one image. Sizes beyond memory stay at the largest number until the layout refuses
/// them.
pub fn length(shape: StateShape) -> usize {
    pixels(shape).saturating_mul(shape.channels)
}

pub fn pixels(shape: StateShape) -> usize {
    shape.height.saturating_mul(shape.width)
}
