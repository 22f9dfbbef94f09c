//! What a cell keeps for its backward pass in, and what dense products take their operands in.

use crate::simd::bf16;
use crate::simd::element::Values;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    Float32,
    /// Outputs of operations before their norms, and nodes, are rounded to bfloat16; so are both
    /// operands of dense products. Sums, statistics and gradients of weights are float32 or more.
    Bf16,
}

impl Precision {
    /// # Errors
    /// A sentence with what is allowed.
    pub fn named(name: &str) -> Result<Precision, String> {
        match name {
            "float32" => Ok(Precision::Float32),
            "bf16" => Ok(Precision::Bf16),
            _ => Err(format!("precision: found {name}, allowed: float32, bf16")),
        }
    }

    /// Float32 values of memory that hold this many kept ones.
    pub fn room(self, values: usize) -> usize {
        match self {
            Precision::Float32 => values,
            Precision::Bf16 => values.div_ceil(2),
        }
    }

    /// Kept values from the `at`-th of those that start at `memory`.
    pub fn kept(self, memory: *mut f32, at: usize) -> Values {
        match self {
            Precision::Float32 => Values::Float32(memory),
            Precision::Bf16 => Values::Bf16(memory.cast()),
        }
        .at(at)
    }

    /// Nodes that stand in the output of the cell, which is float32.
    pub fn node(self, output: *mut f32) -> Values {
        match self {
            Precision::Float32 => Values::Float32(output),
            Precision::Bf16 => Values::Rounded(output),
        }
    }

    /// A weight as dense products take it.
    pub fn operand(self, weight: f32) -> f32 {
        match self {
            Precision::Float32 => weight,
            Precision::Bf16 => bf16::round(weight),
        }
    }
}
