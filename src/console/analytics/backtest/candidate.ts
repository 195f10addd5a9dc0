/** The candidate as somebody edits it: a JSON document as text, and the settings that matter most picked out of it. */
import type { Paths } from '../../api/openapi.js';
import { type SyntaxProblem, syntaxProblem } from './jsonSyntax.js';

type Document = NonNullable<Paths['/v1/backtests']['post']['requestBody']['content']['application/json']['policy']>;
export type ReasonCode = NonNullable<Document['screening']>['toReview'][number];
export type AskedField = Document['request']['ask'][number];

/** What of a policy the form shows; the rest is in the document only. */
export type Candidate = Readonly<Record<string, unknown>> & {
  readonly version: string;
  readonly request: { readonly ask: readonly string[] };
  readonly review: { readonly secondPerson: boolean; readonly secondPersonForAutomatic: boolean };
  readonly screening: { readonly automaticApproval: boolean; readonly toReview: readonly string[] };
  readonly questions: Readonly<Record<string, unknown>>;
};

/** What is being tried, as it is typed. */
export type Draft = {
  /** The published policy that it began from; empty before one was chosen. */
  readonly base: string;
  /** The document; null before anybody touched it. */
  readonly text: string | null;
  /** Days, both included; an empty one is open. */
  readonly from: string;
  readonly to: string;
};

export const noDraft: Draft = { base: '', text: null, from: '', to: '' };

/** A document as it is edited. */
export function textOf(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** Whether putting another document in the place of a draft loses what somebody typed. */
export function wouldLose({ text }: Draft, document: unknown): boolean {
  return text !== null && text !== textOf(document);
}

/** A published policy as the beginning of a candidate: with a version of its own, so that the two are told apart. */
export function candidateFrom<D extends { readonly version: string }>(document: D): D {
  const version = document.version.endsWith('-candidate') ? document.version : `${document.version}-candidate`;
  return { ...document, version: version.slice(0, 128) };
}

export type Parsed = { readonly value: unknown } | { readonly syntax: SyntaxProblem };

/** The value of a JSON text, or where it stops being JSON. */
export function parsed(text: string): Parsed {
  const syntax = syntaxProblem(text);
  return syntax === undefined ? { value: JSON.parse(text) as unknown } : { syntax };
}

/** Whether a value can be a policy at all: an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string');

/** The candidate, where the form can show it; undefined while the document is not of this form. */
export function candidateIn(value: unknown): Candidate | undefined {
  if (!isRecord(value)) return undefined;
  const { version, request, review, screening, questions } = value;
  const fits =
    typeof version === 'string' &&
    isRecord(request) &&
    isTexts(request['ask']) &&
    isRecord(review) &&
    typeof review['secondPerson'] === 'boolean' &&
    isRecord(screening) &&
    typeof screening['automaticApproval'] === 'boolean' &&
    isTexts(screening['toReview']) &&
    isRecord(questions);
  return fits ? (value as Candidate) : undefined;
}

/** The document with another value for one field of one of its parts. */
export function withSetting<P extends 'request' | 'review' | 'screening'>(
  candidate: Candidate,
  part: P,
  changed: Partial<Candidate[P]>,
): Candidate {
  return { ...candidate, [part]: { ...candidate[part], ...changed } };
}

/** A list with a value in it, at its end, or without it. */
export function toggled(list: readonly string[], value: string, isIn: boolean): readonly string[] {
  const others = list.filter((one) => one !== value);
  return isIn ? [...others, value] : others;
}

/**
 * What becomes of a failed check: the customer is asked, or it goes to a person – because the policy says so, or because
 * it has no question for it.
 */
export type Fate = 'asked' | 'person' | 'no_question';

export function fateOf({ screening, questions }: Candidate, code: string): Fate {
  if (screening.toReview.includes(code)) return 'person';
  return questions[code] === undefined ? 'no_question' : 'asked';
}

/**
 * The candidate with another fate of a failed check. A question that is taken away is lost; one that is wanted again
 * comes from where the candidate began.
 * @param question the question to ask, where the candidate has none
 */
export function withFate(candidate: Candidate, code: string, fate: Fate, question: unknown): Candidate {
  const toReview = toggled(candidate.screening.toReview, code, fate === 'person');
  const { [code]: known, ...others } = candidate.questions;
  const asked = known ?? question;
  const keeps = fate === 'asked' ? asked !== undefined : fate === 'person' && known !== undefined;
  return {
    ...withSetting(candidate, 'screening', { toReview }),
    questions: keeps ? { ...others, [code]: asked } : others,
  };
}
