//! The cell schedule as it arrives: the same names and meanings as `src/cell/schedule.ts`.

use serde::Deserialize;

#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateShape {
    pub height: usize,
    pub width: usize,
    pub channels: usize,
}

#[derive(Deserialize, Clone, Debug)]
pub struct NormSchedule {
    pub affine: bool,
    pub weights: usize,
    pub statistics: usize,
}

#[derive(Deserialize, Clone, Debug)]
pub struct DepthwiseSchedule {
    pub size: usize,
    pub stride: usize,
    pub dilation: usize,
    pub weights: usize,
}

#[derive(Deserialize, Clone, Debug)]
pub struct ConvolutionSchedule {
    pub size: usize,
    pub stride: usize,
    pub channels: usize,
    pub weights: usize,
}

#[derive(Deserialize, Clone, Debug)]
pub struct StageSchedule {
    pub relu: bool,
    #[serde(default)]
    pub depthwise: Option<DepthwiseSchedule>,
    #[serde(default)]
    pub convolution: Option<ConvolutionSchedule>,
    #[serde(default)]
    pub norm: Option<NormSchedule>,
}

#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum PoolKind {
    Max,
    Average,
}

/// All kinds of branch in one: which fields are present is decided by `kind` and checked while
/// lowering.
#[derive(Deserialize, Clone, Debug)]
pub struct BranchSchedule {
    pub kind: BranchKind,
    #[serde(default)]
    pub mix: Option<usize>,
    #[serde(default)]
    pub pool: Option<PoolKind>,
    #[serde(default)]
    pub size: Option<usize>,
    #[serde(default)]
    pub stride: Option<usize>,
    #[serde(default)]
    pub padding: Option<usize>,
    #[serde(default)]
    pub norm: Option<NormSchedule>,
    #[serde(default)]
    pub stages: Vec<StageSchedule>,
    #[serde(default)]
    pub channels: Option<usize>,
    #[serde(default)]
    pub weights: Option<usize>,
}

#[derive(Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum BranchKind {
    Zero,
    Identity,
    Bare,
    Pool,
    Chain,
    FactorizedReduce,
}

#[derive(Deserialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub struct PartialConnection {
    pub keep: usize,
    pub stride: usize,
    #[serde(default)]
    pub bypass_mix: Option<usize>,
}

#[derive(Deserialize, Clone, Debug)]
pub struct EdgeSchedule {
    pub from: usize,
    pub branches: Vec<BranchSchedule>,
    #[serde(default)]
    pub partial: Option<PartialConnection>,
}

#[derive(Deserialize, Clone, Debug)]
pub struct NodeSchedule {
    #[serde(default)]
    pub shape: Option<StateShape>,
    pub edges: Vec<EdgeSchedule>,
}

#[derive(Deserialize, Clone, Debug)]
#[serde(rename_all = "camelCase")]
pub struct CellSchedule {
    pub inputs: Vec<StateShape>,
    pub nodes: Vec<NodeSchedule>,
    pub output: Vec<usize>,
    pub weight_count: usize,
    pub statistic_count: usize,
    pub mix_count: usize,
}
