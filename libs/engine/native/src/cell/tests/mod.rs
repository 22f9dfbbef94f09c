//! The executor against a plain float64 reading of the schedule, on random schedules and shapes.

mod cases;
mod executor;
mod fixtures;
mod random;
mod reference;
