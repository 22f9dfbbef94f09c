/**
 * About how wide text is when drawn at `size` pixels in the figures' font; there is no font to ask
 * where figures are made. Errs on the wide side, so that boxes hold their labels.
 */
export function textWidth(text: string, size = 12): number {
  let ems = 0;
  for (const character of text) {
    if (/[iljtfr.,:;'|!()[\] ]/.test(character)) ems += 0.36;
    else if (/[mwMW@%]/.test(character)) ems += 0.95;
    else if (/[+=<>~±]/.test(character)) ems += 0.84;
    else if (/[A-Z_]/.test(character)) ems += 0.7;
    else ems += 0.64;
  }
  return ems * size;
}

/** About how wide a figure's title is, which is bold. */
export function titleWidth(text: string): number {
  return 1.25 * textWidth(text);
}
