/** What the sample message says: its body, or what its preview shows. */
import { isPublicName } from '../net/dns.js';
import { type SafeFetch, Unreachable } from '../net/safeFetch.js';
import { readHtml } from './page.js';
import type { Sample } from './subject.js';

export type SampleText =
  | { readonly kind: 'missing' }
  /** There is a sample, but not one that a check can read; `why` says so in a sentence. */
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'read';
      /** Subject and body as a reader sees them. */
      readonly text: string;
      /** Each link's words and target. */
      readonly links: readonly string[];
      /** The body as it is, with what a template fills in. */
      readonly source: string;
    };

/** The most bytes of a preview that are read. */
const mostBytes = 1_048_576;

function read(subject: string | undefined, body: string): SampleText {
  const { text, links } = readHtml(body);
  return { kind: 'read', text: `${subject ?? ''} ${text}`.trim(), links, source: body };
}

/** Reads the sample of a request. A preview is fetched; what cannot be read is for a person. */
export async function readSample(
  sample: Sample,
  fetch: SafeFetch,
  withinMilliseconds: number,
  signal: AbortSignal,
): Promise<SampleText> {
  if (sample.kind === 'missing') return { kind: 'missing' };
  if (sample.kind === 'file') {
    return { kind: 'unreadable', why: `The sample is a ${sample.what}: a person must look at it.` };
  }
  const { subject, body, previewUrl } = sample;
  if (body !== undefined) return read(subject, body);
  if (previewUrl === undefined) {
    return { kind: 'unreadable', why: 'The sample message came without a body or preview: a person must ask for it.' };
  }
  if (!isPublicName(new URL(previewUrl).hostname)) {
    return { kind: 'unreadable', why: 'The preview of the sample message is not in the public DNS.' };
  }
  try {
    const answer = await fetch(previewUrl, { mostBytes, mostRedirects: 3, withinMilliseconds, signal });
    const type = answer.headers['content-type'] ?? '';
    if (answer.status === 200 && /^text\/(html|plain)/i.test(type)) return read(subject, answer.body.toString());
    return {
      kind: 'unreadable',
      why: `The preview of the sample answered ${answer.status} with ${type || 'no type'}.`,
    };
  } catch (error) {
    if (error instanceof Unreachable) {
      return { kind: 'unreadable', why: `The preview of the sample could not be read. ${error.message}` };
    }
    throw error;
  }
}
