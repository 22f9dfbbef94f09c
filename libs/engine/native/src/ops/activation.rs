//! Functions of one number that networks put behind their layers, and their slopes. Made of
//! additions, products and quotients alone, so that no mathematics library decides on a bit.

use super::elementwise::{binary, unary};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `1 / (1 + e^-x)`
    Sigmoid,
    /// `max(0, min(1, x/6 + 1/2))`
    HardSigmoid,
    /// `x · max(0, min(1, x/6 + 1/2))` (Howard et al. 2019)
    HardSwish,
    /// `x / (1 + e^-x)` (Ramachandran et al. 2017)
    Swish,
    /// `x · Φ(x)` with the normal distribution function (Hendrycks & Gimpel 2016)
    Gelu,
}

impl Activation {
    /// # Errors
    /// For a name that is none of them.
    pub fn named(name: &str) -> Result<Activation, String> {
        match name {
            "sigmoid" => Ok(Activation::Sigmoid),
            "hardSigmoid" => Ok(Activation::HardSigmoid),
            "hardSwish" => Ok(Activation::HardSwish),
            "swish" => Ok(Activation::Swish),
            "gelu" => Ok(Activation::Gelu),
            _ => Err(format!("function: found {name}, allowed: sigmoid, hardSigmoid, hardSwish, swish, gelu")),
        }
    }

    /// `y[i] = f(x[i])`
    ///
    /// # Safety
    /// As [`unary`].
    pub unsafe fn apply(self, length: usize, x: *const f32, y: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Activation::Sigmoid => unary(length, x, y, sigmoid),
                Activation::HardSigmoid => unary(length, x, y, hard_sigmoid),
                Activation::HardSwish => unary(length, x, y, |x| x * hard_sigmoid(x)),
                Activation::Swish => unary(length, x, y, |x| x * sigmoid(x)),
                Activation::Gelu => unary(length, x, y, |x| x * normal_distribution(x).0),
            }
        }
    }

    /// `dx[i] = f'(x[i]) · dy[i]`
    ///
    /// # Safety
    /// As [`binary`].
    pub unsafe fn gradient(self, length: usize, x: *const f32, dy: *const f32, dx: *mut f32) {
        // SAFETY: the caller's promise.
        unsafe {
            match self {
                Activation::Sigmoid => binary(length, x, dy, dx, |x, d| {
                    let s = sigmoid(x);
                    d * (s * (1.0 - s))
                }),
                Activation::HardSigmoid => binary(length, x, dy, dx, |x, d| d * hard_sigmoid_slope(x)),
                Activation::HardSwish => {
                    binary(length, x, dy, dx, |x, d| d * (hard_sigmoid(x) + x * hard_sigmoid_slope(x)));
                }
                Activation::Swish => binary(length, x, dy, dx, |x, d| {
                    let s = sigmoid(x);
                    d * (s * (1.0 + x * (1.0 - s)))
                }),
                Activation::Gelu => binary(length, x, dy, dx, |x, d| {
                    let (distribution, density) = normal_distribution(x);
                    d * (distribution + x * density)
                }),
            }
        }
    }
}

/// `e^x` to two units in the last place; 0 where that would be below 1.6e-38, and no more than
/// e^88. A NaN stays one.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const ROUND: f32 = 12_582_912.0;
    let vanishes = x < -87.0;
    let x = x.clamp(-87.0, 88.0);
    // e^x = 2^n e^r with n whole and |r| <= ln 2 / 2; the lowest bits of the shifted number are n.
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    // ln 2 in two parts, the first with few bits.
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let upper = ((r * (1.0 / 5040.0) + 1.0 / 720.0) * r + 1.0 / 120.0) * r + 1.0 / 24.0;
    let value = (((upper * r + 1.0 / 6.0) * r + 0.5) * r + 1.0) * r + 1.0;
    let result = value * f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    if vanishes { 0.0 } else { result }
}

#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exp(-x))
}

#[inline(always)]
fn hard_sigmoid(x: f32) -> f32 {
    (x * (1.0 / 6.0) + 0.5).clamp(0.0, 1.0)
}

#[inline(always)]
fn hard_sigmoid_slope(x: f32) -> f32 {
    if x > -3.0 && x < 3.0 { 1.0 / 6.0 } else { 0.0 }
}

/// Φ and its density; Φ by Abramowitz & Stegun 1964, 7.1.26, to 8e-8.
#[inline(always)]
fn normal_distribution(x: f32) -> (f32, f32) {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let gauss = exp(-z * z);
    let polynomial = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    let tail = 0.5 * gauss * polynomial;
    (if x > 0.0 { 1.0 - tail } else { tail }, gauss * 0.398_942_3)
}
