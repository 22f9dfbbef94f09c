import type { Figure } from '../figure/figure.js';

type Document = PDFKit.PDFDocument;
type Attributes = Readonly<Record<string, string>>;

/**
 * A resolved SVG, which holds groups and paths only, as a page of vectors in the figure's own size
 * (a pixel of 1/96 inch becomes 3/4 of a point). The same figure gives the same bytes.
 *
 * @param background colour of the page, such as `#ffffff`
 */
export async function drawPdf(resolved: string, { width, height, title }: Figure, background: string): Promise<Buffer> {
  const { default: PdfDocument } = await import('pdfkit');
  const scale = 0.75;
  const document = new PdfDocument({
    size: [width * scale, height * scale],
    margin: 0,
    info: { Title: title, CreationDate: new Date(0) },
  });
  const chunks: Buffer[] = [];
  const ended = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
  document.scale(scale);
  document.rect(0, 0, width, height).fill(background);
  for (const [, close, name, written = ''] of resolved.matchAll(/<(\/?)(g|path)\b([^>]*?)\/?>/g)) {
    if (name === 'g' && close === '/') document.restore();
    else if (name === 'g') openGroup(document, readAttributes(written));
    else drawPath(document, readAttributes(written));
  }
  document.end();
  return ended;
}

function readAttributes(written: string): Attributes {
  return Object.fromEntries([...written.matchAll(/([a-z-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

function openGroup(document: Document, { transform }: Attributes): void {
  document.save();
  applyTransform(document, transform);
}

function applyTransform(document: Document, transform: string | undefined): void {
  if (transform === undefined) return;
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(transform.replace(/^matrix\(|\)$/g, ''));
  document.transform(a, b, c, d, e, f);
}

function drawPath(document: Document, attributes: Attributes): void {
  const { d = '', fill = '#000000', stroke = 'none', transform, visibility } = attributes;
  if (visibility === 'hidden') return;
  const number = (name: string, otherwise: number) => Number(attributes[name] ?? otherwise);
  document.save();
  applyTransform(document, transform);
  document.path(d);
  if (stroke !== 'none') {
    document.lineWidth(number('stroke-width', 1)).strokeColor(stroke, number('stroke-opacity', 1));
    document.lineCap(attributes['stroke-linecap'] === 'round' ? 'round' : 'butt');
    document.lineJoin(attributes['stroke-linejoin'] === 'round' ? 'round' : 'miter');
    const dashes = numbers(attributes['stroke-dasharray'] ?? '');
    if (dashes.length > 0) document.addContent(`[${dashes.join(' ')}] 0 d`);
  }
  if (fill !== 'none') document.fillColor(fill, number('fill-opacity', 1));
  if (fill !== 'none' && stroke !== 'none') document.fillAndStroke();
  else if (stroke !== 'none') document.stroke();
  else if (fill !== 'none') document.fill();
  document.restore();
}

function numbers(text: string): number[] {
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(Number);
}
