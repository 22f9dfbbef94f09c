//! The executor's values against the reference, and its gradients against finite differences of the
//! reference.

use super::cases;
use super::random::Random;
use super::reference::{Reference, Tensor};
use crate::cell::estimate;
use crate::cell::lower::lower;
use crate::cell::precision::Precision;
use crate::cell::run::{Gradients, Keep, Operands, Statistics};
use crate::cell::schedule::CellSchedule;
use crate::cell::shapes::state_shapes;
use crate::threads;

struct Case {
    schedule: CellSchedule,
    precision: Precision,
    batch: usize,
    per_image: bool,
    train: bool,
    inputs: Vec<Vec<f32>>,
    weights: Vec<f32>,
    mix: Vec<f32>,
    running: Vec<f32>,
    d_output: Vec<f32>,
}

struct Results {
    output: Vec<f32>,
    statistics: Vec<f32>,
    /// Inputs, then weights, then mix.
    gradients: Vec<Vec<f32>>,
}

impl Case {
    fn new(schedule: CellSchedule, batch: usize, per_image: bool, train: bool, seed: u64) -> Case {
        let mut random = Random::new(seed + 1000);
        let plan = lower(&schedule, batch, Precision::Float32).expect("valid schedule");
        let inputs = schedule.inputs.iter().map(|s| random.values(batch * s.height * s.width * s.channels)).collect();
        let mut weights = random.values(schedule.weight_count);
        weights.iter_mut().for_each(|w| *w *= 0.6);
        let mix = random.values(schedule.mix_count * if per_image { batch } else { 1 });
        let running = random.values(schedule.statistic_count).iter().map(|v| v * 0.4 + 0.6).collect();
        let d_output = random.values(plan.output_length());
        Case { schedule, precision: Precision::Float32, batch, per_image, train, inputs, weights, mix, running, d_output }
    }

    fn with(self, precision: Precision) -> Case {
        Case { precision, ..self }
    }

    fn run(&self) -> Results {
        self.run_keeping(Keep::Activations)
    }

    fn run_keeping(&self, keep: Keep) -> Results {
        let plan = lower(&self.schedule, self.batch, self.precision).expect("valid schedule");
        let inputs: Vec<&[f32]> = self.inputs.iter().map(Vec::as_slice).collect();
        let operands = Operands { inputs: &inputs, weights: &self.weights, mix: &self.mix, mix_per_image: self.per_image };
        let mut output = vec![f32::NAN; plan.output_length()];
        let mut statistics = vec![0.0; self.schedule.statistic_count];
        let how = if self.train { Statistics::Batch(Some(&mut statistics)) } else { Statistics::Running(&self.running) };
        let activations = plan.forward(operands, how, keep, &mut output).expect("forward").expect("activations");
        assert_eq!(activations.bytes(), estimate::memory(&plan, keep).kept);
        let mut gradients: Vec<Vec<f32>> = self.inputs.iter().map(|x| vec![f32::NAN; x.len()]).collect();
        gradients.push(vec![f32::NAN; self.weights.len()]);
        gradients.push(vec![f32::NAN; self.mix.len()]);
        let mut parts = gradients.iter_mut().map(Vec::as_mut_slice);
        let into = Gradients {
            inputs: parts.by_ref().take(self.inputs.len()).map(Some).collect(),
            weights: parts.next(),
            mix: parts.next(),
        };
        plan.backward(&activations, operands, &output, &self.d_output, into).expect("backward");
        Results { output, statistics, gradients }
    }

    /// All operands in float64: inputs, weights, mix.
    fn operands(&self) -> Vec<Vec<f64>> {
        let wide = |values: &Vec<f32>| values.iter().map(|v| f64::from(*v)).collect();
        self.inputs.iter().chain([&self.weights, &self.mix]).map(wide).collect()
    }

    fn reference(&self, operands: &[Vec<f64>]) -> (Tensor, Vec<f64>) {
        let shapes = state_shapes(&self.schedule).expect("valid schedule");
        let count = self.inputs.len();
        let inputs: Vec<Tensor> = (0..count).map(|i| Tensor { shape: shapes[i], values: operands[i].clone() }).collect();
        let running: Vec<f64> = self.running.iter().map(|v| f64::from(*v)).collect();
        let mut reference = Reference {
            schedule: &self.schedule,
            batch: self.batch,
            weights: &operands[count],
            mix: &operands[count + 1],
            mix_per_image: self.per_image,
            running: if self.train { None } else { Some(&running) },
            statistics: vec![0.0; self.schedule.statistic_count],
        };
        let output = reference.run(&inputs, &shapes);
        (output, reference.statistics)
    }

