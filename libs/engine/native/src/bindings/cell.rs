//! Plans and saved activations as JavaScript objects.

use super::array::{Array, apart, expect, fault};
use crate::cell::estimate;
use crate::cell::lower::lower;
use crate::cell::plan::Plan;
use crate::cell::precision::Precision;
use crate::cell::run::{Activations, Gradients, Keep, Operands, Statistics};
use crate::cell::schedule::CellSchedule;
use crate::memory;
use napi::bindgen_prelude::Either;
use napi::{Env, Result};
use napi_derive::napi;
use std::sync::atomic::{AtomicI64, Ordering};

#[napi]
pub struct Saved {
    activations: Option<Activations>,
}

#[napi]
impl Saved {
    #[napi(catch_unwind)]
    pub fn release(&mut self) {
        self.activations = None;
    }

    #[napi(getter, catch_unwind)]
    pub fn bytes(&self) -> f64 {
        self.activations.as_ref().map_or(0.0, |activations| activations.bytes() as f64)
    }
}

/// Tells the garbage collector how much the pool has ever held, when that has grown. The
/// activations of each call would start a collection every few cells, beside the workers and for
/// nothing, since they are released by hand; what someone forgets to release makes the pool grow,
/// and is collected.
fn report_growth(env: Env) -> Result<()> {
    static REPORTED: AtomicI64 = AtomicI64::new(0);
    let held = memory::statistics().peak_bytes as i64;
    let reported = REPORTED.fetch_max(held, Ordering::Relaxed);
    if held > reported {
        env.adjust_external_memory(held - reported)?;
    }
    Ok(())
}

#[napi(object)]
pub struct Memory {
    pub kept_bytes: f64,
    pub forward_bytes: f64,
    pub backward_bytes: f64,
}

fn keep_named(name: &str) -> Result<Keep> {
    match name {
        "nothing" => Ok(Keep::Nothing),
        "activations" => Ok(Keep::Activations),
        "inputs" => Ok(Keep::Inputs),
        _ => Err(fault(format!("keep: found {name}, allowed: nothing, activations, inputs"))),
    }
}

#[napi(object)]
pub struct Flops {
    pub forward: f64,
    pub backward: f64,
}

#[napi(object)]
pub struct StatisticCount {
    pub statistics: u32,
    pub channels: u32,
    pub count: f64,
}

#[napi]
pub struct CellPlan {
    plan: Plan,
}

/// The operands as slices, and with their names for the overlap check.
fn operands<'a>(
    plan: &Plan,
    inputs: &[Array],
    weights: Array,
    mix: Array,
    per_image: bool,
    slices: &'a mut Vec<&'a [f32]>,
) -> Result<Operands<'a>> {
    if inputs.len() != plan.inputs {
        return Err(fault(format!("inputs: found {} arrays, wanted {}", inputs.len(), plan.inputs)));
    }
    // SAFETY: `apart` has refused results that overlap operands, so nothing writes them during the
    // call.
    unsafe {
        slices.extend(inputs.iter().map(|input| input.read()));
        Ok(Operands { inputs: slices, weights: weights.read(), mix: mix.read(), mix_per_image: per_image })
    }
}

#[napi]
impl CellPlan {
    #[napi(constructor, catch_unwind)]
    pub fn new(schedule_json: String, batch: u32, precision: String) -> Result<CellPlan> {
        let precision = Precision::named(&precision).map_err(fault)?;
        let schedule: CellSchedule =
            serde_json::from_str(&schedule_json).map_err(|error| fault(format!("schedule: {error}")))?;
        let plan = lower(&schedule, batch as usize, precision).map_err(fault)?;
        Ok(CellPlan { plan })
    }

