/**
 * Rounds float32 values to bfloat16: to nearest, of two the even one. A NaN stays one and becomes
 * quiet.
 */
export function roundToBf16(values: Float32Array, into: Float32Array): void {
  const from = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const to = new Uint32Array(into.buffer, into.byteOffset, into.length);
  for (let at = 0; at < to.length; at++) {
    const bits = from[at] as number;
    const noNumber = (bits & 0x7fffffff) > 0x7f800000;
    to[at] = (noNumber ? bits | 0x00400000 : bits + 0x7fff + ((bits >>> 16) & 1)) & 0xffff0000;
  }
}
