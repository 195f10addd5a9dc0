/** `gatehouse replay <account>`: the chart's state after each event, who moved it, and how long it waited. */
import type { Config } from '../config.js';
import { verificationState } from '../policy/status.js';
import type { Divergence } from '../replay/divergence.js';
import { type Step, stepsThrough } from '../replay/steps.js';
import { type Paint, painter, plain } from './colour.js';
import { divergenceText } from './divergenceText.js';
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
      if (walked.divergence !== undefined) divergences.push(walked.divergence);
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
  const end = divergences.at(-1);
  if (end !== undefined && end.revision !== steps.at(-1)?.revision) printDivergence(end, paint);
  const last = steps.at(-1);
  if (last !== undefined) print(`\n${accountId}: ${stateLine(last.to)}`);
  print(
    divergences.length === 0
      ? `${steps.length} events, each as the chart says`
      : paint('red', `${divergences.length} ${divergences.length === 1 ? 'divergence' : 'divergences'} from the chart`),
  );
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

function printDivergence(divergence: Divergence, paint: Paint): void {
  const { revision, position } = divergence;
  print(paint('red', `      ✘ revision ${revision}, position ${position}: ${plain(divergenceText(divergence))}`));
}
