/** @param width characters that fit on a line; 80 on a terminal that does not tell */
export type Lines = (width: number) => readonly string[];

/** Where live progress is drawn. */
export interface LiveScreen {
  /** Replaces what was drawn before; drawn at most ten times a second. */
  draw(lines: Lines): void;
  /** Draws the last state and leaves it standing. */
  close(): void;
}

const controlSequence = '\u001b[';
const shortestInterval = 100;

/** A block of lines at the bottom of a terminal that is drawn over again and again. */
export function terminalScreen(stream: NodeJS.WriteStream = process.stderr): LiveScreen {
  let drawn = 0;
  let last = 0;
  let wanted: Lines | undefined;
  let timer: NodeJS.Timeout | undefined;
  const paint = () => {
    timer = undefined;
    if (wanted === undefined) return;
    // A terminal that does not tell its size says 0, or nothing; what is drawn there is not cut.
    const { columns = 0, rows = 0 } = stream;
    const lines = wanted(columns > 0 ? columns : 80);
    const fitting = (rows > 0 ? fit(lines, rows - 1) : lines).map((line) =>
      columns > 0 ? line.slice(0, columns - 1) : line,
    );
    const up = drawn > 0 ? `${controlSequence}${drawn}A` : '';
    stream.write(`${up}\r${controlSequence}J${fitting.join('\n')}\n`);
    drawn = fitting.length;
    last = Date.now();
  };
  return {
    draw: (lines) => {
      wanted = lines;
      timer ??= setTimeout(paint, Math.max(0, last + shortestInterval - Date.now()));
    },
    close: () => {
      clearTimeout(timer);
      paint();
      wanted = undefined;
    },
  };
}

/** What does not fit on the screen cannot be drawn over, so the middle is left out. */
function fit(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length <= rows) return lines;
  const kept = Math.max(1, rows - 2);
  return [...lines.slice(0, kept), `… ${lines.length - kept - 1} more lines`, ...lines.slice(-1)];
}
