import { createRequire } from 'node:module';
import type { Resvg } from '@resvg/resvg-js';
import { formatCsv } from '../figure/data-table.js';
import type { Figure } from '../figure/figure.js';
import { backgrounds, fixedStyle, type Theme } from '../look/figure-style.js';
import { standaloneSvg } from '../look/standalone.js';
import { drawPdf } from './draw-pdf.js';

/** Files a figure can become. */
export const figureFormats = ['svg', 'png', 'pdf', 'csv'] as const;
export type FigureFormat = (typeof figureFormats)[number];

export interface RenderOptions {
  /** Of PNG and PDF; an SVG has both. Default `light`. */
  readonly theme?: Theme;
}

/** Pixels of a PNG per pixel of the figure. */
const pngScale = 2;

/**
 * A figure as a file: SVG and PDF of vectors, PNG, or its data as CSV. Fonts come with this
 * library; the system's are not asked.
 */
export async function renderFigure(figure: Figure, format: FigureFormat, options: RenderOptions = {}): Promise<Buffer> {
  switch (format) {
    case 'svg':
      return Buffer.from(standaloneSvg(figure));
    case 'csv':
      return Buffer.from(formatCsv(figure.data));
    case 'png':
      return (await resolve(figure, options)).render().asPng();
    case 'pdf':
      return drawPdf((await resolve(figure, options)).toString(), figure, backgrounds[options.theme ?? 'light']);
  }
}

// Resolving takes longer than writing, and a figure is mostly wanted in several formats.
const resolved = new WeakMap<Figure, { readonly theme: Theme; readonly svg: Promise<Resvg> }>();

function resolve(figure: Figure, { theme = 'light' }: RenderOptions): Promise<Resvg> {
  const known = resolved.get(figure);
  if (known?.theme === theme) return known.svg;
  const svg = resolveStyles(figure, theme);
  resolved.set(figure, { theme, svg });
  return svg;
}

/** A figure with every style resolved, and text as outlines of the fonts at hand. */
async function resolveStyles(figure: Figure, theme: Theme): Promise<Resvg> {
  // A native library, loaded only where pictures are made.
  const { Resvg: Renderer } = await import('@resvg/resvg-js');
  const svg = figure.text.replace(/^<svg[^>]*>/, (root) => `${root}<style>${fixedStyle(theme)}</style>`);
  return new Renderer(svg, {
    background: backgrounds[theme],
    fitTo: { mode: 'zoom', value: pngScale },
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: 'DejaVu Sans',
      sansSerifFamily: 'DejaVu Sans',
    },
  });
}

function fontFiles(): string[] {
  const require = createRequire(import.meta.url);
  return ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map((file) => require.resolve(`dejavu-fonts-ttf/ttf/${file}`));
}
