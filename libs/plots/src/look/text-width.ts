/**
 * About how wide text is when drawn at `size` pixels in the figures' font; there is no font to ask where figures are made. Errs on the wide
 * side, so that boxes hold their labels.
 */
export function textWidth(text: string, size = 12): number {
  let ems = 0;
  for (const character of text) {
    if (/[iljtfr.,:;'|!()[\] ]/.test(character)) ems += 0.36;
    else if (/[mwMW@%]/.test(character)) ems += 0.92;
    else if (/[A-Z_]/.test(character)) ems += 0.66;
    else ems += 0.6;
  }
  return ems * size;
}

/** About how wide a figure's title is, which is bold. */
export function titleWidth(text: string): number {
  return 1.25 * textWidth(text);
}
