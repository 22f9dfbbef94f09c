//! A `Float32Array` as an argument: a place in memory, without the claim that no other argument
//! shares it.

use napi::bindgen_prelude::{FromNapiValue, TypeName, ValidateNapiValue};
use napi::{Error, Result, Status, ValueType, sys};

/// Valid for the call that it is an argument of.
#[derive(Clone, Copy)]
pub struct Array {
    pub pointer: *mut f32,
    pub length: usize,
}

impl TypeName for Array {
    fn type_name() -> &'static str {
        "Float32Array"
    }
    fn value_type() -> ValueType {
        ValueType::Object
    }
}

impl ValidateNapiValue for Array {}

impl FromNapiValue for Array {
    unsafe fn from_napi_value(env: sys::napi_env, value: sys::napi_value) -> Result<Self> {
        // SAFETY: env and value come from Node, as this function's contract says.
        let slice = unsafe { <&mut [f32]>::from_napi_value(env, value)? };
        Ok(Array { pointer: slice.as_mut_ptr(), length: slice.len() })
    }
}

impl Array {
    /// # Safety
    /// No writer while the slice lives.
    pub unsafe fn read<'a>(self) -> &'a [f32] {
        // SAFETY: the array is valid for the call; the caller keeps writers away. Empty arrays may
        // have no address.
        unsafe { if self.length == 0 { &[] } else { std::slice::from_raw_parts(self.pointer, self.length) } }
    }

    /// # Safety
    /// No other reader or writer while the slice lives.
    pub unsafe fn write<'a>(self) -> &'a mut [f32] {
        // SAFETY: as `read`.
        unsafe { if self.length == 0 { &mut [] } else { std::slice::from_raw_parts_mut(self.pointer, self.length) } }
    }

    pub fn overlaps(self, other: Array) -> bool {
        let (a, b) = (self.pointer as usize, other.pointer as usize);
        self.length > 0 && other.length > 0 && a < b + 4 * other.length && b < a + 4 * self.length
    }
}

pub fn fault(message: impl Into<String>) -> Error {
    Error::new(Status::InvalidArg, message.into())
}

/// Refuses an array of another length.
pub fn expect(name: &str, array: Array, length: usize) -> Result<()> {
    if array.length == length {
        return Ok(());
    }
    Err(fault(format!("{name}: found {} values, wanted {length}", array.length)))
}

/// Refuses written arrays that share memory with any other: `written` comes first in `all`.
pub fn apart(written: usize, all: &[(&str, Array)]) -> Result<()> {
    for (i, (name, array)) in all.iter().enumerate().take(written) {
        if let Some((other, _)) = all[i + 1..].iter().find(|(_, other)| array.overlaps(*other)) {
            return Err(fault(format!("{name}: shares memory with {other}")));
        }
    }
    Ok(())
}

/// The product of lengths.
///
/// # Errors
/// When it is more than memory can hold.
pub fn product(name: &str, lengths: &[u32]) -> Result<usize> {
    let multiplied = lengths.iter().try_fold(1usize, |product, &length| product.checked_mul(length as usize));
    multiplied.ok_or_else(|| fault(format!("{name}: {lengths:?} multiply to more than memory can hold")))
}
