/**
 * What an ONNX file of oneshot says of itself, and how pictures are brought to its size. Runs in
 * Node and in browsers, needs nothing.
 */

/**
 * The metadata properties of an ONNX file: entries `metadata_props` (field 14) of its protobuf
 * message, which onnxruntime's JavaScript API does not show.
 */
function readProperties(bytes) {
  const properties = {};
  for (const [field, entry] of fields(bytes)) {
    if (field !== 14) continue;
    const { 1: key, 2: value } = Object.fromEntries(fields(entry));
    properties[new TextDecoder().decode(key)] = new TextDecoder().decode(value);
  }
  return properties;
}

/** Field numbers of a protobuf message with the bytes of those that have a length. */
function* fields(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const [field, type] = [Math.floor(tag / 8), tag % 8];
    if (type === 0) varint();
    else if (type === 1) at += 8;
    else if (type === 5) at += 4;
    else {
      const length = varint();
      yield [field, bytes.subarray(at, at + length)];
      at += length;
    }
  }
}

/**
 * Names of the classes, in the order of the scores, and how pictures of another size were brought
 * to the model's in training.
 */
export function describeModel(bytes) {
  const properties = readProperties(bytes);
  const { resize, enlarge } = JSON.parse(properties['oneshot.images'] ?? '{"resize":"crop","enlarge":false}');
  return { classes: JSON.parse(properties['oneshot.classes']), resize, enlarge };
}

/**
 * How a picture (width, height) comes to the size of a model: it is scaled to `scaled`; `visible`
 * of it, its middle, goes into the middle of the model's size, and what is left around that repeats
 * its edge.
 */
export function fit(picture, size, { resize, enlarge }) {
  const ratios = [size.width / picture.width, size.height / picture.height];
  const wanted = resize === 'pad' ? Math.min(...ratios) : Math.max(...ratios);
  const scale = enlarge ? wanted : Math.min(1, wanted);
  const scaled =
    resize === 'stretch'
      ? size
      : {
          width: Math.max(1, Math.round(picture.width * scale)),
          height: Math.max(1, Math.round(picture.height * scale)),
        };
  const visible = { width: Math.min(scaled.width, size.width), height: Math.min(scaled.height, size.height) };
  const middle = (outer, inner) => ({
    left: Math.floor((outer.width - inner.width) / 2),
    top: Math.floor((outer.height - inner.height) / 2),
  });
  return { scaled, visible, from: middle(scaled, visible), to: middle(size, visible) };
}

/** Scores (logits) as probabilities, the most probable class first. */
export function rank(logits, classes) {
  const largest = Math.max(...logits);
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return classes
    .map((name, i) => ({ name, probability: powers[i] / sum }))
    .sort((a, b) => b.probability - a.probability);
}
