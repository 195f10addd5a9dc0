/** `gatehouse replay <account>`: the chart's state after each event, who moved it, and how long it waited. */
import { type Divergence, type Step, stepsThrough } from '../app/steps.js';
import type { Config } from '../config.js';
import { verificationState } from '../policy/status.js';
import { type Paint, painter, plain } from './colour.js';
import { durationText } from './durations.js';
import { movesText } from './moves.js';
import { print, stateLine, UsageError } from './output.js';
import { withLog } from './withLog.js';

export type SteppedThrough = {
  readonly accountId: string;
  readonly steps: readonly Step[];
  /** Where the log and the chart part; none when the stream is a legal run. */
  readonly divergences: readonly Divergence[];
};

/** Steps through an account. @throws {UsageError} when there is none */
export async function stepThrough(config: Config, accountId: string): Promise<SteppedThrough> {
  return withLog(config, async (store) => {
    const steps: Step[] = [];
    const divergences: Divergence[] = [];
    for await (const walked of stepsThrough(store, accountId)) {
      if (walked.step !== undefined) steps.push(walked.step);
      divergences.push(...walked.divergences);
    }
    if (steps.length + divergences.length === 0) throw new UsageError(`There is no account ${accountId}.`);
    return { accountId, steps, divergences };
  });
}

/** Prints the steps, and each divergence where it is. */
export function printSteps({ accountId, steps, divergences }: SteppedThrough, paint: Paint = painter()): void {
  for (const [index, step] of steps.entries()) {
    printStep(step, steps[index - 1], paint);
    for (const one of divergences) if (one.revision === step.revision) printDivergence(one, paint);
  }
  for (const one of divergences) if (isEnd(one)) printDivergence(one, paint);
  const last = steps.at(-1);
  if (last !== undefined) print(`\n${accountId}: ${stateLine(last.to)}`);
  print(
    divergences.length === 0
      ? `${steps.length} events, each as the chart says`
      : paint('red', `${divergences.length} divergences from the chart`),
  );
}

/** Whether nothing after it can be told; it has no step of its own. */
function isEnd({ kind }: Divergence): boolean {
  return kind === 'unreadable' || kind === 'refused';
}

function printStep(step: Step, before: Step | undefined, paint: Paint): void {
  const { revision, occurredAt, type, actor, onBehalfOf, from, to, waitedMs, stayedMs, policyVersion } = step;
  const who = plain(`${actor.type} ${actor.id}${onBehalfOf === null ? '' : ` for ${onBehalfOf}`}`);
  const waited = waitedMs === null ? '' : `after ${durationText(waitedMs)}`;
  print(
    `${String(revision).padStart(4)}  ${paint('dim', occurredAt)}  ${waited.padEnd(18)}  ${paint('bold', type)}  ${who}`,
  );
  for (const move of movesText(from, to, paint)) print(`      ${move}`);
  if (stayedMs !== null) print(`      ${durationText(stayedMs)} in ${verificationState(from)}`);
  if (before !== undefined && policyVersion !== null && before.policyVersion !== policyVersion)
    print(`      policy ${plain(policyVersion)}`);
}

function printDivergence({ kind, revision, position, type, chart, stored }: Divergence, paint: Paint): void {
  const says = stored === null ? 'none' : plain(stateLine(stored));
  const what = {
    unreadable: `this program cannot read ${plain(type)}; nothing after it can be told`,
    refused: `the chart refuses ${plain(type)} in ${stateLine(chart)}; nothing after it can be told`,
    from: `the event says from ${says}, the chart ${stateLine(chart)}`,
    to: `the event says to ${says}, the chart ${stateLine(chart)}`,
  }[kind];
  print(paint('red', `      ✘ revision ${revision}, position ${position}: ${what}`));
}
