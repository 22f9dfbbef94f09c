//! The inner kernels, each written once over [`crate::simd::Simd`] and compiled for every
//! instruction set.
//!
//! Two layouts meet here. *Compact* tensors are `[pixels][channels]` as in the interface, with any
//! pixel stride. *Planes* are scratch: pixels padded to whole vectors (`pitch` of channels a
//! multiple of the lanes, zero in the padding), rows with an optional zero border, so that the
//! convolution kernels have no edge cases.

pub mod convolution;
pub mod depthwise;
pub mod elementwise;
pub mod flat;
pub mod gathered;
pub mod norm;
pub mod pool;
pub mod reduce;
pub mod table;

pub use table::Kernels;
