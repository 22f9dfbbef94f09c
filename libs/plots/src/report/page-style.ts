/** CSS of the report page; reads the figures' colour variables. */
export const pageStyle =
  'body{margin:0 auto;max-width:150rem;padding:1.5rem 1.2rem 4rem;background:var(--surface);color:var(--ink);' +
  'font:15px/1.5 system-ui,-apple-system,"Segoe UI","DejaVu Sans",sans-serif}' +
  'h1{font-size:1.7rem;margin:0 0 .3rem}h2{font-size:1.2rem;margin:2.4rem 0 .7rem;padding-bottom:.25rem;border-bottom:1px solid var(--grid)}' +
  'h3{font-size:1rem;margin:1.3rem 0 .4rem}p{margin:.4rem 0;max-width:50rem}li{max-width:60rem}.muted{color:var(--muted)}' +
  'a{color:var(--series-0)}nav{font-size:.9rem;color:var(--muted)}nav ul{list-style:none;margin:0;padding:0}nav li{display:inline-block;margin-right:.9rem}' +
  '.skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:.4rem;background:var(--surface);padding:.2rem .5rem}' +
  // Where there is room, the contents stand beside the sections, and what is as wide as the page is
  // left to figures and tables.
  '@media screen and (min-width:80rem){.page{display:grid;grid-template-columns:13rem minmax(0,1fr);column-gap:2rem}' +
  'nav{position:sticky;top:1rem;align-self:start;max-height:calc(100vh - 2rem);overflow-y:auto}nav li{display:block;margin:.25rem 0}' +
  'main>section:first-child>h2{margin-top:0}}' +
  '.scroll{overflow-x:auto;max-width:100%;width:fit-content}caption{text-align:left;color:var(--muted);padding:.2rem 0 .3rem}table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums}' +
  'th,td{text-align:left;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--grid);vertical-align:top}' +
  'thead th,table.setting th{color:var(--muted);font-weight:600}tbody th{font-weight:400}td.number,th.number{text-align:right}tr.failed td{color:var(--series-1)}' +
  'table.setting th{white-space:nowrap}table.setting td{overflow-wrap:anywhere}' +
  'code,pre{font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.82rem}code{overflow-wrap:anywhere}' +
  'pre{background:var(--panel);padding:.7rem .9rem;border-radius:6px;overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere}' +
  '.figures{display:flex;flex-wrap:wrap;gap:.8rem 1.4rem;align-items:flex-start;margin:.4rem 0 1rem}svg.figure{max-width:100%;height:auto}' +
  // Figures and their tables stand beside each other, and sentences in two columns, where there is
  // room.
  '.beside{display:flex;flex-wrap:wrap;gap:.6rem 2.5rem;align-items:flex-start}.beside>p{flex-basis:100%}' +
  '@media screen and (min-width:105rem){main ul{columns:2;column-gap:3rem}main li{break-inside:avoid}}' +
  '.run{break-inside:avoid}' +
  '@media print{body{max-width:none;padding:0;font-size:11pt}nav{display:none}h2{break-after:avoid}h3{break-after:avoid}' +
  'svg.figure,table,tr{break-inside:avoid}a{color:inherit}}';
