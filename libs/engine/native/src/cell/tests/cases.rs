//! Random schedules that use every feature.

use super::random::Random;
use crate::cell::schedule::*;
use crate::cell::shapes::{branch_shape, state_shapes};

pub struct Builder {
    pub schedule: CellSchedule,
    pub random: Random,
    /// Whether operations may share weights.
    pub shares: bool,
}

impl Builder {
    pub fn new(inputs: Vec<StateShape>, seed: u64) -> Builder {
        let schedule =
            CellSchedule { inputs, nodes: Vec::new(), output: Vec::new(), weight_count: 0, statistic_count: 0, mix_count: 0 };
        Builder { schedule, random: Random::new(seed), shares: false }
    }

    /// New weights, or some that others use too, in whole or in part.
    pub fn weights(&mut self, count: usize) -> usize {
        if self.shares && self.schedule.weight_count >= count && self.random.below(6) == 0 {
            return self.random.below(self.schedule.weight_count - count + 1);
        }
        self.schedule.weight_count += count;
        self.schedule.weight_count - count
    }

    pub fn norm(&mut self, channels: usize, affine: bool) -> NormSchedule {
        let weights = if affine { self.weights(2 * channels) } else { 0 };
        self.schedule.statistic_count += 2 * channels;
        NormSchedule { affine, weights, statistics: self.schedule.statistic_count - 2 * channels }
    }

    pub fn mix(&mut self) -> Option<usize> {
        if self.random.below(5) == 0 {
            return None;
        }
        self.schedule.mix_count += 1;
        Some(self.schedule.mix_count - 1)
    }

    pub fn branch(&mut self, kind: BranchKind) -> BranchSchedule {
        let mix = self.mix();
        BranchSchedule {
            kind,
            mix,
            pool: None,
            size: None,
            stride: None,
            padding: None,
            norm: None,
            stages: vec![],
            channels: None,
            weights: None,
        }
    }

    pub fn pool(&mut self, pool: PoolKind, size: usize, stride: usize, norm: Option<NormSchedule>) -> BranchSchedule {
        let padding = Some(if size == 3 { 1 } else { 0 });
        BranchSchedule {
            pool: Some(pool),
            size: Some(size),
            stride: Some(stride),
            padding,
            norm,
            ..self.branch(BranchKind::Pool)
        }
    }

    pub fn depthwise(&mut self, size: usize, stride: usize, dilation: usize, channels: usize) -> DepthwiseSchedule {
        DepthwiseSchedule { size, stride, dilation, weights: self.weights(size * size * channels) }
    }

    pub fn convolution(&mut self, size: usize, stride: usize, inputs: usize, channels: usize) -> ConvolutionSchedule {
        ConvolutionSchedule { size, stride, channels, weights: self.weights(size * size * inputs * channels) }
    }

    /// ReLU, depthwise, 1×1, norm.
    pub fn separable(&mut self, size: usize, stride: usize, dilation: usize, channels: usize, affine: bool) -> StageSchedule {
        StageSchedule {
            relu: true,
            depthwise: Some(self.depthwise(size, stride, dilation, channels)),
            convolution: Some(self.convolution(1, 1, channels, channels)),
            norm: Some(self.norm(channels, affine)),
        }
    }

    pub fn factorized_reduce(&mut self, inputs: usize, channels: usize, affine: bool) -> BranchSchedule {
        BranchSchedule {
            channels: Some(channels),
            weights: Some(self.weights(inputs * channels)),
            norm: Some(self.norm(channels, affine)),
            ..self.branch(BranchKind::FactorizedReduce)
        }
    }

    /// The eight operations of DARTS on one edge.
    pub fn mixed(&mut self, from: usize, channels: usize, stride: usize, partial: Option<usize>) -> EdgeSchedule {
        let c = channels / partial.unwrap_or(1);
        let affine = self.random.below(3) == 0;
        let mut branches = vec![self.branch(BranchKind::Zero)];
        for kind in [PoolKind::Max, PoolKind::Average] {
            let norm = (self.random.below(4) > 0).then(|| self.norm(c, affine));
            branches.push(self.pool(kind, 3, stride, norm));
        }
        branches.push(if stride == 1 { self.branch(BranchKind::Identity) } else { self.factorized_reduce(c, c, affine) });
        for size in [3, 5] {
            let stages = vec![self.separable(size, stride, 1, c, affine), self.separable(size, 1, 1, c, affine)];
            branches.push(BranchSchedule { stages, ..self.branch(BranchKind::Chain) });
        }
        for size in [3, 5] {
            let stages = vec![self.separable(size, stride, 2, c, affine)];
            branches.push(BranchSchedule { stages, ..self.branch(BranchKind::Chain) });
        }
        branches.push(self.branch(BranchKind::Bare));
        let partial = partial.map(|keep| PartialConnection { keep, stride, bypass_mix: self.mix() });
        EdgeSchedule { from, branches, partial }
    }