    fn loss(&self, operands: &[Vec<f64>]) -> f64 {
        self.reference(operands).0.values.iter().zip(&self.d_output).map(|(y, d)| y * f64::from(*d)).sum()
    }

    /// Values within 1e-4 of the largest; derivatives along single coordinates and along one dense
    /// direction per operand.
    fn check(&self, name: &str) {
        let results = self.run();
        let operands = self.operands();
        let (output, statistics) = self.reference(&operands);
        close(&format!("{name}: output"), &results.output, &output.values);
        if self.train {
            close(&format!("{name}: statistics"), &results.statistics, &statistics);
        }
        let mut random = Random::new(5);
        for (o, gradient) in results.gradients.iter().enumerate() {
            if gradient.is_empty() {
                continue;
            }
            let largest = gradient.iter().fold(0f32, |a, g| a.max(g.abs()));
            for probe in 0..7 {
                let direction: Vec<f64> = if probe == 0 {
                    random.values(gradient.len()).iter().map(|v| f64::from(*v)).collect()
                } else {
                    let mut one = vec![0.0; gradient.len()];
                    one[random.below(gradient.len())] = 1.0;
                    one
                };
                let found: f64 = gradient.iter().zip(&direction).map(|(g, d)| f64::from(*g) * d).sum();
                let wanted = self.derivative(&operands, o, &direction);
                let scale = f64::from(largest) * direction.iter().map(|d| d * d).sum::<f64>().sqrt() + 1e-3;
                let error = (found - wanted).abs() / scale;
                assert!(error < 2e-3, "{name}: operand {o}, probe {probe}: found {found}, wanted {wanted}, largest {largest}");
            }
        }
    }

    /// Central difference. Steps on both sides of a kink disagree between widths: then a narrower
    /// one is taken.
    fn derivative(&self, operands: &[Vec<f64>], operand: usize, direction: &[f64]) -> f64 {
        let slope = |step: f64| {
            let side = |sign: f64| {
                let mut moved = operands.to_vec();
                moved[operand].iter_mut().zip(direction).for_each(|(v, d)| *v += sign * step * d);
                self.loss(&moved)
            };
            (side(1.0) - side(-1.0)) / (2.0 * step)
        };
        slope(1e-7)
    }
}

fn close(name: &str, found: &[f32], wanted: &[f64]) {
    assert_eq!(found.len(), wanted.len(), "{name}");
    let largest = wanted.iter().fold(1e-6f64, |a, v| a.max(v.abs()));
    for (i, (f, w)) in found.iter().zip(wanted).enumerate() {
        assert!((f64::from(*f) - w).abs() <= 1e-4 * largest, "{name}[{i}]: found {f}, wanted {w}, largest {largest}");
    }
}

#[test]
fn a_mixed_cell_has_the_values_and_gradients_of_its_definition() {
    for (i, channels) in [1, 7, 16, 18].into_iter().enumerate() {
        for reduction in [false, true] {
            let schedule = cases::darts(channels, 6 + i % 2, reduction, None, i as u64);
            Case::new(schedule, 3, i % 2 == 1, true, 1).check(&format!("{channels} channels, reduction {reduction}"));
        }
    }
}

#[test]
fn partial_connections_have_the_values_and_gradients_of_their_definition() {
    // 12: a whole share; 7, 18, 26: widths that 4 does not divide; 5 and 8: rows that are missing
    // whole.
    for (channels, keep) in [(12, 4), (7, 4), (18, 4), (26, 4), (7, 2), (5, 4), (8, 5)] {
        for (reduction, per_image) in [(false, false), (false, true), (true, false), (true, true)] {
            let schedule = cases::darts(channels, 6, reduction, Some(keep), 4);
            Case::new(schedule, 2, per_image, true, 2)
                .check(&format!("1/{keep} of {channels}, reduction {reduction}, per image {per_image}"));
        }
    }
}

#[test]
fn partial_connections_keep_one_channel_at_least() {
    let schedule = cases::darts(3, 6, false, Some(4), 1);
    let message = lower(&schedule, 2, Precision::Float32).err().expect("refused");
    assert_eq!(message, "nodes[2].edges[0].partial.keep: found 4, allowed: 2 up to the 3 channels");
}

