type Arrays = Readonly<Record<string, Float32Array>>;

/** The same arrays under `prefix/name`. */
export function withPrefix(prefix: string, arrays: Arrays): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(arrays).map(([name, values]) => [`${prefix}/${name}`, values]));
}

/** The arrays under `prefix/`, without it. */
export function prefixed(prefix: string, arrays: Arrays): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(arrays).flatMap(([name, values]) =>
      name.startsWith(`${prefix}/`) ? [[name.slice(prefix.length + 1), values]] : [],
    ),
  );
}
