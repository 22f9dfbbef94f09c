//! The Node interface; `index.d.ts` describes it.

mod array;
mod cell;
mod convolution;
mod elementwise;
mod optimizer;
mod settings;
