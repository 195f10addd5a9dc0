/** `gatehouse backtest`: the requests of the log decided again by another policy, in the order of the log. */
import { type Backtest, backtestLog, type BacktestOptions as LogOptions } from '../app/backtestLog.js';
import type { Config } from '../config.js';
import { describeLog, openLogForReading } from '../parts.js';
import type { PolicyDocument } from '../policy/policy.js';
import { logProgress } from './logProgress.js';
import { UsageError } from './output.js';
import { readPolicyFile } from './policyFile.js';

export type BacktestOptions = Omit<LogOptions, 'onBegin' | 'onProgress'> & {
  /** Called once the log is open, before any difference. */
  readonly onBegin?: () => void;
};

/** Decides again whatever the log has. @throws {UsageError} when there is no log */
export async function backtest(config: Config, options: BacktestOptions): Promise<Backtest> {
  const store = openLogForReading(config);
  if (store === undefined) throw new UsageError(`There is no store at ${describeLog(config)} yet.`);
  let progress: ReturnType<typeof logProgress> | undefined;
  try {
    return await backtestLog(store, {
      ...options,
      onBegin: (head) => {
        options.onBegin?.();
        if (head !== undefined) progress = logProgress('backtest', head, 'requests');
      },
      onProgress: ({ position, requests }) => progress?.update(position, requests),
    });
  } finally {
    progress?.finish();
    await store.close();
  }
}

/**
 * A candidate in a file (`-` is standard input), checked as `policy check` does.
 * @throws {UsageError} with every problem, when it is no policy that could be published
 */
export function candidateIn(file: string): PolicyDocument {
  const { valid, document, problems } = readPolicyFile(file);
  if (valid && document !== undefined) return document;
  const lines = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ pointer, problem, remedy }) => `  ${pointer || '/'}: ${problem}. ${remedy}`);
  throw new UsageError(`${file} is no policy that could be published:\n${lines.join('\n')}`);
}
