import { element, type Markup } from '../markup/markup.js';
import type { CampaignReport } from './campaign-report.js';
import { cellsSection } from './cells-section.js';
import { choicesSection } from './choices-section.js';
import { conclusions } from './conclusions.js';
import { costSection } from './cost-section.js';
import { curvesSection } from './curves-section.js';
import { methodColours } from './method-colours.js';
import { operationsSection } from './operations-section.js';
import { noteList, type PageSection, renderPage } from './page.js';
import { rankingSection } from './ranking-section.js';
import { runsSection } from './runs-section.js';

/**
 * A campaign's report as one HTML page with everything inside but the models it links to: no
 * script, nothing loaded. The same input gives the same bytes. All text of the input is escaped.
 *
 * @param evidence what stands between conclusions and setting: tests, pairs, figures over
 * benchmarks
 */
export function renderCampaignReport(report: CampaignReport, evidence: readonly PageSection[] = []): string {
  const colours = methodColours(report);
  const sections: PageSection[] = [
    { id: 'ranking', title: 'Ranking', body: rankingSection(report, colours) },
    { id: 'conclusions', title: 'What may be concluded, and what not', body: noteList(conclusions(report)) },
    ...evidence,
    { id: 'setting', title: 'Setting', body: settingTable(report) },
    { id: 'cost', title: 'Cost', body: costSection(report, colours) },
    { id: 'curves', title: 'Learning curves', body: curvesSection(report.runs, colours) },
    { id: 'cells', title: 'Found cells', body: cellsSection(report.runs, report.scoreName) },
    { id: 'choices', title: 'Architecture parameters over time', body: choicesSection(report.runs) },
    { id: 'operations', title: 'Operations over time', body: operationsSection(report.runs) },
    { id: 'runs', title: 'Runs', body: runsSection(report.runs, report.scoreName) },
    { id: 'reproduce', title: 'How to reproduce', body: reproduction(report) },
  ];
  return renderPage(report.name, report.description, sections);
}

function settingTable(report: CampaignReport): Markup | undefined {
  if (report.setting.length === 0) return undefined;
  const rows = report.setting.map(({ label, value }) =>
    element('tr', {}, element('th', { scope: 'row' }, label), element('td', {}, value)),
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
