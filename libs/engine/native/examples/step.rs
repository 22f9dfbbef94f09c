//! Times the cells of a whole search network, forward and backward, with a trace per kernel: `cargo
//! run --release --example step -- darts|wide|deep|single|gdas|pcdarts [batch] [repetitions]
//! [threads] [keep|recompute] [float32|bf16]` A search step is two of these: one for the
//! architecture, one for the weights.

use oneshot_native::cell::plan::Plan;
use oneshot_native::cell::run::{Gradients, Keep, Operands, Statistics};
use oneshot_native::cell::schedule::CellSchedule;
use oneshot_native::cell::{lower::lower, precision::Precision, trace};
use oneshot_native::{memory, threads};
use serde_json::{Value, json};
use std::time::Instant;

/// Hands out places in the banks while a schedule is written.
#[derive(Default)]
struct Banks {
    weights: usize,
    statistics: usize,
    mix: usize,
}

impl Banks {
    fn take(&mut self, count: usize) -> usize {
        self.weights += count;
        self.weights - count
    }

    fn norm(&mut self, channels: usize) -> Value {
        self.statistics += 2 * channels;
        json!({"affine": false, "weights": 0, "statistics": self.statistics - 2 * channels})
    }

    fn coefficient(&mut self) -> usize {
        self.mix += 1;
        self.mix - 1
    }

    fn separable(&mut self, c: usize, size: usize, stride: usize, dilation: usize) -> Value {
        json!({"relu": true,
            "depthwise": {"size": size, "stride": stride, "dilation": dilation, "weights": self.take(size * size * c)},
            "convolution": {"size": 1, "stride": 1, "channels": c, "weights": self.take(c * c)},
            "norm": self.norm(c)})
    }

    fn branch(&mut self, option: usize, c: usize, stride: usize) -> Value {
        match option {
            0 => json!({"kind": "zero"}),
            1 => json!({"kind": "pool", "pool": "max", "size": 3, "stride": stride, "padding": 1, "norm": self.norm(c)}),
            2 => json!({"kind": "pool", "pool": "average", "size": 3, "stride": stride, "padding": 1, "norm": self.norm(c)}),
            3 if stride == 1 => json!({"kind": "identity"}),
            3 => self.reduce(c, c),
            4 | 5 => {
                let size = 2 * option - 5;
                json!({"kind": "chain", "stages": [self.separable(c, size, stride, 1), self.separable(c, size, 1, 1)]})
            }
            _ => json!({"kind": "chain", "stages": [self.separable(c, 2 * option - 9, stride, 2)]}),
        }
    }

    fn reduce(&mut self, inputs: usize, c: usize) -> Value {
        json!({"kind": "factorized_reduce", "channels": c, "weights": self.take(inputs * c), "norm": self.norm(c)})
    }
}

struct Shape {
    size: usize,
    channels: usize,
}

fn cell(inputs: [&Shape; 2], c: usize, nodes: usize, reduction: bool, method: &str, number: usize) -> Value {
    let mut banks = Banks::default();
    let mut list = Vec::new();
    for (i, input) in inputs.iter().enumerate() {
        let mut branch = if input.size > inputs[1].size {
            banks.reduce(input.channels, c)
        } else {
            let weights = banks.take(input.channels * c);
            let stage = json!({"relu": true, "convolution": {"size": 1, "stride": 1, "channels": c, "weights": weights}, "norm": banks.norm(c)});
            json!({"kind": "chain", "stages": [stage]})
        };
        branch["mix"] = Value::Null;
        list.push(json!({"edges": [{"from": i, "branches": [branch]}]}));
    }
    let keep = if method == "pcdarts" { 4 } else { 1 };
    for node in 0..nodes {
        let mut edges = Vec::new();
        for from in 2..4 + node {
            let stride = if reduction && from < 4 { 2 } else { 1 };
            let options: Vec<usize> =
                if method == "gdas" { vec![1 + (number * 31 + node * 7 + from * 3) % 7] } else { (0..8).collect() };
            let branches: Vec<Value> = options
                .into_iter()
                .map(|option| {
                    let mut branch = banks.branch(option, c / keep, stride);
                    branch["mix"] = json!(banks.coefficient());
                    branch
                })
                .collect();
            let mut edge = json!({"from": from, "branches": branches});
            if keep > 1 {
                edge["partial"] = json!({"keep": keep, "stride": stride, "bypassMix": banks.coefficient()});
            }
            edges.push(edge);
        }
        list.push(json!({"edges": edges}));
    }
    json!({
        "inputs": inputs.map(|s| json!({"height": s.size, "width": s.size, "channels": s.channels})),
        "nodes": list,
        "output": (4..4 + nodes).collect::<Vec<_>>(),
        "weightCount": banks.weights, "statisticCount": banks.statistics, "mixCount": banks.mix,
    })
}

struct Cell {
    plan: Plan,
    weights: Vec<f32>,
    mix: Vec<f32>,
    /// Index of the two tensors it reads.
    from: [usize; 2],
}

