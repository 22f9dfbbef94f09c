//! Softmax cross-entropy with label smoothing (Szegedy et al. 2016, section 7).

/// Mean over the batch; overwrites `d_logits` with the gradient of that mean when given.
///
/// # Errors
/// When a label is not a class.
pub fn softmax_cross_entropy(
    classes: usize,
    smoothing: f64,
    logits: &[f32],
    labels: &[i32],
    mut d_logits: Option<&mut [f32]>,
) -> Result<f64, String> {
    let batch = labels.len() as f64;
    let mut loss = 0.0;
    for (n, (row, &label)) in logits.chunks_exact(classes).zip(labels).enumerate() {
        let Some(own) = usize::try_from(label).ok().filter(|own| *own < classes) else {
            return Err(format!("labels[{n}]: found {label}, allowed: 0 … {}", classes - 1));
        };
        let largest = row.iter().fold(f32::NEG_INFINITY, |a, v| a.max(*v));
        let exponential = |v: f32| f64::from(v - largest).exp();
        let total: f64 = row.iter().map(|v| exponential(*v)).sum();
        let normaliser = total.ln() + f64::from(largest);
        let mean = row.iter().map(|v| f64::from(*v)).sum::<f64>() / classes as f64;
        loss += normaliser - (1.0 - smoothing) * f64::from(row[own]) - smoothing * mean;
        if let Some(gradient) = d_logits.as_deref_mut() {
            for (c, (d, v)) in gradient[n * classes..(n + 1) * classes].iter_mut().zip(row).enumerate() {
                let target = smoothing / classes as f64 + if c == own { 1.0 - smoothing } else { 0.0 };
                *d = ((exponential(*v) / total - target) / batch) as f32;
            }
        }
    }
    Ok(loss / batch)
}
