//! The cell executor: a schedule is compiled to a plan once, and a plan runs forward and backward
//! in one call each.

pub(crate) mod arena;
mod backward;
mod backward_op;
mod backward_pool;
pub(crate) mod context;
pub mod estimate;
mod forward;
mod image_moments;
mod layout;
pub mod lower;
mod norm;
mod pack;
pub mod plan;
pub mod precision;
pub mod run;
pub mod schedule;
mod shapes;
mod sharing;
mod shuffle;
#[cfg(test)]
mod tests;
pub mod trace;
