//! The Node interface; `index.d.ts` describes it.

mod array;
mod batch_norm;
mod cell;
mod convolution;
mod elementwise;
mod layers;
mod optimizer;
mod settings;
mod squeeze_excite;

/// A panic reaches JavaScript as an error with its reason: nothing is printed, unless a backtrace
/// is asked for.
#[napi_derive::module_init]
fn keep_panics_quiet() {
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
}
