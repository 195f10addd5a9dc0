/** What went wrong, in words for an account's own people: what to do, and at which field. */
import type { Problem } from './model.js';
import type { Say } from './texts/texts.js';

export type Explained = {
  /** What is said above the form; undefined where the fields say it all. */
  readonly text: string | undefined;
  /** What is said at each field, by its JSON pointer. */
  readonly fields: Readonly<Record<string, string>>;
};

/** Requirements that a field of the request form is for. */
const fieldOf: Readonly<Record<string, string>> = {
  company_website: '/website',
  technical_contact: '/technicalContact/name',
  use_case: '/useCase',
  audience: '/audience',
  message_types: '/messageTypes',
  subscription_process: '/subscriptionProcess',
  sample_message: '/sampleMessage',
};

export function explain(problem: Problem, say: Say): Explained {
  if (problem.code === 'invalid') return invalidFields(problem, say);
  const missing = problem.missing ?? [];
  const fields = Object.fromEntries(
    problem.code === 'requirements_missing'
      ? missing.flatMap(({ requirement }) => {
          const pointer = fieldOf[requirement];
          return pointer === undefined ? [] : [[pointer, say('field.required')]];
        })
      : [],
  );
  const named = say.list(missing.map(({ requirement }) => say.of(`requirement.${requirement}`, requirement)));
  const seconds = /(\d+) s\./.exec(problem.detail)?.[1] ?? '10';
  const values = { missing: named, seconds, code: problem.requestId ?? problem.code };
  return { text: say.of(`problem.${problem.code}`, say('problem.other', values), values), fields };
}

function invalidFields(problem: Problem, say: Say): Explained {
  const fields: Record<string, string> = {};
  for (const { pointer, detail } of problem.errors ?? []) fields[pointer] ??= fieldText(pointer, detail, say);
  return { text: Object.keys(fields).length === 0 ? say('problem.other', { code: problem.code }) : undefined, fields };
}

/** The remedy for a field; what the service says in English where it is of a kind that we do not know. */
function fieldText(pointer: string, detail: string, say: Say): string {
  if (/too_big|<=|at most|too big/i.test(detail)) return say('field.long', { most: mostOf(pointer) });
  if (pointer === '/website') return say('field.website');
  if (pointer === '/technicalContact/email') return say('field.email');
  if (/expected string, received undefined|>=1|too small/i.test(detail)) return say('field.required');
  return say('field.wrong');
}

function mostOf(pointer: string): number {
  if (pointer === '/website') return 2_048;
  return pointer.startsWith('/technicalContact') ? 254 : 4_000;
}
