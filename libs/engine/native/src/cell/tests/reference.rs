//! A schedule computed as it reads, in float64, with nothing shared and nothing fused.

use crate::cell::schedule::*;
use crate::cell::shapes::halved;

#[derive(Clone)]
pub struct Tensor {
    pub shape: StateShape,
    /// `[batch][height][width][channels]`
    pub values: Vec<f64>,
}

impl Tensor {
    fn zeros(batch: usize, shape: StateShape) -> Tensor {
        Tensor { shape, values: vec![0.0; batch * shape.height * shape.width * shape.channels] }
    }

    fn index(&self, n: usize, y: usize, x: usize, c: usize) -> usize {
        ((n * self.shape.height + y) * self.shape.width + x) * self.shape.channels + c
    }

    /// Zero outside the image.
    fn get(&self, n: usize, y: isize, x: isize, c: usize) -> f64 {
        if y < 0 || x < 0 || y >= self.shape.height as isize || x >= self.shape.width as isize {
            return 0.0;
        }
        self.values[self.index(n, y as usize, x as usize, c)]
    }

    fn build(batch: usize, shape: StateShape, value: impl Fn(usize, usize, usize, usize) -> f64) -> Tensor {
        let mut out = Tensor::zeros(batch, shape);
        for n in 0..batch {
            for y in 0..shape.height {
                for x in 0..shape.width {
                    for c in 0..shape.channels {
                        let at = out.index(n, y, x, c);
                        out.values[at] = value(n, y, x, c);
                    }
                }
            }
        }
        out
    }
}

pub struct Reference<'a> {
    pub schedule: &'a CellSchedule,
    pub batch: usize,
    pub weights: &'a [f64],
    pub mix: &'a [f64],
    pub mix_per_image: bool,
    /// None uses batch statistics.
    pub running: Option<&'a [f64]>,
    pub statistics: Vec<f64>,
}

