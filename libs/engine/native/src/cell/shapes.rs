//! Shapes of states and branches, and refusal of schedules that make no sense: every message names
//! the place, what was found and what is allowed.

use super::schedule::{BranchKind, BranchSchedule, CellSchedule, EdgeSchedule, StageSchedule, StateShape};

pub type Fault = String;

/// The most that a height, a width or a number of channels may be.
const MOST: usize = 1 << 31;

pub fn one_of(path: &str, found: usize, allowed: &[usize]) -> Result<(), Fault> {
    if allowed.contains(&found) {
        return Ok(());
    }
    let allowed: Vec<String> = allowed.iter().map(usize::to_string).collect();
    Err(format!("{path}: found {found}, allowed: {}", allowed.join(", ")))
}

pub fn required<T: Copy>(path: &str, name: &str, value: Option<T>) -> Result<T, Fault> {
    value.ok_or_else(|| format!("{path}.{name}: missing"))
}

pub fn halved(shape: StateShape, stride: usize) -> StateShape {
    StateShape { height: shape.height.div_ceil(stride), width: shape.width.div_ceil(stride), ..shape }
}

/// The shape after one stage.
pub fn stage_shape(path: &str, stage: &StageSchedule, input: StateShape) -> Result<StateShape, Fault> {
    let mut shape = input;
    if let Some(depthwise) = &stage.depthwise {
        one_of(&format!("{path}.depthwise.size"), depthwise.size, &[3, 5, 7])?;
        one_of(&format!("{path}.depthwise.stride"), depthwise.stride, &[1, 2])?;
        one_of(&format!("{path}.depthwise.dilation"), depthwise.dilation, &[1, 2])?;
        shape = halved(shape, depthwise.stride);
    }
    if let Some(convolution) = &stage.convolution {
        one_of(&format!("{path}.convolution.size"), convolution.size, &[1, 3, 5, 7])?;
        one_of(&format!("{path}.convolution.stride"), convolution.stride, &[1, 2])?;
        if convolution.channels == 0 {
            return Err(format!("{path}.convolution.channels: found 0, allowed: 1 or more"));
        }
        shape = StateShape { channels: convolution.channels, ..halved(shape, convolution.stride) };
        positive(&format!("{path}.convolution"), shape)?;
    }
    Ok(shape)
}

/// The shape a branch makes of its input; `None` where the branch fits any shape (zero, bare).
pub fn branch_shape(path: &str, branch: &BranchSchedule, input: StateShape) -> Result<Option<StateShape>, Fault> {
    match branch.kind {
        BranchKind::Zero | BranchKind::Bare => Ok(None),
        BranchKind::Identity => Ok(Some(input)),
        BranchKind::Pool => {
            let size = required(path, "size", branch.size)?;
            let stride = required(path, "stride", branch.stride)?;
            let padding = required(path, "padding", branch.padding)?;
            required(path, "pool", branch.pool)?;
            one_of(&format!("{path}.size"), size, &[2, 3])?;
            one_of(&format!("{path}.stride"), stride, &[1, 2])?;
            one_of(&format!("{path}.padding"), padding, &[0, 1])?;
            let extent = |n: usize| (n + 2 * padding).checked_sub(size).map(|left| left / stride + 1);
            match (extent(input.height), extent(input.width)) {
                (Some(height), Some(width)) => Ok(Some(StateShape { height, width, ..input })),
                _ => Err(format!("{path}: a {size}×{size} window does not fit {}×{}", input.height, input.width)),
            }
        }
        BranchKind::Chain => {
            if branch.stages.is_empty() {
                return Err(format!("{path}.stages: found none, allowed: 1 or more"));
            }
            let mut shape = input;
            for (i, stage) in branch.stages.iter().enumerate() {
                shape = stage_shape(&format!("{path}.stages[{i}]"), stage, shape)?;
            }
            Ok(Some(shape))
        }
        BranchKind::FactorizedReduce => {
            let channels = required(path, "channels", branch.channels)?;
            if channels == 0 {
                return Err(format!("{path}.channels: found 0, allowed: 1 or more"));
            }
            Ok(Some(positive(path, StateShape { channels, ..halved(input, 2) })?))
        }
    }
}

/// What the branches of an edge see: all channels, or the kept ones.
pub fn edge_input(path: &str, edge: &EdgeSchedule, from: StateShape) -> Result<StateShape, Fault> {
    let Some(partial) = &edge.partial else { return Ok(from) };
    one_of(&format!("{path}.partial.stride"), partial.stride, &[1, 2])?;
    if partial.keep < 2 || partial.keep > from.channels {
        return Err(format!("{path}.partial.keep: found {}, allowed: 2 up to the {} channels", partial.keep, from.channels));
    }
    Ok(StateShape { channels: from.channels / partial.keep, ..from })
}

fn edge_shape(path: &str, edge: &EdgeSchedule, from: StateShape) -> Result<Option<StateShape>, Fault> {
    let input = edge_input(path, edge, from)?;
    let mut shape = None;
    for (b, branch) in edge.branches.iter().enumerate() {
        let at = format!("{path}.branches[{b}]");
        if let Some(found) = branch_shape(&at, branch, input)? {
            agree(&at, shape, found)?;
            shape = Some(found);
        }
    }
    let Some(partial) = &edge.partial else { return Ok(shape) };
    let bypass =
        if partial.stride == 1 { input } else { StateShape { height: input.height / 2, width: input.width / 2, ..input } };
    agree(&format!("{path}.partial"), shape, bypass)?;
    Ok(Some(StateShape { channels: from.channels, ..bypass }))
}

fn agree(path: &str, before: Option<StateShape>, found: StateShape) -> Result<(), Fault> {
    match before {
        Some(shape) if shape != found => Err(format!(
            "{path}: makes {}×{}×{}, but the ones before make {}×{}×{}",
            found.height, found.width, found.channels, shape.height, shape.width, shape.channels
        )),
        _ => Ok(()),
    }
}

/// The shape of every state.
pub fn state_shapes(schedule: &CellSchedule) -> Result<Vec<StateShape>, Fault> {
    let mut shapes = Vec::with_capacity(schedule.inputs.len() + schedule.nodes.len());
    for (i, shape) in schedule.inputs.iter().enumerate() {
        shapes.push(positive(&format!("inputs[{i}]"), *shape)?);
    }
    for (n, node) in schedule.nodes.iter().enumerate() {
        let mut shape = match node.shape {
            Some(shape) => Some(positive(&format!("nodes[{n}].shape"), shape)?),
            None => None,
        };
        for (e, edge) in node.edges.iter().enumerate() {
            let path = format!("nodes[{n}].edges[{e}]");
            let Some(&from) = shapes.get(edge.from) else {
                return Err(format!("{path}.from: found {}, allowed: a state below {}", edge.from, shapes.len()));
            };
            if let Some(found) = edge_shape(&path, edge, from)? {
                agree(&path, shape, found)?;
                shape = Some(found);
            }
        }
        shapes.push(shape.ok_or_else(|| format!("nodes[{n}].shape: missing, and no branch tells it"))?);
    }
    Ok(shapes)
}

fn positive(path: &str, shape: StateShape) -> Result<StateShape, Fault> {
    if shape.height == 0 || shape.width == 0 || shape.channels == 0 {
        return Err(format!("{path}: height, width and channels must be 1 or more"));
    }
    if let Some(found) = [shape.height, shape.width, shape.channels].into_iter().find(|&extent| extent > MOST) {
        return Err(format!("{path}: found {found}, allowed: at most {MOST}"));
    }
    Ok(shape)
}