fn network(space: &str, batch: usize, precision: Precision) -> (Vec<Cell>, usize) {
    let (count, channels, nodes, method) = match space {
        "darts" => (8, 16, 4, "darts"),
        "wide" => (4, 18, 4, "darts"),
        "deep" => (16, 7, 4, "darts"),
        "single" => (1, 26, 8, "darts"),
        "gdas" => (8, 16, 4, "gdas"),
        "pcdarts" => (8, 16, 4, "pcdarts"),
        other => panic!("unknown space {other}"),
    };
    let mut shapes = vec![Shape { size: 32, channels: 3 * channels }];
    let mut from = [0, 0];
    let mut c = channels;
    let mut cells = Vec::new();
    for i in 0..count {
        let reduction = count > 1 && (i == count / 3 || i == 2 * count / 3);
        c *= 1 + usize::from(reduction);
        let text = cell([&shapes[from[0]], &shapes[from[1]]], c, nodes, reduction, method, i).to_string();
        let start = Instant::now();
        let schedule: CellSchedule = serde_json::from_str(&text).expect("schedule");
        let plan = lower(&schedule, batch, precision).expect("plan");
        if i == 0 {
            println!("planning one cell: {:.0} µs ({} KB of JSON)", start.elapsed().as_secs_f64() * 1e6, text.len() / 1024);
        }
        let weights = (0..plan.weight_count).map(|k| ((k * 7919 % 1000) as f32 / 1000.0 - 0.5) * 0.4).collect();
        let mix = vec![0.125; plan.mix_count];
        cells.push(Cell { plan, weights, mix, from });
        let size = shapes[from[1]].size.div_ceil(1 + usize::from(reduction));
        shapes.push(Shape { size, channels: nodes * c });
        from = [from[1], shapes.len() - 1];
    }
    (cells, batch * 32 * 32 * 3 * channels)
}

/// Processor time of all threads: what counts on a machine that others use too.
fn processor_seconds() -> f64 {
    // SAFETY: an all-zero rusage is valid, and getrusage fills it.
    let usage = unsafe {
        let mut usage: libc::rusage = std::mem::zeroed();
        libc::getrusage(libc::RUSAGE_SELF, &mut usage);
        usage
    };
    usage.ru_utime.tv_sec as f64 + usage.ru_utime.tv_usec as f64 * 1e-6
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |i: usize, default: usize| arguments.get(i).map_or(default, |text| text.parse().expect("a number"));
    let space = arguments.first().map_or("darts", String::as_str);
    let (batch, repetitions) = (number(1, 64), number(2, 5));
    threads::set_threads(number(3, threads::threads()));
    let keep = if arguments.get(4).is_some_and(|text| text == "recompute") { Keep::Inputs } else { Keep::Activations };
    let precision = Precision::named(arguments.get(5).map_or("float32", String::as_str)).expect("a precision");
    let (cells, stem) = network(space, batch, precision);
    let first: Vec<f32> = (0..stem).map(|i| (i * 104_729 % 2001) as f32 / 1000.0 - 1.0).collect();
    let (mut forward_best, mut backward_best) = (f64::MAX, f64::MAX);
    let mut processor_best = f64::MAX;
    let mut tensors: Vec<Vec<f32>> = vec![first];
    tensors.extend(cells.iter().map(|cell| vec![0.0; cell.plan.output_length()]));
    let mut gradients: Vec<Vec<f32>> = tensors.iter().map(|t| vec![1.0; t.len()]).collect();
    let mut banks: Vec<Vec<f32>> = cells.iter().map(|cell| vec![0.0; cell.weights.len()]).collect();
    for repetition in 0..repetitions {
        if repetition == repetitions - 1 {
            trace::reset();
            trace::set(true);
        }
        let start = Instant::now();
        let processor = processor_seconds();
        let mut saved = Vec::new();
        for (i, cell) in cells.iter().enumerate() {
            let (before, after) = tensors.split_at_mut(i + 1);
            let inputs = cell.from.map(|t| before[t].as_slice());
            let operands = Operands { inputs: &inputs, weights: &cell.weights, mix: &cell.mix, mix_per_image: false };
            saved.push(cell.plan.forward(operands, Statistics::Batch(None), keep, &mut after[0]).expect("forward"));
        }
        let forward = start.elapsed().as_secs_f64();
        let start = Instant::now();
        for (i, cell) in cells.iter().enumerate().rev() {
            let inputs = cell.from.map(|t| tensors[t].as_slice());
            let operands = Operands { inputs: &inputs, weights: &cell.weights, mix: &cell.mix, mix_per_image: false };
            let (before, after) = gradients.split_at_mut(i + 1);
            let mut mix = vec![0.0; cell.mix.len()];
            let mut other = vec![0.0; if cell.from[0] == cell.from[1] { before[0].len() } else { 0 }];
            let into = match cell.from {
                [a, b] if a == b => vec![Some(before[a].as_mut_slice()), Some(other.as_mut_slice())],
                [a, b] => {
                    let (low, high) = before.split_at_mut(b);
                    vec![Some(low[a].as_mut_slice()), Some(high[0].as_mut_slice())]
                }
            };
            let wanted = Gradients { inputs: into, weights: Some(&mut banks[i]), mix: Some(&mut mix) };
            let Some(activations) = saved[i].take() else { continue };
            cell.plan.backward(&activations, operands, &tensors[i + 1], &after[0], wanted).expect("backward");
        }
        let backward = start.elapsed().as_secs_f64();
        processor_best = processor_best.min(processor_seconds() - processor);
        if repetition + 1 < repetitions || repetitions == 1 {
            (forward_best, backward_best) = (forward_best.min(forward), backward_best.min(backward));
        }
    }
    println!(
        "{space}, batch {batch}, {} threads: forward {:.3} s, backward {:.3} s; two of both {:.3} s ({:.3} s of processor); peak of the pool {:.2} GB",
        threads::threads(),
        forward_best,
        backward_best,
        2.0 * (forward_best + backward_best),
        2.0 * processor_best,
        memory::statistics().peak_bytes as f64 / 1e9
    );
    let entries = trace::entries();
    let total: f64 = entries.iter().map(|entry| entry.seconds).sum();
    for entry in entries {
        println!(
            "{:>6.1} %  {:>8.4} s  {:>8} calls  {}",
            100.0 * entry.seconds / total,
            entry.seconds,
            entry.calls,
            entry.kernel
        );
    }
}
