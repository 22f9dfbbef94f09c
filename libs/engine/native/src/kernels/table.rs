//! One table of kernels per instruction set. The generic kernels are `inline(always)`; the
//! functions here carry the CPU features, so that a whole kernel is compiled for them.

use super::{convolution, depthwise, elementwise, flat, gathered, norm, pool, reduce};
use crate::simd::{Level, Simd, scalar::Scalar};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

macro_rules! tables {
    (
        by_channel { $($name:ident: $module:ident :: $arguments:ident),* $(,)? }
        flat { $($flat:ident: $flat_arguments:ident),* $(,)? }
    ) => {
        /// The kernels of one instruction set. Each is unsafe: the arguments' pointers must be
        /// valid as their type says, and the CPU must have the instruction set (which holds for
        /// tables got from this module).
        pub struct Kernels {
            pub lanes: usize,
            $(pub $name: unsafe fn(&$module::$arguments),)*
        }

        /// Kernels on flat planes: always with the widest vectors, since no lane is lost.
        pub struct FlatKernels {
            pub lanes: usize,
            $(pub $flat: unsafe fn(&flat::$flat_arguments),)*
        }

        #[cfg(target_arch = "x86_64")]
        mod on_avx512 {
            use super::*;
            use crate::simd::avx512::Avx512;
            $(
                #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx2,fma")]
                pub unsafe fn $name(arguments: &$module::$arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { $module::$name::<Avx512>(arguments) }
                }
            )*
            $(
                #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx2,fma")]
                pub unsafe fn $flat(arguments: &flat::$flat_arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { flat::$flat::<Avx512>(arguments) }
                }
            )*
        }
        #[cfg(target_arch = "x86_64")]
        pub static FLAT_AVX512: FlatKernels = FlatKernels { lanes: 16, $($flat: on_avx512::$flat,)* };
        #[cfg(target_arch = "x86_64")]
        pub static AVX512: Kernels = Kernels { lanes: 16, $($name: on_avx512::$name,)* };

        #[cfg(target_arch = "x86_64")]
        mod on_half {
            use super::*;
            use crate::simd::half::Half;
            $(
                #[target_feature(enable = "avx512f,avx512vl,avx512dq,avx2,fma")]
                pub unsafe fn $name(arguments: &$module::$arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { $module::$name::<Half>(arguments) }
                }
            )*
        }
        #[cfg(target_arch = "x86_64")]
        pub static HALF: Kernels = Kernels { lanes: 8, $($name: on_half::$name,)* };

        #[cfg(target_arch = "x86_64")]
        mod on_avx2 {
            use super::*;
            use crate::simd::avx2::Avx2;
            $(
                #[target_feature(enable = "avx2,fma")]
                pub unsafe fn $name(arguments: &$module::$arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { $module::$name::<Avx2>(arguments) }
                }
            )*
            $(
                #[target_feature(enable = "avx2,fma")]
                pub unsafe fn $flat(arguments: &flat::$flat_arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { flat::$flat::<Avx2>(arguments) }
                }
            )*
        }
        #[cfg(target_arch = "x86_64")]
        pub static FLAT_AVX2: FlatKernels = FlatKernels { lanes: 8, $($flat: on_avx2::$flat,)* };
        #[cfg(target_arch = "x86_64")]
        pub static AVX2: Kernels = Kernels { lanes: 8, $($name: on_avx2::$name,)* };

        #[cfg(target_arch = "x86_64")]
        mod on_narrow {
            use super::*;
            use crate::simd::narrow::Narrow;
            $(
                #[target_feature(enable = "avx2,fma")]
                pub unsafe fn $name(arguments: &$module::$arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { $module::$name::<Narrow>(arguments) }
                }
            )*
        }
        #[cfg(target_arch = "x86_64")]
        pub static NARROW: Kernels = Kernels { lanes: 4, $($name: on_narrow::$name,)* };

        #[cfg(target_arch = "aarch64")]
        mod on_neon {
            use super::*;
            use crate::simd::neon::Neon;
            $(
                #[target_feature(enable = "neon")]
                pub unsafe fn $name(arguments: &$module::$arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { $module::$name::<Neon>(arguments) }
                }
            )*
            $(
                #[target_feature(enable = "neon")]
                pub unsafe fn $flat(arguments: &flat::$flat_arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { flat::$flat::<Neon>(arguments) }
                }
            )*
        }
        #[cfg(target_arch = "aarch64")]
        pub static FLAT_NEON: FlatKernels = FlatKernels { lanes: 4, $($flat: on_neon::$flat,)* };
        #[cfg(target_arch = "aarch64")]
        pub static NEON: Kernels = Kernels { lanes: 4, $($name: on_neon::$name,)* };

        mod on_scalar {
            use super::*;
            $(
                pub unsafe fn $name(arguments: &$module::$arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { $module::$name::<Scalar>(arguments) }
                }
            )*
            $(
                pub unsafe fn $flat(arguments: &flat::$flat_arguments) {
                    // SAFETY: the caller's promise is the kernel's.
                    unsafe { flat::$flat::<Scalar>(arguments) }
                }
            )*
        }
        pub static FLAT_SCALAR: FlatKernels = FlatKernels { lanes: Scalar::LANES, $($flat: on_scalar::$flat,)* };
        pub static SCALAR: Kernels = Kernels { lanes: Scalar::LANES, $($name: on_scalar::$name,)* };
    };
}

