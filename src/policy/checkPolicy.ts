/** What a policy says that its schema allows and that cannot be meant: each with where it stands, and the remedy. */
import type { PolicyDocument } from './policy.js';
import { isTimeZone } from './workingHours.js';

/** An `error` keeps a policy from being published; a `warning` says that a part of it has no effect. */
export type PolicyProblem = {
  readonly severity: 'error' | 'warning';
  /** A JSON pointer (RFC 6901) into the document. */
  readonly pointer: string;
  readonly problem: string;
  readonly remedy: string;
};

type Check = (policy: PolicyDocument) => readonly PolicyProblem[];

/** Longer than a working year: a time to decide that nobody means. */
const mostWorkingHours = 2_000;

function problemAt(
  severity: PolicyProblem['severity'],
  pointer: string,
  problem: string,
  remedy: string,
): PolicyProblem {
  return { severity, pointer, problem, remedy };
}

/** An error for each entry of a list that was there before. */
function repeated(values: readonly (string | number)[], pointer: string): PolicyProblem[] {
  const before = new Set<string | number>();
  return values.flatMap((value, index) => {
    if (!before.has(value)) {
      before.add(value);
      return [];
    }
    return [problemAt('error', `${pointer}/${index}`, `${value} is there twice`, 'Leave it out here.')];
  });
}

const lists: Check = ({ request, review, information, screening, reReview }) => [
  ...repeated(request.ask, '/request/ask'),
  ...repeated(review.workingHours.days, '/review/workingHours/days'),
  ...repeated(review.workingHours.holidays, '/review/workingHours/holidays'),
  ...repeated(information.remindBeforeDays, '/information/remindBeforeDays'),
  ...repeated(screening.toReview, '/screening/toReview'),
  ...repeated(screening.domainBlocklists, '/screening/domainBlocklists'),
  ...repeated(screening.freeMailDomains, '/screening/freeMailDomains'),
  ...repeated(reReview.on, '/reReview/on'),
];

const workingHours: Check = ({ review: { workingHours: hours, decideWithinWorkingHours } }) => {
  const at = '/review/workingHours';
  const found: PolicyProblem[] = [];
  if (!isTimeZone(hours.timeZone)) {
    found.push(
      problemAt(
        'error',
        `${at}/timeZone`,
        `${hours.timeZone} is not a time zone that is known here`,
        'Name an IANA time zone, such as Europe/Berlin or UTC.',
      ),
    );
  }
  if (hours.to !== '00:00' && hours.to <= hours.from) {
    found.push(
      problemAt(
        'error',
        `${at}/to`,
        `work ends at ${hours.to}, not after it begins at ${hours.from}`,
        'Name a later time of the same day; 00:00 is its end.',
      ),
    );
  }
  if (decideWithinWorkingHours > mostWorkingHours) {
    found.push(
      problemAt(
        'error',
        '/review/decideWithinWorkingHours',
        `${decideWithinWorkingHours} working hours are more than a year`,
        `Use at most ${mostWorkingHours}.`,
      ),
    );
  }
  return found;
};

const secondPerson: Check = ({ review, screening }) => {
  const pointer = '/review/secondPersonForAutomatic';
  if (review.secondPersonForAutomatic && !review.secondPerson) {
    const problem = 'has no effect while no second person is compulsory';
    return [problemAt('warning', pointer, problem, 'Set /review/secondPerson as well, or this one to false.')];
  }
  if (review.secondPersonForAutomatic && screening.automaticApproval) {
    const problem = 'a compulsory second person rules out automatic approval, which never happens then';
    return [problemAt('warning', '/screening/automaticApproval', problem, `Set it to false, or ${pointer} to false.`)];
  }
  return [];
};

const reminders: Check = ({ information: { respondWithinDays, remindBeforeDays } }) =>
  remindBeforeDays.flatMap((days, index) =>
    days < respondWithinDays
      ? []
      : [
          problemAt(
            'error',
            `/information/remindBeforeDays/${index}`,
            `a reminder ${days} days before the end comes no later than the questions, which have ${respondWithinDays} days`,
            `Use less than ${respondWithinDays}.`,
          ),
        ],
  );

/** How much each consequence takes away. */
const weight = { warn: 1, re_review: 2, suspend: 3 } as const;

const thresholds: Check = ({ abuse }) =>
  abuse.thresholds.flatMap(({ kind, rateAtLeast = 0, consequence }, index) => {
    const others = abuse.thresholds.filter((other, place) => other.kind === kind && place !== index);
    const pointer = `/abuse/thresholds/${index}`;
    const twin = abuse.thresholds.findIndex((other) => other.kind === kind && (other.rateAtLeast ?? 0) === rateAtLeast);
    if (twin < index) {
      const problem = `${kind} from ${rateAtLeast} on has a consequence already, at /abuse/thresholds/${twin}`;
      return [problemAt('error', pointer, problem, 'Leave one of the two out.')];
    }
    // The strongest consequence of those that are met is taken, so one that is met later must be stronger.
    const shadow = others.find(
      (other) => (other.rateAtLeast ?? 0) < rateAtLeast && weight[other.consequence] >= weight[consequence],
    );
    if (shadow === undefined) return [];
    const problem = `${consequence} from ${rateAtLeast} on never happens: ${shadow.consequence} comes from ${shadow.rateAtLeast ?? 0} on already`;
    return [problemAt('error', pointer, problem, 'Let consequences grow with the rate.')];
  });

const questions: Check = ({ questions: asked, screening: { toReview } }) =>
  Object.keys(asked).flatMap((code) =>
    toReview.some((internal) => internal === code)
      ? [
          problemAt(
            'warning',
            `/questions/${code}`,
            'screening never asks this: the code goes to a person; it is only a template for reviewers',
            `Take ${code} out of /screening/toReview if screening is to ask.`,
          ),
        ]
      : [],
  );

const recipients: Check = ({ mail }) =>
  Object.entries(mail.recipients).flatMap(([template, roles]) =>
    roles.length === 0
      ? [
          problemAt(
            'warning',
            `/mail/recipients/${template}`,
            'nobody is told',
            'Name owner, requester or technical, unless that is meant.',
          ),
        ]
      : repeated(roles, `/mail/recipients/${template}`),
  );

const checks: readonly Check[] = [lists, workingHours, secondPerson, reminders, thresholds, questions, recipients];

/** What is wrong with a policy that has the right shape; errors first. */
export function checkPolicy(policy: PolicyDocument): readonly PolicyProblem[] {
  const found = checks.flatMap((check) => check(policy));
  return [
    ...found.filter(({ severity }) => severity === 'error'),
    ...found.filter(({ severity }) => severity !== 'error'),
  ];
}

/** Whether a policy may be published: it has no errors; warnings do not count. */
export function isPublishable(problems: readonly PolicyProblem[]): boolean {
  return problems.every(({ severity }) => severity !== 'error');
}
