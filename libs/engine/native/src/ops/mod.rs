//! Single operations outside cells, on whole tensors. Work is split by shape, never by thread.

pub mod activation;
pub mod batch_norm;
pub mod broadcast;
pub mod convolution;
pub mod copy;
pub mod dropout;
pub mod elementwise;
pub mod gathered;
pub mod geometry;
pub mod loss;
pub mod matrix;
pub mod optimizer;
pub mod pointwise;
pub mod pool;
pub mod reduce;
pub mod scale;
mod shared;
pub mod squeeze_excite;
#[cfg(test)]
mod tests;
