import { colourVariables, figureStyle } from '../look/figure-style.js';
import { element, Markup } from '../markup/markup.js';
import type { CampaignReport } from './campaign-report.js';
import { cellsSection } from './cells-section.js';
import { choicesSection } from './choices-section.js';
import { conclusions } from './conclusions.js';
import { curvesSection } from './curves-section.js';
import { methodColours } from './method-colours.js';
import { pageStyle } from './page-style.js';
import { rankingSection } from './ranking-section.js';
import { runsSection } from './runs-section.js';

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Markup | undefined;
}

/**
 * A campaign's report as one HTML page with everything inside but the models it links to: no script, nothing loaded. The same input gives the same
 * bytes. All text of the input is escaped.
 */
export function renderCampaignReport(report: CampaignReport): string {
  const colours = methodColours(report);
  const sections: Section[] = [
    { id: 'ranking', title: 'Ranking', body: rankingSection(report, colours) },
    { id: 'conclusions', title: 'What may be concluded, and what not', body: noteList(conclusions(report)) },
    { id: 'setting', title: 'Setting', body: settingTable(report) },
    { id: 'curves', title: 'Learning curves', body: curvesSection(report.runs, colours) },
    { id: 'cells', title: 'Found cells', body: cellsSection(report.runs, report.scoreName) },
    { id: 'choices', title: 'Architecture parameters over time', body: choicesSection(report.runs) },
    { id: 'runs', title: 'Runs', body: runsSection(report.runs, report.scoreName) },
    { id: 'reproduce', title: 'How to reproduce', body: reproduction(report) },
  ];
  const shown = sections.filter((section) => section.body !== undefined);
  const page = element(
    'html',
    { lang: 'en' },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('title', {}, `${report.name}: report`),
      element('style', {}, new Markup(colourVariables + figureStyle + pageStyle)),
    ),
    element(
      'body',
      {},
      element('h1', {}, report.name),
      report.description === undefined ? undefined : element('p', {}, report.description),
      element(
        'nav',
        {},
        shown.map((section) => element('a', { href: `#${section.id}` }, section.title)),
      ),
      shown.map((section) => element('section', { id: section.id }, element('h2', {}, section.title), section.body)),
    ),
  );
  return `<!DOCTYPE html>\n${page.text}\n`;
}

function noteList(notes: readonly string[]): Markup | undefined {
  return notes.length === 0
    ? undefined
    : element(
        'ul',
        {},
        notes.map((note) => element('li', {}, note)),
      );
}

function settingTable(report: CampaignReport): Markup | undefined {
  if (report.setting.length === 0) return undefined;
  const rows = report.setting.map(({ label, value }) =>
    element('tr', {}, element('th', {}, label), element('td', {}, value)),
  );
  return element('table', { class: 'setting' }, element('tbody', {}, rows));
}

function reproduction({ reproduce }: CampaignReport): Markup {
  return element(
    'div',
    {},
    reproduce.commands.length === 0 ? undefined : element('pre', {}, reproduce.commands.join('\n')),
    element('p', {}, 'The campaign file:'),
    element('pre', {}, reproduce.campaign),
  );
}
