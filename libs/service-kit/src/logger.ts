import { type DestinationStream, type LevelWithSilent, type Logger, pino, stdTimeFunctions } from 'pino';

export type { Logger };

export interface LoggerOptions {
  /** The service or program that logs. */
  readonly name: string;
  /** Default: `ONESHOT_LOG_LEVEL`, or `info`. */
  readonly level?: LevelWithSilent;
  /**
   * Where the lines go. Default: standard error, so that standard output stays free for results.
   */
  readonly destination?: DestinationStream;
}

// Values under these names never reach a log line, however deep a library nests them one level
// down.
const secrets = ['password', 'token', 'secret', 'authorization', 'credentials', 'apiKey'];

const levels: readonly string[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** A logger that writes one JSON object per line. */
export function createLogger(options: LoggerOptions): Logger {
  const fromEnvironment = process.env.ONESHOT_LOG_LEVEL;
  const level = options.level ?? (fromEnvironment && levels.includes(fromEnvironment) ? fromEnvironment : 'info');
  return pino(
    {
      name: options.name,
      level,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: [...secrets, ...secrets.map((name) => `*.${name}`)], censor: '[hidden]' },
    },
    options.destination ?? pino.destination({ dest: 2, sync: true }),
  );
}
