//! The Node interface; `index.d.ts` describes it.

mod array;
mod cell;
mod settings;
