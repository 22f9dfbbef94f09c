export { type HeatMap, heatMap } from './charts/heat-map.js';
export { type IntervalRow, intervalPlot } from './charts/interval-plot.js';
export { type LegendEntry, legend } from './charts/legend.js';
export { type LineChart, lineChart, type Series } from './charts/line-chart.js';
export { drawGraph } from './graphs/draw-graph.js';
export type { GraphEdge, GraphNode, LabelledGraph } from './graphs/labelled-graph.js';
export { formatBytes, formatCount, formatPercent, formatSeconds } from './look/numbers.js';
export { standaloneSvg } from './look/standalone.js';
export { Markup } from './markup/markup.js';
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
