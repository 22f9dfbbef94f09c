/**
 * The one look of all figures, as CSS over class names, so that the same SVG serves light pages,
 * dark pages and print. Series colours: Okabe and Ito (2008), "Color Universal Design"; black
 * becomes white in the dark, and yellow is left out because it cannot be read as a thin line on
 * white. Series differ by dash and marker as well as by colour, so that they can be told apart in
 * grey.
 */
export const seriesCount = 7;

export type Theme = 'light' | 'dark';

const light = {
  ink: '#1b1f24',
  muted: '#59636e',
  grid: '#e3e6ea',
  surface: '#ffffff',
  panel: '#f6f8fa',
  series: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#b07d00', '#1b1f24'],
};

const dark = {
  ink: '#e6e9ed',
  muted: '#9aa4af',
  grid: '#30363d',
  surface: '#0f1318',
  panel: '#171c22',
  series: ['#4ea8de', '#f2803b', '#2bc59a', '#e39bc4', '#9ad4f5', '#e6b422', '#e6e9ed'],
};

function variables(colours: typeof light): string {
  const series = colours.series.map((colour, index) => `--series-${index}:${colour}`).join(';');
  return `--ink:${colours.ink};--muted:${colours.muted};--grid:${colours.grid};--surface:${colours.surface};--panel:${colours.panel};${series}`;
}

const dashes = ['none', '7 3', '2 3', '9 3 2 3', '4 2', '12 3', '1 2'];

const seriesRules = dashes
  .map(
    (dash, index) =>
      `.figure .line.s${index}{stroke:var(--series-${index})}.figure .line.d${index}{stroke-dasharray:${dash}}` +
      `.figure .mark.s${index}{fill:var(--series-${index})}.figure .area.s${index}{fill:var(--series-${index})}` +
      `.figure .whisker.s${index}{stroke:var(--series-${index})}` +
      `.figure .mark.hollow.s${index}{fill:var(--surface);stroke:var(--series-${index})}`,
  )
  .join('');

/** What a theme's figures stand on. */
export const backgrounds: Readonly<Record<Theme, string>> = { light: light.surface, dark: dark.surface };

/** CSS of one theme without variables, for renderers that know none. */
export function fixedStyle(theme: Theme): string {
  const colours = theme === 'light' ? light : dark;
  const series = Object.fromEntries(colours.series.map((colour, index) => [`series-${index}`, colour]));
  const byName: Readonly<Record<string, string | readonly string[]>> = { ...colours, ...series };
  return figureStyle.replace(/var\(--([a-z0-9-]+)\)/g, (_, name: string) => String(byName[name]));
}

/** CSS for the root of a page or of a stand-alone SVG. Print always gets the light colours. */
export const colourVariables =
  `:root{color-scheme:light dark;${variables(light)}}` +
  `@media (prefers-color-scheme:dark){:root{${variables(dark)}}}` +
  `@media print{:root{color-scheme:light;${variables(light)}}}`;

/** CSS for figures; reads the colour variables. */
export const figureStyle =
  '.figure{font-family:system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif;font-size:12px}' +
  '.figure text{fill:var(--ink)}.figure text.muted{fill:var(--muted)}.figure text.title{font-weight:600}' +
  '.figure .grid{stroke:var(--grid);stroke-width:1}.figure .axis{stroke:var(--muted);stroke-width:1}' +
  '.figure .line{fill:none;stroke-width:1.8;stroke-linejoin:round}.figure .whisker{stroke-width:2;fill:none}' +
  '.figure .mark{stroke:var(--surface);stroke-width:1}.figure .mark.hollow{stroke-width:1.4}.figure .hover{fill:none;stroke:none;pointer-events:all}' +
  '.figure .node{fill:var(--panel);stroke:var(--muted);stroke-width:1.2}' +
  '.figure .node.source{stroke:var(--series-2);stroke-width:2}.figure .node.sink{stroke:var(--series-0);stroke-width:2}' +
  '.figure .edge{fill:none;stroke:var(--muted);stroke-width:1.4}.figure .arrow{fill:var(--muted)}' +
  '.figure .label{fill:var(--surface);stroke:none}' +
  '.figure .cell-heat{fill:var(--series-0)}.figure .cell-below{fill:var(--series-1)}' +
  '.figure .area{fill-opacity:0.18;stroke:none}.figure .box{fill:var(--panel);stroke:var(--muted);stroke-width:1.2}' +
  '.figure .median{stroke:var(--ink);stroke-width:2}.figure .clique{stroke:var(--ink);stroke-width:4;stroke-linecap:round}' +
  '.figure .elbow{fill:none;stroke:var(--muted);stroke-width:1}.figure .front{fill:none;stroke:var(--ink);stroke-width:1.4;stroke-dasharray:4 3}' +
  '.figure .hatch{stroke:var(--ink);stroke-width:0.8;stroke-opacity:0.75;fill:none}.figure .cell-none{fill:none;stroke:var(--grid);stroke-width:1}' +
  '.figure .bar-frame{fill:none;stroke:var(--muted);stroke-width:0.8}' +
  '.figure .significant{fill:none;stroke:var(--ink);stroke-width:1.6}' +
  seriesRules;

/**
 * Classes of the n-th series. From the eighth on, colours come again with other dashes, and markers
 * are hollow: 49 series can be told apart.
 */
export function seriesClass(index: number): string {
  return `s${index % seriesCount} d${(index + Math.floor(index / seriesCount)) % seriesCount}`;
}