impl Reference<'_> {
    pub fn run(&mut self, inputs: &[Tensor], shapes: &[StateShape]) -> Tensor {
        let schedule = self.schedule;
        let mut states: Vec<Tensor> = inputs.to_vec();
        for (n, node) in schedule.nodes.iter().enumerate() {
            let mut sum = Tensor::zeros(self.batch, shapes[inputs.len() + n]);
            for edge in &node.edges {
                self.edge(edge, &states[edge.from].clone(), &mut sum);
            }
            states.push(sum);
        }
        let whole = schedule.output.iter().map(|&s| states[s].shape.channels).sum();
        let first = states[schedule.output[0]].shape;
        let mut owner = Vec::new();
        for &s in &schedule.output {
            owner.extend((0..states[s].shape.channels).map(|c| (s, c)));
        }
        Tensor::build(self.batch, StateShape { channels: whole, ..first }, |n, y, x, c| {
            let (state, channel) = owner[c];
            states[state].get(n, y as isize, x as isize, channel)
        })
    }

    fn coefficient(&self, image: usize, mix: Option<usize>) -> f64 {
        let base = if self.mix_per_image { image * self.schedule.mix_count } else { 0 };
        mix.map_or(1.0, |index| self.mix[base + index])
    }

    fn edge(&mut self, edge: &EdgeSchedule, from: &Tensor, into: &mut Tensor) {
        let batch = self.batch;
        let Some(partial) = &edge.partial else {
            return self.branches(&edge.branches, from, into);
        };
        let active = from.shape.channels / partial.keep;
        let kept = Tensor::build(batch, StateShape { channels: active, ..from.shape }, |n, y, x, c| {
            from.get(n, y as isize, x as isize, c)
        });
        let mut sum = Tensor::zeros(batch, StateShape { channels: active, ..into.shape });
        self.branches(&edge.branches, &kept, &mut sum);
        let channels = from.shape.channels;
        let group = channels.div_ceil(partial.keep);
        // As if channels were added to make `keep` whole groups, shuffled, and the added ones taken
        // out again.
        let order: Vec<usize> =
            (0..group).flat_map(|c| (0..partial.keep).map(move |g| g * group + c)).filter(|&i| i < channels).collect();
        let passed = if partial.stride == 1 { from.clone() } else { pool(batch, from, PoolKind::Max, 2, 2, 0) };
        for n in 0..batch {
            let coefficient = self.coefficient(n, partial.bypass_mix);
            for y in 0..into.shape.height {
                for x in 0..into.shape.width {
                    for (to, &from) in order.iter().enumerate() {
                        let at = into.index(n, y, x, to);
                        into.values[at] += if from < active {
                            sum.get(n, y as isize, x as isize, from)
                        } else {
                            coefficient * passed.get(n, y as isize, x as isize, from)
                        };
                    }
                }
            }
        }
    }

    fn branches(&mut self, branches: &[BranchSchedule], from: &Tensor, into: &mut Tensor) {
        let per_image = into.values.len() / self.batch;
        for branch in branches {
            let value = self.branch(branch, from);
            for (i, sum) in into.values.iter_mut().enumerate() {
                let coefficient = self.coefficient(i / per_image, branch.mix);
                *sum += match (&value, branch.kind) {
                    (Some(tensor), _) => coefficient * tensor.values[i],
                    (None, BranchKind::Bare) => coefficient,
                    (None, _) => 0.0,
                };
            }
        }
    }

    fn branch(&mut self, branch: &BranchSchedule, from: &Tensor) -> Option<Tensor> {
        let batch = self.batch;
        match branch.kind {
            BranchKind::Zero | BranchKind::Bare => None,
            BranchKind::Identity => Some(from.clone()),
            BranchKind::Pool => {
                let kind = branch.pool.expect("pool");
                let pooled =
                    pool(batch, from, kind, branch.size.unwrap_or(3), branch.stride.unwrap_or(1), branch.padding.unwrap_or(0));
                Some(self.norm(branch.norm.as_ref(), pooled))
            }
            BranchKind::Chain => {
                let mut x = from.clone();
                for stage in &branch.stages {
                    x = self.stage(stage, &x);
                }
                Some(x)
            }
            BranchKind::FactorizedReduce => {
                let (channels, at) = (branch.channels.unwrap_or(0), branch.weights.unwrap_or(0));
                let (first, inputs) = (channels / 2, from.shape.channels);
                let x = relu(from);
                let weights = self.weights;
                let out = Tensor::build(batch, StateShape { channels, ..halved(from.shape, 2) }, |n, y, x_, c| {
                    let (shift, base, width, o) =
                        if c < first { (0, at, first, c) } else { (1, at + inputs * first, channels - first, c - first) };
                    (0..inputs)
                        .map(|i| {
                            x.get(n, (2 * y + shift) as isize, (2 * x_ + shift) as isize, i) * weights[base + i * width + o]
                        })
                        .sum()
                });
                Some(self.norm(branch.norm.as_ref(), out))
            }
        }
    }

    fn stage(&mut self, stage: &StageSchedule, from: &Tensor) -> Tensor {
        let batch = self.batch;
        let weights = self.weights;
        let mut x = if stage.relu { relu(from) } else { from.clone() };
        if let Some(d) = &stage.depthwise {
            let padding = (d.dilation * (d.size - 1) / 2) as isize;
            let channels = x.shape.channels;
            x = Tensor::build(batch, halved(x.shape, d.stride), |n, y, x_, c| {
                let mut sum = 0.0;
                for ky in 0..d.size {
                    for kx in 0..d.size {
                        let (iy, ix) = (y * d.stride + ky * d.dilation, x_ * d.stride + kx * d.dilation);
                        let value = x.get(n, iy as isize - padding, ix as isize - padding, c);
                        sum += value * weights[d.weights + (ky * d.size + kx) * channels + c];
                    }
                }
                sum
            });
        }
        if let Some(v) = &stage.convolution {
            let padding = ((v.size - 1) / 2) as isize;
            let inputs = x.shape.channels;
            x = Tensor::build(batch, StateShape { channels: v.channels, ..halved(x.shape, v.stride) }, |n, y, x_, c| {
                let mut sum = 0.0;
                for ky in 0..v.size {
                    for kx in 0..v.size {
                        for i in 0..inputs {
                            let value =
                                x.get(n, (y * v.stride + ky) as isize - padding, (x_ * v.stride + kx) as isize - padding, i);
                            sum += value * weights[v.weights + ((ky * v.size + kx) * inputs + i) * v.channels + c];
                        }
                    }
                }
                sum
            });
        }
        self.norm(stage.norm.as_ref(), x)
    }

    fn norm(&mut self, norm: Option<&NormSchedule>, mut x: Tensor) -> Tensor {
        let Some(norm) = norm else { return x };
        let channels = x.shape.channels;
        let count = (x.values.len() / channels) as f64;
        for c in 0..channels {
            let own = || x.values.iter().skip(c).step_by(channels);
            let (mean, variance) = match self.running {
                Some(bank) => (bank[norm.statistics + c], bank[norm.statistics + channels + c]),
                None => {
                    let mean = own().sum::<f64>() / count;
                    (mean, own().map(|v| (v - mean).powi(2)).sum::<f64>() / count)
                }
            };
            if self.running.is_none() {
                self.statistics[norm.statistics + c] = mean;
                self.statistics[norm.statistics + channels + c] = variance;
            }
            let (scale, shift) = if norm.affine {
                (self.weights[norm.weights + c], self.weights[norm.weights + channels + c])
            } else {
                (1.0, 0.0)
            };
            for value in x.values.iter_mut().skip(c).step_by(channels) {
                *value = (*value - mean) / (variance + 1e-5).sqrt() * scale + shift;
            }
        }
        x
    }
}

fn relu(x: &Tensor) -> Tensor {
    Tensor { shape: x.shape, values: x.values.iter().map(|v| v.max(0.0)).collect() }
}

fn pool(batch: usize, from: &Tensor, kind: PoolKind, size: usize, stride: usize, padding: usize) -> Tensor {
    let extent = |n: usize| (n + 2 * padding - size) / stride + 1;
    let shape = StateShape { height: extent(from.shape.height), width: extent(from.shape.width), ..from.shape };
    Tensor::build(batch, shape, |n, y, x, c| {
        let mut inside = Vec::new();
        for ky in 0..size {
            for kx in 0..size {
                let (iy, ix) = ((y * stride + ky) as isize - padding as isize, (x * stride + kx) as isize - padding as isize);
                if iy >= 0 && ix >= 0 && iy < from.shape.height as isize && ix < from.shape.width as isize {
                    inside.push(from.get(n, iy, ix, c));
                }
            }
        }
        match kind {
            PoolKind::Max => inside.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            PoolKind::Average => inside.iter().sum::<f64>() / inside.len() as f64,
        }
    })
}
