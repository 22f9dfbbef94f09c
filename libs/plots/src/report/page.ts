import { colourVariables, figureStyle } from '../look/figure-style.js';
import { element, Markup } from '../markup/markup.js';
import { pageStyle } from './page-style.js';

/** A part of a report with a heading of its own; without a body it is left out. */
export interface PageSection {
  readonly id: string;
  readonly title: string;
  readonly body: Markup | undefined;
}

/** Sections as one HTML page: no script, nothing loaded. All text is escaped. */
export function renderPage(name: string, description: string | undefined, sections: readonly PageSection[]): string {
  const shown = sections.filter((section) => section.body !== undefined);
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', {}, `${name}: report`),
      element('style', {}, new Markup(colourVariables + figureStyle + pageStyle)),
    ),
    element(
      'body',
      {},
      element('a', { class: 'skip', href: '#main' }, 'Skip to the sections'),
      element(
        'header',
        {},
        element('h1', {}, name),
        description === undefined ? undefined : element('p', {}, description),
      ),
      element(
        'div',
        { class: 'page' },
        element(
          'nav',
          { 'aria-label': 'Sections' },
          element(
            'ul',
            {},
            shown.map((section) => element('li', {}, element('a', { href: `#${section.id}` }, section.title))),
          ),
        ),
        element(
          'main',
          { id: 'main' },
          shown.map(({ id, title, body }) =>
            element(
              'section',
              { id, 'aria-labelledby': `${id}-title` },
              element('h2', { id: `${id}-title` }, title),
              body,
            ),
          ),
        ),
      ),
    ),
  );
  return `<!DOCTYPE html>\n${page.text}\n`;
}

/** Sentences as a list; `undefined` without any. */
export function noteList(notes: readonly string[]): Markup | undefined {
  return notes.length === 0
    ? undefined
    : element(
        'ul',
        {},
        notes.map((note) => element('li', {}, note)),
      );
}
