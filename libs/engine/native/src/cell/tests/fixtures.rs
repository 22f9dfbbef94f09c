//! The numbers of the PyTorch peer (`torch_supernet.py dump`), where they are at hand: every
//! operation at both strides.

use super::cases::Builder;
use crate::cell::lower::lower;
use crate::cell::precision::Precision;
use crate::cell::run::{Gradients, Keep, Operands, Statistics};
use crate::cell::schedule::*;
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Deserialize)]
struct Index {
    arrays: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    name: String,
    shape: Vec<usize>,
    offset: usize,
}

struct Fixture {
    index: Index,
    values: Vec<f32>,
}

/// `ONESHOT_SHARED`, or `shared` beside the repository.
fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared");
    let root = std::env::var_os("ONESHOT_SHARED").map_or(beside, PathBuf::from);
    Some(root.join("peer/fixtures")).filter(|folder| folder.is_dir())
}

impl Fixture {
    fn read(folder: &std::path::Path, name: &str) -> Fixture {
        let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).expect("an index");
        let bytes = std::fs::read(folder.join(format!("{name}.f32"))).expect("values");
        let values = bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        Fixture { index: serde_json::from_str(&text).expect("an index"), values }
    }

    fn get(&self, name: &str) -> (&[usize], &[f32]) {
        let entry = self.index.arrays.iter().find(|entry| entry.name == name).expect("an array of this name");
        let count: usize = entry.shape.iter().product();
        (&entry.shape, &self.values[entry.offset..entry.offset + count])
    }

    /// `[n, c, h, w]` as `[n, h, w, c]`.
    fn activation(&self, name: &str) -> (StateShape, Vec<f32>) {
        let (shape, values) = self.get(name);
        let [n, c, h, w] = shape else { panic!("{name} is no activation") };
        let mut out = vec![0.0; values.len()];
        for (i, value) in values.iter().enumerate() {
            let (x, y, channel, image) = (i % w, i / w % h, i / (w * h) % c, i / (w * h * c));
            out[((image * h + y) * w + x) * c + channel] = *value;
        }
        assert_eq!(*n, 4);
        (StateShape { height: *h, width: *w, channels: *c }, out)
    }

    /// All kernels in the order of the modules, `[o, i, h, w]` as `[h, w, i, o]` (depthwise:
    /// `[h, w, c]`), end to end.
    fn kernels(&self, prefix: &str) -> Vec<f32> {
        let mut out = Vec::new();
        for entry in self.index.arrays.iter().filter(|entry| entry.name.starts_with(prefix)) {
            let (shape, values) = self.get(&entry.name);
            let [o, i, h, w] = shape else { panic!("{} is no kernel", entry.name) };
            for (y, x, inner, outer) in
                (0..*h).flat_map(|y| (0..*w).flat_map(move |x| (0..*i).flat_map(move |a| (0..*o).map(move |b| (y, x, a, b)))))
            {
                out.push(values[((outer * i + inner) * h + y) * w + x]);
            }
        }
        out
    }
}

fn branch(b: &mut Builder, name: &str, channels: usize, stride: usize) -> BranchSchedule {
    let body = match name {
        "none" => b.branch(BranchKind::Zero),
        "skip_connect" if stride == 1 => b.branch(BranchKind::Identity),
        "skip_connect" => b.factorized_reduce(channels, channels, false),
        "max_pool_3x3" | "avg_pool_3x3" => {
            let norm = b.norm(channels, false);
            b.pool(if name.starts_with("max") { PoolKind::Max } else { PoolKind::Average }, 3, stride, Some(norm))
        }
        _ => {
            let size = if name.ends_with('3') { 3 } else { 5 };
            let stages = if name.starts_with("sep") {
                vec![b.separable(size, stride, 1, channels, false), b.separable(size, 1, 1, channels, false)]
            } else {
                vec![b.separable(size, stride, 2, channels, false)]
            };
            BranchSchedule { stages, ..b.branch(BranchKind::Chain) }
        }
    };
    BranchSchedule { mix: None, ..body }
}

fn close(name: &str, found: &[f32], wanted: &[f32]) {
    assert_eq!(found.len(), wanted.len(), "{name}");
    let largest = wanted.iter().fold(1e-6f32, |a, v| a.max(v.abs()));
    for (i, (f, w)) in found.iter().zip(wanted).enumerate() {
        assert!((f - w).abs() <= 1e-4 * largest, "{name}[{i}]: found {f}, wanted {w}, largest {largest}");
    }
}

#[test]
fn operations_agree_with_pytorch() {
    let Some(folder) = folder() else {
        eprintln!("skipped: no fixtures; set ONESHOT_SHARED to a folder that has peer/fixtures");
        return;
    };
    let names = [
        "none",
        "max_pool_3x3",
        "avg_pool_3x3",
        "skip_connect",
        "sep_conv_3x3",
        "sep_conv_5x5",
        "dil_conv_3x3",
        "dil_conv_5x5",
    ];
    for (name, stride) in names.into_iter().flat_map(|name| [(name, 1), (name, 2)]) {
        let fixture = Fixture::read(&folder, &format!("op-{name}-s{stride}"));
        let ((shape, x), (out, y), (_, dy)) = (fixture.activation("x"), fixture.activation("y"), fixture.activation("dy"));
        let mut b = Builder::new(vec![shape], 1);
        let branch = branch(&mut b, name, shape.channels, stride);
        b.schedule.nodes = vec![NodeSchedule {
            shape: Some(out),
            edges: vec![EdgeSchedule { from: 0, branches: vec![branch], partial: None }],
        }];
        b.schedule.output = vec![1];
        b.schedule.mix_count = 0; // Builders hand out coefficients that these branches do not use.
        let plan = lower(&b.schedule, 4, Precision::Float32).expect("valid schedule");
        let weights = fixture.kernels("w.");
        let inputs = [x.as_slice()];
        let operands = Operands { inputs: &inputs, weights: &weights, mix: &[], mix_per_image: false };
        let mut found = vec![0.0; y.len()];
        let activations = plan
            .forward(operands, Statistics::Batch(None), Keep::Activations, &mut found)
            .expect("forward")
            .expect("activations");
        let (mut dx, mut dw) = (vec![0.0; x.len()], vec![0.0; weights.len()]);
        let gradients = Gradients { inputs: vec![Some(&mut dx)], weights: Some(&mut dw), mix: None };
        plan.backward(&activations, operands, &found, &dy, gradients).expect("backward");
        close(&format!("{name} stride {stride}: y"), &found, &y);
        close(&format!("{name} stride {stride}: dx"), &dx, &fixture.activation("dx").1);
        close(&format!("{name} stride {stride}: dw"), &dw, &fixture.kernels("dw."));
    }
}
