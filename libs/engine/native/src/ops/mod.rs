//! Single operations outside cells, on whole tensors. Work is split by shape, never by thread.

pub mod batch_norm;
pub mod convolution;
pub mod elementwise;
pub mod geometry;
pub mod loss;
pub mod matrix;
pub mod optimizer;
pub mod pool;
mod shared;
#[cfg(test)]
mod tests;