    #[napi(catch_unwind)]
    #[allow(clippy::too_many_arguments)]
    pub fn forward(
        &self,
        env: Env,
        inputs: Vec<Array>,
        weights: Array,
        mix: Array,
        mix_per_image: bool,
        running: Option<Array>,
        train: bool,
        keep: String,
        output: Array,
        statistics: Option<Array>,
    ) -> Result<Option<Saved>> {
        let keep = keep_named(&keep)?;
        let mut all = vec![("output", output)];
        all.extend(statistics.map(|array| ("statistics", array)));
        let written = all.len();
        all.extend(inputs.iter().map(|input| ("inputs", *input)));
        all.extend([("weights", weights), ("mix", mix)]);
        all.extend(running.map(|array| ("running", array)));
        apart(written, &all)?;
        let mut slices = Vec::new();
        let operands = operands(&self.plan, &inputs, weights, mix, mix_per_image, &mut slices)?;
        // SAFETY: checked above to be apart.
        let statistics = unsafe {
            match (train, running) {
                (true, _) => Statistics::Batch(statistics.map(|array| array.write())),
                (false, Some(running)) => Statistics::Running(running.read()),
                (false, None) => return Err(fault("running: null, but evaluation needs running statistics")),
            }
        };
        // SAFETY: checked above to be apart.
        let output = unsafe { output.write() };
        let Some(activations) = self.plan.forward(operands, statistics, keep, output).map_err(fault)? else {
            return Ok(None);
        };
        report_growth(env)?;
        Ok(Some(Saved { activations: Some(activations) }))
    }

    #[napi(catch_unwind)]
    #[allow(clippy::too_many_arguments)]
    pub fn backward(
        &self,
        saved: &Saved,
        inputs: Vec<Array>,
        weights: Array,
        mix: Array,
        output: Array,
        d_output: Array,
        d_inputs: Vec<Either<Array, napi::bindgen_prelude::Null>>,
        d_weights: Option<Array>,
        d_mix: Option<Array>,
    ) -> Result<()> {
        let Some(activations) = &saved.activations else { return Err(fault("saved: was released")) };
        let d_inputs: Vec<Option<Array>> = d_inputs
            .into_iter()
            .map(|gradient| match gradient {
                Either::A(array) => Some(array),
                Either::B(_) => None,
            })
            .collect();
        let mut all: Vec<(&str, Array)> = d_inputs.iter().flatten().map(|array| ("dInputs", *array)).collect();
        all.extend(d_weights.map(|array| ("dWeights", array)));
        all.extend(d_mix.map(|array| ("dMix", array)));
        let written = all.len();
        all.extend(inputs.iter().map(|input| ("inputs", *input)));
        all.extend([("weights", weights), ("mix", mix), ("output", output), ("dOutput", d_output)]);
        apart(written, &all)?;
        let per_image = activations.mix_per_image();
        expect("mix", mix, if per_image { self.plan.batch } else { 1 } * self.plan.mix_count)?;
        let mut slices = Vec::new();
        let operands = operands(&self.plan, &inputs, weights, mix, per_image, &mut slices)?;
        // SAFETY: checked above to be apart.
        let gradients = unsafe {
            Gradients {
                inputs: d_inputs.into_iter().map(|gradient| gradient.map(|array| array.write())).collect(),
                weights: d_weights.map(|array| array.write()),
                mix: d_mix.map(|array| array.write()),
            }
        };
        // SAFETY: checked above to be apart.
        let (output, d_output) = unsafe { (output.read(), d_output.read()) };
        self.plan.backward(activations, operands, output, d_output, gradients).map_err(fault)
    }

    #[napi(catch_unwind)]
    pub fn memory(&self, keep: String) -> Result<Memory> {
        let memory = estimate::memory(&self.plan, keep_named(&keep)?);
        Ok(Memory {
            kept_bytes: memory.kept as f64,
            forward_bytes: memory.forward as f64,
            backward_bytes: memory.backward as f64,
        })
    }

    #[napi(catch_unwind)]
    pub fn flops(&self) -> Flops {
        let flops = estimate::flops(&self.plan);
        Flops { forward: flops.forward, backward: flops.backward }
    }

    #[napi(catch_unwind)]
    pub fn output_shape(&self) -> Vec<u32> {
        let shape = self.plan.output;
        vec![shape.height as u32, shape.width as u32, shape.channels as u32]
    }

    #[napi(catch_unwind)]
    pub fn statistic_counts(&self) -> Vec<StatisticCount> {
        self.plan
            .norms
            .iter()
            .map(|norm| StatisticCount {
                statistics: norm.statistics as u32,
                channels: norm.channels as u32,
                count: norm.count as f64,
            })
            .collect()
    }
}
