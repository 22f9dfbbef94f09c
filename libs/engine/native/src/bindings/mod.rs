//! The Node interface; `index.d.ts` describes it.

mod array;
mod cell;
mod convolution;
mod elementwise;
mod layers;
mod optimizer;
mod settings;
