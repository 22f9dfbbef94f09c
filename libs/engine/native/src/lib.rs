//! The numerical kernels and the cell executor of oneshot. The Node interface is described in
//! `index.d.ts`.

#[cfg(not(test))]
mod bindings;
pub mod cell;
pub mod failure;
pub mod kernels;
pub mod memory;
pub mod ops;
pub mod simd;
pub mod threads;