#[test]
fn running_statistics_are_constants_of_the_gradient() {
    for seed in 0..3 {
        let schedule = cases::darts(5, 7, seed == 1, (seed == 2).then_some(5), seed);
        Case::new(schedule, 2, seed == 0, false, seed).check(&format!("evaluation {seed}"));
    }
}

#[test]
fn any_schedule_has_the_values_and_gradients_of_its_definition() {
    for seed in 0..40 {
        let schedule = cases::anything(seed);
        Case::new(schedule, 1 + seed as usize % 4, seed % 3 == 0, seed % 5 != 0, seed).check(&format!("seed {seed}"));
    }
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    for precision in [Precision::Float32, Precision::Bf16] {
        let runs: Vec<Results> = [1, 2, 3]
            .into_iter()
            .map(|count| {
                threads::set_threads(count);
                Case::new(cases::darts(18, 8, true, None, 9), 5, true, true, 9).with(precision).run()
            })
            .collect();
        for run in &runs[1..] {
            assert_eq!(run.output, runs[0].output);
            assert_eq!(run.statistics, runs[0].statistics);
            assert_eq!(run.gradients, runs[0].gradients);
        }
    }
}

#[test]
fn recomputed_activations_change_no_bit() {
    for (seed, precision) in (0..40).flat_map(|seed| [(seed, Precision::Float32), (seed, Precision::Bf16)]) {
        let schedule = if seed % 4 == 0 {
            cases::darts(12 + seed as usize / 4 % 3, 6, seed % 8 == 0, Some(4), seed)
        } else {
            cases::anything(seed)
        };
        let case = Case::new(schedule, 1 + seed as usize % 4, seed % 3 == 0, seed % 5 != 0, seed).with(precision);
        let (kept, recomputed) = (case.run(), case.run_keeping(Keep::Inputs));
        assert_eq!(kept.output, recomputed.output, "seed {seed}");
        assert_eq!(kept.statistics, recomputed.statistics, "seed {seed}");
        assert_eq!(kept.gradients, recomputed.gradients, "seed {seed}");
    }
}

/// Small, so that tools that watch every read and write can run it:
/// `cargo +nightly miri test -- a_small_cell`.
#[test]
fn a_small_cell_keeps_to_its_memory() {
    for (channels, size, keep) in [(3, 5, None), (4, 6, Some(2)), (5, 6, Some(4))] {
        for precision in [Precision::Float32, Precision::Bf16] {
            let case = Case::new(cases::darts(channels, size, keep.is_some(), keep, 1), 1, false, true, 1).with(precision);
            let (kept, recomputed) = (case.run(), case.run_keeping(Keep::Inputs));
            assert_eq!(kept.gradients, recomputed.gradients);
        }
    }
}

#[test]
fn wrong_lengths_are_refused() {
    let schedule = cases::darts(4, 6, false, None, 1);
    let mut case = Case::new(schedule, 2, false, true, 1);
    let plan = lower(&case.schedule, 2, Precision::Float32).expect("valid schedule");
    let mut output = vec![0.0; plan.output_length()];
    case.inputs[1].pop();
    let inputs: Vec<&[f32]> = case.inputs.iter().map(Vec::as_slice).collect();
    let operands = Operands { inputs: &inputs, weights: &case.weights, mix: &case.mix, mix_per_image: false };
    let message = plan.forward(operands, Statistics::Batch(None), Keep::Nothing, &mut output).err().expect("refused");
    assert_eq!(message, "inputs[1]: found 575 values, wanted 576");
}

#[test]
fn schedules_that_make_no_sense_are_refused_with_the_place() {
    let mut schedule = cases::darts(4, 6, false, None, 1);
    schedule.nodes[3].edges[2].from = 5;
    assert_eq!(
        lower(&schedule, 2, Precision::Float32).err().as_deref(),
        Some("nodes[3].edges[2].from: found 5, allowed: a state below 5")
    );
    let mut schedule = cases::darts(4, 6, false, None, 1);
    schedule.weight_count = 10;
    assert!(
        lower(&schedule, 2, Precision::Float32)
            .err()
            .is_some_and(|message| message.starts_with("nodes[0].edges[0].branches[0].stages[0].convolution.weights:"))
    );
}
