/** What differs between two policies, in words. */
import type { PolicyDocument } from './policy.js';

/** One difference: where, what the setting is, and what it was and will be. */
export type PolicyChange = { readonly pointer: string; readonly text: string };

/** What each setting means, by its path; what is not here is named by its path. */
const names: Readonly<Record<string, string>> = {
  'request.ask': 'the request form also asks for',
  'request.screenWithinMinutes': 'minutes that screening may take before a person takes over',
  'review.secondPerson': 'a person’s approval needs another person’s proposal',
  'review.secondPersonForAutomatic': 'a compulsory second person rules out automatic approval',
  'review.decideWithinWorkingHours': 'working hours in which a review is to be decided',
  'review.workingHours.timeZone': 'time zone of the working hours',
  'review.workingHours.days': 'working days (1 is Monday)',
  'review.workingHours.from': 'work begins at',
  'review.workingHours.to': 'work ends at',
  'review.workingHours.holidays': 'holidays',
  'review.escalateTo': 'overdue reviews are brought to the attention of',
  'information.respondWithinDays': 'days that a customer has to answer questions',
  'information.remindBeforeDays': 'days before the end at which customers are reminded',
  'rejection.resubmitWithinDays': 'days after a rejection in which verification can be requested again',
  'domains.lapseAfterFailures': 'failed checks in a row after which a verified domain lapses',
  'domains.lapseAfterHours': 'hours of failed checks after which a verified domain lapses',
  'domains.checkEveryMinutes': 'minutes between checks of a domain that is not verified yet',
  'domains.recheckEveryHours': 'hours between checks of a verified domain',
  'domains.provider.spfInclude': 'what senders’ SPF records must include',
  'domains.provider.returnPath.label': 'label of the return path',
  'domains.provider.returnPath.target': 'target of the return path',
  'screening.automaticApproval': 'requests with nothing but passed checks are approved without a person',
  'screening.toReview': 'failed checks that always go to a person',
  'screening.checkWithinSeconds': 'seconds that one check may take',
  'screening.domainBlocklists': 'domain blocklists that are asked',
  'screening.freeMailDomains': 'free mail providers',
  'reReview.on': 'changes of a verified account that open a re-review',
  'reReview.reviewWithinDays': 'days in which a re-review is to be done',
  'testSends.perDay': 'test messages a day',
};

type Value = string | number | boolean;
type Setting = { readonly path: readonly string[]; readonly value: Value | readonly Value[] };

/** Every setting of a policy as a path and a plain value; thresholds and questions as sentences. */
function settingsOf({ abuse, questions, ...plain }: PolicyDocument): Setting[] {
  return [
    ...leaves(plain, []),
    { path: ['abuse', 'thresholds'], value: abuse.thresholds.map(thresholdText) },
    ...Object.entries(questions).map(([code, question]): Setting => ({
      path: ['questions', code],
      value: `${question.requirement}: ${question.message}`,
    })),
  ];
}

function leaves(value: unknown, path: readonly string[]): Setting[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value: value as Value }];
  return Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : leaves(inner, [...path, name])));
}

function thresholdText(threshold: PolicyDocument['abuse']['thresholds'][number]): string {
  const { kind, rateAtLeast, consequence, reasonCode, customerMessage } = threshold;
  const from = rateAtLeast === undefined ? '' : ` from a rate of ${rateAtLeast} on`;
  return `${kind}${from}: ${consequence} (${reasonCode}, “${customerMessage}”)`;
}

function nameOf([part = '', ...rest]: readonly string[]): string {
  if (part === 'questions') return `the question for ${rest.join('.')}`;
  if (part === 'abuse') return 'what abuse signals lead to';
  if (part === 'mail') return `who is told, by ${rest.at(-1) ?? ''}`;
  return names[[part, ...rest].join('.')] ?? [part, ...rest].join('.');
}

function plainText(value: Setting['value'] | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return Array.isArray(value) ? value.join(', ') || 'nothing' : String(value);
}

function changeText(before: Setting['value'] | undefined, now: Setting['value'] | undefined): string {
  if (!Array.isArray(before) || !Array.isArray(now)) return `${plainText(before)} → ${plainText(now)}`;
  const [old, fresh] = [new Set(before as readonly Value[]), new Set(now as readonly Value[])];
  const added = [...fresh].filter((value) => !old.has(value)).map((value) => `added ${value}`);
  const removed = [...old].filter((value) => !fresh.has(value)).map((value) => `removed ${value}`);
  return [...removed, ...added].join('; ') || 'in another order';
}

/** The settings that differ, in the order of the document; none when the two say the same, whatever their versions. */
export function policyChanges(before: PolicyDocument, now: PolicyDocument): readonly PolicyChange[] {
  const keyOf = ({ path }: Setting): string => path.join('/');
  const [old, fresh] = [before, now].map(
    (policy) =>
      new Map(
        settingsOf(policy)
          .filter(({ path }) => path[0] !== 'version')
          .map((one) => [keyOf(one), one]),
      ),
  );
  const all = new Map([...(fresh ?? []), ...(old ?? [])]);
  return [...all].flatMap(([key, { path }]) => {
    const [was, is] = [old?.get(key)?.value, fresh?.get(key)?.value];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    return [{ pointer: `/${key}`, text: `${nameOf(path)}: ${changeText(was, is)}` }];
  });
}

/** Every setting in words, one a line. */
export function policyWords(policy: PolicyDocument): readonly string[] {
  return settingsOf(policy)
    .filter(({ path }) => path[0] !== 'version')
    .map(({ path, value }) => `${nameOf(path)}: ${plainText(value)}`);
}
