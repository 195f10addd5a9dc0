/** The desk of the audit: one verification at a time, followed and cancelled; a few bundles at a time. */
import type { Verification } from '../../src/audit/verify.js';
import { AuditDesk } from '../../src/http/auditDesk.js';
import type { AuditWork } from '../../src/threads/auditTask.js';
import { auditor, start } from '../support/examples.js';

type Asked = {
  readonly options: Parameters<AuditWork>[1];
  readonly end: (result: unknown) => void;
  readonly fail: (error: Error) => void;
};

const clean: Verification = {
  events: 10,
  streams: 2,
  checkpoints: 1,
  verifiedTo: '0000000000000010',
  uncovered: 0,
  complete: true,
  found: 0,
  findings: [],
};

let asked: Asked[];
let stopping: AbortController;
let desk: AuditDesk;
beforeEach(() => {
  asked = [];
  stopping = new AbortController();
  const work = (async (_task: unknown, options: Asked['options']) =>
    new Promise<unknown>((end, fail) => asked.push({ options, end, fail }))) as AuditWork;
  desk = new AuditDesk({ work, now: () => start, stopping: stopping.signal });
});

const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a verification says how far it is, and what it found', async () => {
  const run = desk.verify(auditor);
  expect(run).toMatchObject({ state: 'running', startedBy: auditor, phase: null, done: 0, total: null, result: null });
  asked[0]?.options.onProgress?.('events', 5, 10);
  expect(run).toMatchObject({ phase: 'events', done: 5, total: 10 });
  asked[0]?.options.onProgress?.('store', 0, 0);
  expect(run).toMatchObject({ phase: 'store', total: null });
  asked[0]?.end(clean);
  await turn();
  expect(desk.verification(run.id)).toMatchObject({ state: 'done', finishedAt: start, result: clean });
});

test('given one that is running, then another one is refused with its id; after its end, it begins', async () => {
  const { id } = desk.verify(auditor);
  expect(() => desk.verify(auditor)).toThrow(
    expect.objectContaining({ body: expect.objectContaining({ status: 409, verificationId: id }) }),
  );
  asked[0]?.end(clean);
  await turn();
  expect(desk.verify(auditor).id).not.toBe(id);
});

test('cancelled, it is told to end, and keeps what it found so far', async () => {
  const run = desk.verify(auditor);
  const cancelled = desk.cancel(run);
  expect(asked[0]?.options.signal.aborted).toBe(true);
  asked[0]?.end({ ...clean, complete: false, found: 1, findings: [{ kind: 'hash', detail: 'x' }] });
  await cancelled;
  expect(run).toMatchObject({ state: 'cancelled', result: { found: 1 } });
  await expect(desk.cancel(run)).rejects.toMatchObject({ body: { status: 409, code: 'not_running' } });
});

test('given work that fails, then it says why; where the log is gone, too', async () => {
  const run = desk.verify(auditor);
  asked[0]?.fail(new Error('the store cannot be reached'));
  await turn();
  expect(run).toMatchObject({ state: 'failed', error: 'the store cannot be reached', result: null });
  const other = desk.verify(auditor);
  asked[1]?.end(undefined);
  await turn();
  expect(other).toMatchObject({ state: 'failed', error: expect.stringContaining('There is no log any more') });
});

test('given a service that stops, then what is running is told, and is cancelled however it ends', async () => {
  const run = desk.verify(auditor);
  stopping.abort();
  expect(asked[0]?.options.signal.aborted).toBe(true);
  asked[0]?.fail(new Error('a thread ended with 1'));
  await turn();
  expect(run).toMatchObject({ state: 'cancelled', error: null });
});

test('the last twenty are kept, the newest first', async () => {
  for (let count = 0; count < 25; count++) {
    desk.verify(auditor);
    asked[count]?.end(clean);
    await turn();
  }
  expect(desk.verifications).toHaveLength(20);
  const newest = desk.verify(auditor);
  expect(desk.verifications[0]).toBe(newest);
});

test('given two bundles that are being made, then a third one is asked to come back; after one of them, it is made', async () => {
  const never = new AbortController().signal;
  const first = desk.prove('acme', undefined, never);
  const second = desk.prove('birch', 1, never);
  await expect(desk.prove('cedar', undefined, never)).rejects.toMatchObject({
    body: { status: 503, code: 'busy' },
    headers: { 'Retry-After': '5' },
  });
  asked[0]?.end({ kind: 'stopped' });
  expect(await first).toEqual({ kind: 'stopped' });
  const third = desk.prove('cedar', undefined, never);
  asked[1]?.end({ kind: 'stopped' });
  asked[2]?.fail(new Error('x'));
  await second;
  await expect(third).rejects.toThrow('x');
});

test('given a checkpoint that is being taken, then another one is asked to come back; after it, also a failed one, it is taken', async () => {
  let fail: (error: Error) => void = () => undefined;
  const first = desk.takingOne(async () => new Promise((_resolve, reject) => (fail = reject)));
  await expect(desk.takingOne(async () => 'second')).rejects.toMatchObject({
    body: { status: 503, code: 'busy' },
    headers: { 'Retry-After': '5' },
  });
  fail(new Error('the disk is full'));
  await expect(first).rejects.toThrow('the disk is full');
  expect(await desk.takingOne(async () => 'third')).toBe('third');
});
