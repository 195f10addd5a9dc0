/** How accounts fare: funnel, time in each state, questions, decisions, weeks. */
import type { z } from 'zod';
import type { Figures } from '../../analytics/analysis.js';
import { instant } from '../../events/schemas.js';
import { toMilliseconds } from '../../events/time.js';
import {
  decisionsAnswer,
  funnelAnswer,
  questionsAnswer,
  timeInStateAnswer,
  weeksAnswer,
  workloadAnswer,
} from '../analyticsSchemas.js';
import { workloadOf } from '../workload.js';
import { HttpProblem, problem } from '../problem.js';
import type { Context, Reply, Route } from '../route.js';
import { afterQuery, insiders } from '../schemas.js';
import { reflects } from './accounts.js';

const rangeQuery = afterQuery.extend({
  from: instant.optional().meta({ description: 'From this date and time on.' }),
  to: instant.optional().meta({ description: 'Before this date and time.' }),
});

/** @throws {HttpProblem} 422 when the time ends before it begins */
async function answer(context: Context, part: keyof Figures): Promise<Reply> {
  const { deps, query } = context;
  const { from, to } = query as z.output<typeof rangeQuery>;
  if (from !== undefined && to !== undefined && from >= to) {
    throw new HttpProblem(
      problem(422, 'invalid', 'from must be before to.', {
        errors: [{ in: 'query', pointer: '/from', detail: 'must be before to' }],
      }),
    );
  }
  await reflects(deps.readModels.journeys as never, context);
  const range = {
    from: from === undefined ? undefined : toMilliseconds(from),
    to: to === undefined ? undefined : toMilliseconds(to),
  };
  const { figures, position } = await deps.figures.of(range);
  return { status: 200, body: { ...figures[part], from: from ?? null, to: to ?? null, position: position ?? null } };
}

function route(path: string, operationId: string, part: keyof Figures, schema: z.ZodType, ...words: string[]): Route {
  const [summary = '', description = ''] = words;
  return {
    method: 'get',
    path: `/v1/analytics/${path}`,
    operationId,
    tag: 'analytics',
    summary,
    description,
    roles: insiders,
    query: rangeQuery,
    responses: { 200: { description: 'Figures.', schema } },
    handle: async (context) => answer(context, part),
  };
}

const workloadRoute: Route = {
  method: 'get',
  path: '/v1/analytics/workload',
  operationId: 'getWorkload',
  tag: 'analytics',
  summary: 'What is under review now: by state and by reviewer, how much waits, how much is overdue, and since when.',
  description:
    'Of each account its review; an appeal against a suspension counts where nothing else of the account is under ' +
    'review. Overdue: the time to decide is over, and it is the reviewers’ move. `reviewer` null: nobody has it.',
  roles: insiders,
  query: afterQuery,
  responses: { 200: { description: 'Figures.', schema: workloadAnswer } },
  handle: async (context) => {
    const { deps } = context;
    const runner = deps.readModels.reviewQueue;
    await reflects(runner as never, context);
    const at = deps.commands.now();
    const cells = runner.store.crossTable(runner.generation, ['review', 'reviewer'], 'waiting_since', {
      column: 'decide_by',
      limit: at,
    });
    return { status: 200, body: { at, ...workloadOf(cells), position: runner.position ?? null } };
  },
};

export const analyticsRoutes: readonly Route[] = [
  route(
    'funnel',
    'getFunnelFigures',
    'funnel',
    funnelAnswer,
    'How many accounts came to each step on the way to being verified, and how long it took them.',
    '`steps` are those of accounts that signed up in the time asked for, however late they came to them; `totals` count what happened in that time. `fromPrevious` leaves out accounts that took the two steps in the other order.',
  ),
  route(
    'time-in-state',
    'getTimeInState',
    'timeInState',
    timeInStateAnswer,
    'How long accounts stay in each state of verification and standing.',
    'A stay is a contiguous time in one outermost state, counted where it ended in the time asked for; leaving and coming back are two. A state that one command only passes through is no stay. `now`: accounts that are there as of `position`.',
  ),
  route(
    'questions',
    'getQuestionFigures',
    'questions',
    questionsAnswer,
    'Rounds of questions to customers: how many a request takes, for what, how they end, and how long answers take.',
    'Rounds asked in the time asked for, however late they ended; `roundsOfRequests` is about requests made in it.',
  ),
  route(
    'decisions',
    'getDecisionFigures',
    'decisions',
    decisionsAnswer,
    'Decisions by kind, reason, policy and reviewer, and how long after the request.',
    'Decisions taken in the time asked for. `automatic`: by the system itself. `fromRequest` is of approvals and rejections, from the request or appeal that they answer; `late` those of people that came after the time to decide, of `withDeadline` that had one.',
  ),
  route(
    'weeks',
    'getWeekFigures',
    'weeks',
    weeksAnswer,
    'What happened in each week (ISO 8601, UTC).',
    '`byPerson` and `automatic` are decisions of every kind, `late` approvals and rejections after the time to decide. The weeks of the time asked for are listed as far as the log reaches, also those in which nothing happened, unless there are more than twenty years of them; none where nothing happened in all of it.',
  ),
  workloadRoute,
];