tables! {
    by_channel {
    fill_plane: elementwise::FillPlane,
    store_plane: elementwise::StorePlane,
    assemble: elementwise::Assemble,
    normal_gradient: elementwise::NormalGradient,
    axpy: elementwise::Axpy,
    moments: reduce::Moments,
    emit: reduce::Emit,
    products: reduce::Products,
    depthwise: depthwise::Depthwise,
    depthwise_scatter: depthwise::Depthwise,
    depthwise_kernel_gradient: depthwise::KernelGradient,
    multiply: convolution::Multiply,
    multiply_transposed: convolution::MultiplyTransposed,
    gathered: gathered::Gathered,
    normalise: norm::Normalise,
    norm_products: norm::NormProducts,
    norm_gradient: norm::NormGradient,
    pool: pool::Pool,
    pool_gradient: pool::PoolGradient,
    }
    flat {
        fill_flat: FillFlat,
        store_flat: StoreFlat,
        depthwise_flat: DepthwiseFlat,
        kernel_gradient_flat: KernelGradientFlat,
    }
}

/// The instruction sets that the process may use, the best first.
pub fn levels() -> &'static [Level] {
    static LEVELS: OnceLock<Vec<Level>> = OnceLock::new();
    LEVELS.get_or_init(|| {
        let best = Level::detect();
        let mut levels = Level::ALL.to_vec();
        levels.retain(|level| level.belongs_with(best) && *level <= best);
        levels.sort_unstable_by(|a, b| b.cmp(a));
        levels
    })
}

/// The place in [`levels`] of the one in use.
static CHOSEN: AtomicUsize = AtomicUsize::new(0);

/// The instruction set in use.
pub fn level() -> Level {
    levels()[CHOSEN.load(Ordering::Relaxed)]
}

/// Uses another instruction set, or the best again. Plans are made for one: those made before must
/// not be run any more.
///
/// # Errors
/// When the process may not use it.
pub fn set_level(name: Option<&str>) -> Result<(), String> {
    let place = match name {
        None => Some(0),
        Some(name) => levels().iter().position(|level| level.name() == name),
    };
    let Some(place) = place else {
        let names: Vec<&str> = levels().iter().map(|level| level.name()).collect();
        return Err(format!("instructions: found {}, allowed: {}", name.unwrap_or(""), names.join(", ")));
    };
    CHOSEN.store(place, Ordering::Relaxed);
    Ok(())
}

/// The table for flat planes.
pub fn flat_kernels() -> &'static FlatKernels {
    match level() {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 => &FLAT_AVX512,
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 => &FLAT_AVX2,
        #[cfg(target_arch = "aarch64")]
        Level::Neon => &FLAT_NEON,
        _ => &FLAT_SCALAR,
    }
}

/// The table for tensors of this many channels: the widest vectors that would not be mostly
/// padding.
pub fn for_channels(channels: usize) -> &'static Kernels {
    match level() {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 if channels > 8 => &AVX512,
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 if channels > 4 => &HALF,
        #[cfg(target_arch = "x86_64")]
        Level::Avx2 if channels > 4 => &AVX2,
        #[cfg(target_arch = "x86_64")]
        Level::Avx512 | Level::Avx2 => &NARROW,
        #[cfg(target_arch = "aarch64")]
        Level::Neon => &NEON,
        _ => {
            // Only the vector tables depend on the channel count.
            let _ = channels;
            &SCALAR
        }
    }
}
