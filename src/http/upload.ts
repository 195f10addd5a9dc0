/** Uploads as browsers send them (`multipart/form-data`, RFC 7578): one file, a few short fields, never whole in memory. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import type { z } from 'zod';
import type { EvidenceStore, StagedEvidence } from '../evidence/evidenceStore.js';
import { HttpProblem, invalid, invalidField, problem } from './problem.js';

export type Upload<F> = {
  /** The fields beside the file, checked. */
  readonly fields: F;
  /** As the sender named the file; without the folders before it. */
  readonly fileName: string | undefined;
  /** The file. Whoever takes it discards it in the end. */
  readonly staged: StagedEvidence;
};

/** What a form may hold beside its one file: more than there are fields, so that an unknown one is named. */
const limits = { files: 1, fields: 8, parts: 12, fieldSize: 1_024, fieldNameSize: 100, headerPairs: 20 };

/** What the parts around the file may take of the body, in bytes. */
const formBytes = 64 * 1_024;

type File = { readonly fileName: string | undefined; readonly staged: Promise<StagedEvidence> };

/**
 * Receives a form. Whatever is wrong with it, nothing is left of it.
 * @param mostBytes of the file
 * @throws {HttpProblem} 400 cut off or malformed, 413 too large, 415 no form, 422 for its fields or an empty file
 * @throws {EvidenceStoreUnavailable}
 */
export async function receiveUpload<S extends z.ZodObject>(
  request: IncomingMessage,
  fieldsSchema: S,
  evidence: EvidenceStore,
  mostBytes: number,
): Promise<Upload<z.output<S>>> {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    throw new HttpProblem(
      problem(415, 'unsupported_media_type', 'Send the file as multipart/form-data, in the part `file`.'),
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > mostBytes + formBytes) throw tooLarge(mostBytes);
  const form = new FormReader(evidence, mostBytes);
  let staged: StagedEvidence | undefined;
  try {
    await form.read(request);
    staged = await form.file?.staged;
    const fields = fieldsSchema.safeParse(Object.fromEntries(form.fields));
    if (!fields.success) throw invalid(fields.error, 'body');
    if (staged === undefined) throw invalidField('/file', 'is missing: send the file as a part with a file name');
    if (staged.bytes === 0) throw invalidField('/file', 'is empty');
    return { fields: fields.data, fileName: form.file?.fileName, staged };
  } catch (error) {
    // What was staged before the form failed goes with it.
    const left = staged ?? (await form.file?.staged.catch(() => undefined));
    await left?.discard();
    throw error;
  }
}

class FormReader {
  readonly fields = new Map<string, string>();
  file: File | undefined;

  constructor(
    readonly evidence: EvidenceStore,
    readonly mostBytes: number,
  ) {}

  /** Resolves once the form has been read to its end. */
  read(request: IncomingMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      const form = parserFor(request, this.mostBytes);
      let failed = false;
      const fail = (error: Error): void => {
        if (failed) return;
        failed = true;
        request.unpipe(form);
        // The rest is read and thrown away, so that the sender hears why; the parser may be in the middle of a piece.
        request.resume();
        setImmediate(() => form.destroy(error));
        reject(error);
      };
      form.on('file', (name: string | undefined, stream, { filename }: { filename?: string }) => {
        stream.on('error', () => undefined);
        stream.on('limit', () => fail(tooLarge(this.mostBytes)));
        if (failed) stream.resume();
        else if (name !== 'file')
          fail(invalidField(`/${name ?? ''}`, 'is not a known file: the part is called `file`'));
        else this.#take(filename, stream, fail);
      });
      form.on('field', (name: string | undefined, value, { valueTruncated }) => {
        const field = name ?? '';
        if (this.fields.has(field)) fail(invalidField(`/${field}`, 'is there twice'));
        if (valueTruncated) fail(invalidField(`/${field}`, 'is too long'));
        this.fields.set(field, value);
      });
      form.on('filesLimit', () => fail(invalidField('/file', 'is there twice: send one file at a time')));
      form.on('fieldsLimit', () => fail(invalidField('', 'has too many fields')));
      form.on('error', (error: Error) => fail(malformed(error.message)));
      form.on('close', () => resolve());
      request.on('error', () => fail(cutOff()));
      request.on('close', () => {
        if (!request.complete) fail(cutOff());
      });
      request.pipe(form);
    });
  }

  #take(fileName: string | undefined, stream: Readable, fail: (error: Error) => void): void {
    const staged = this.evidence.stage(stream as AsyncIterable<Uint8Array>);
    this.file = { fileName, staged };
    staged.catch((error: unknown) => fail(error instanceof Error ? error : new Error(String(error))));
  }
}

function parserFor(request: IncomingMessage, mostBytes: number): busboy.Busboy {
  try {
    // The parser's limit is the first size that is too large.
    const fileLimits = { ...limits, fileSize: mostBytes + 1 };
    return busboy({ headers: request.headers, limits: fileLimits, defParamCharset: 'utf8' });
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : String(error));
  }
}

function malformed(why: string): HttpProblem {
  return new HttpProblem(
    problem(400, 'malformed_form', `The body is not a whole multipart form (${why}). Nothing was kept; send it again.`),
  );
}

function cutOff(): HttpProblem {
  return malformed('it was cut off');
}

function tooLarge(mostBytes: number): HttpProblem {
  const most = mostBytes % 1_048_576 === 0 ? `${mostBytes / 1_048_576} MiB` : `${mostBytes} bytes`;
  return new HttpProblem(problem(413, 'too_large', `A file is at most ${most}. Send a smaller one.`));
}