    /// A stage with whatever parts chance gives; keeps the channels.
    fn any_stage(&mut self, channels: usize, stride: usize) -> StageSchedule {
        let (size, dilation) = (self.random.pick(&[3, 5, 7]), self.random.pick(&[1, 2]));
        let dense = self.random.pick(&[1, 3, 5]);
        let shape = self.random.below(4);
        let (relu, affine) = (self.random.below(2) == 0, self.random.below(2) == 0);
        let by_depthwise = shape != 1;
        let depthwise = (shape != 1).then(|| self.depthwise(size, stride, dilation, channels));
        let convolution =
            (shape != 0).then(|| self.convolution(dense, if by_depthwise { 1 } else { stride }, channels, channels));
        let norm = (self.random.below(3) > 0).then(|| self.norm(channels, affine));
        StageSchedule { relu, depthwise, convolution, norm }
    }

    fn any_branch(&mut self, channels: usize, stride: usize) -> BranchSchedule {
        match self.random.below(6) {
            0 if stride == 1 => self.branch(BranchKind::Identity),
            0 | 1 => {
                let (affine, normed) = (self.random.below(2) == 0, self.random.below(2) == 0);
                let norm = normed.then(|| self.norm(channels, affine));
                let kind = self.random.pick(&[PoolKind::Max, PoolKind::Average]);
                self.pool(kind, 3, stride, norm)
            }
            2 if stride == 2 => self.factorized_reduce(channels, channels, true),
            _ => {
                let mut stages = vec![self.any_stage(channels, stride)];
                for _ in 0..self.random.below(3) {
                    stages.push(self.any_stage(channels, 1));
                }
                BranchSchedule { stages, ..self.branch(BranchKind::Chain) }
            }
        }
    }
}

fn shape(height: usize, width: usize, channels: usize) -> StateShape {
    StateShape { height, width, channels }
}

/// A DARTS-like cell: preprocessing, then nodes of mixed edges.
pub fn darts(channels: usize, size: usize, reduction: bool, partial: Option<usize>, seed: u64) -> CellSchedule {
    let mut b = Builder::new(vec![shape(size, size, channels + 3), shape(size, size, 2 * channels)], seed);
    for from in 0..2 {
        let inputs = b.schedule.inputs[from].channels;
        let stage = StageSchedule {
            relu: true,
            depthwise: None,
            convolution: Some(b.convolution(1, 1, inputs, channels)),
            norm: Some(b.norm(channels, false)),
        };
        let branch = BranchSchedule { mix: None, stages: vec![stage], ..b.branch(BranchKind::Chain) };
        b.schedule
            .nodes
            .push(NodeSchedule { shape: None, edges: vec![EdgeSchedule { from, branches: vec![branch], partial: None }] });
    }
    for node in 0..2 {
        let edges =
            (2..4 + node).map(|from| b.mixed(from, channels, if reduction && from < 4 { 2 } else { 1 }, partial)).collect();
        b.schedule.nodes.push(NodeSchedule { shape: None, edges });
    }
    b.schedule.output = vec![4, 5];
    b.schedule
}

/// Anything that is allowed.
pub fn anything(seed: u64) -> CellSchedule {
    let mut random = Random::new(seed ^ 77);
    let channels = random.pick(&[1, 3, 4, 7, 12, 16, 18, 26, 33]);
    let (height, width) = (4 + random.below(6), 4 + random.below(15));
    let mut b = Builder::new(vec![shape(height, width, channels), shape(height, width, channels)], seed);
    b.shares = true;
    for node in 0..3 {
        let stride = if node == 2 { 2 } else { 1 };
        let mut edges = Vec::new();
        for _ in 0..1 + b.random.below(2) {
            let from = b.random.below(2 + node);
            let mut branches = vec![b.any_branch(channels, stride)];
            for _ in 0..b.random.below(3) {
                branches.push(b.any_branch(channels, stride));
            }
            branches.push(b.branch(BranchKind::Bare));
            edges.push(EdgeSchedule { from, branches, partial: None });
        }
        b.schedule.nodes.push(NodeSchedule { shape: None, edges });
    }
    b.schedule.output = if b.random.below(2) == 0 { vec![4] } else { vec![2, 3, 0] };
    b.schedule
}

#[test]
fn shapes_follow_the_branches() {
    let schedule = darts(6, 9, true, None, 3);
    let shapes = state_shapes(&schedule).expect("valid");
    assert_eq!(shapes[4], shape(5, 5, 6));
    let mut b = Builder::new(vec![], 1);
    let pool = b.pool(PoolKind::Max, 2, 2, None);
    assert_eq!(branch_shape("branch", &pool, shape(9, 8, 3)), Ok(Some(shape(4, 4, 3))));
}
