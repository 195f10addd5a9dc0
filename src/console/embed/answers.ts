/** Answers to a reviewer's questions: what was typed, as the command takes it. Pure. */
import type { Attached, Question, Requirement } from './model.js';

/** One answer serves every question about the same requirement. */
export type Asked = { readonly requirement: Requirement; readonly messages: readonly string[] };

export type How = 'text' | 'file' | 'cannot';
/** Everything that was typed stays, whichever way of answering is chosen just now. */
export type AnswerDraft = { readonly how?: How; readonly text?: string; readonly why?: string };
export type AnswerDrafts = Readonly<Partial<Record<Requirement, AnswerDraft>>>;
export type Files = Readonly<Partial<Record<Requirement, Attached>>>;

export function askedOf(questions: readonly Question[]): readonly Asked[] {
  const asked = new Map<Requirement, Set<string>>();
  for (const { requirement, message } of questions) {
    asked.set(requirement, (asked.get(requirement) ?? new Set()).add(message));
  }
  return [...asked].map(([requirement, messages]) => ({ requirement, messages: [...messages] }));
}

/** How a question is answered unless somebody chose otherwise: with a file where one is what shows it. */
export function usualHow(requirement: Requirement): How {
  return requirement === 'sample_message' || requirement === 'identity' ? 'file' : 'text';
}

/** Which answer is not there yet: what is missing of it. */
export function missingAnswers(asked: readonly Asked[], drafts: AnswerDrafts, files: Files): readonly Requirement[] {
  return asked.filter((one) => answerOf(one, drafts, files) === undefined).map(({ requirement }) => requirement);
}

/** The command's data, once nothing is missing. */
export function answersData(asked: readonly Asked[], drafts: AnswerDrafts, files: Files): object {
  return { answers: asked.map((one) => answerOf(one, drafts, files)).filter((one) => one !== undefined) };
}

function answerOf({ requirement }: Asked, drafts: AnswerDrafts, files: Files): object | undefined {
  const { how = usualHow(requirement), text = '', why = '' } = drafts[requirement] ?? {};
  if (how === 'cannot') return why.trim() === '' ? undefined : { requirement, cannotProvide: why.trim() };
  if (how === 'text') return text.trim() === '' ? undefined : { requirement, text: text.trim() };
  const evidenceId = files[requirement]?.evidenceId;
  if (evidenceId === undefined) return undefined;
  return { requirement, evidenceId, ...(text.trim() === '' ? {} : { text: text.trim() }) };
}
