export { type BoxPlot, type BoxRow, boxPlot } from './charts/box-plot.js';
export { type IntervalRow, intervalPlot } from './charts/interval-plot.js';
export { type LegendEntry, legend } from './charts/legend.js';
export { type LineChart, lineChart, type Series } from './charts/line-chart.js';
export { frontOf } from './charts/pareto-front.js';
export { type ReliabilityBin, reliabilityDiagram } from './charts/reliability-diagram.js';
export { type ScatterPlot, type ScatterPoint, scatterPlot } from './charts/scatter-plot.js';
export { type FigureFormat, figureFormats, type RenderOptions, renderFigure } from './export/render-figure.js';
export { type DataTable, formatCsv } from './figure/data-table.js';
export { Figure } from './figure/figure.js';
export { figureGrid } from './figure/grid.js';
export { drawGraph } from './graphs/draw-graph.js';
export type { GraphEdge, GraphNode, LabelledGraph } from './graphs/labelled-graph.js';
export type { Theme } from './look/figure-style.js';
export { formatBytes, formatCount, formatFixed, formatPercent, formatSeconds } from './look/numbers.js';
export { seriesNumbers } from './look/series-numbers.js';
export { standaloneSvg } from './look/standalone.js';
export { element, Markup } from './markup/markup.js';
export { type ColourScale, colourBar, colourScaleOf } from './matrices/colour-scale.js';
export { type HeatMap, heatMap } from './matrices/heat-map.js';
export { type CriticalDifferenceDiagram, criticalDifferenceDiagram } from './ranks/critical-difference-diagram.js';
export { renderCampaignReport } from './report/campaign-page.js';
export type {
  CampaignReport,
  ChoiceTrajectory,
  RankingRow,
  ReportCurve,
  ReportLink,
  ReportRun,
  SettingRow,
} from './report/campaign-report.js';
export { modelFileName } from './report/model-file-name.js';
export { noteList, type PageSection, renderPage } from './report/page.js';
export { type Column, table as reportTable } from './report/table.js';
