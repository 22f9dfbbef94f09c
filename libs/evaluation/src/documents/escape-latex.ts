const latexEscapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '±': '$\\pm$',
  τ: '$\\tau$',
  α: '$\\alpha$',
  δ: '$\\delta$',
  χ: '$\\chi$',
  '²': '$^2$',
  '₁': '$_1$',
  '₂': '$_2$',
  '≤': '$\\leq$',
  '∞': '$\\infty$',
  // Only where another follows, which would make a dash of the two.
  '-': '-{}',
  '–': '--',
  '−': '$-$',
  '<': '$<$',
  '>': '$>$',
};

/** Text as it may stand in LaTeX. */
export function escapeLatex(text: string): string {
  return text.replace(/-(?=-)|[\\{}$&#%_^~±ταδχ²₁₂≤∞–−<>]/g, (character) => latexEscapes[character] ?? character);
}
