/** What a runner says of its processes: effects that fail, and events that cannot come, are two things. */
import { once } from 'node:events';
import { ProcessRunner } from '../../src/processes/runner.js';
import type { Process } from '../../src/processes/process.js';
import type { ConsumerGroups } from '../../src/eventStore/consumerGroups.js';
import { command } from '../support/examples.js';
import { newGatehouse } from '../support/gatehouse.js';

test('given a connection that drops and comes back, and an effect that fails, then each is told of, and the one’s end is not the other’s', async () => {
  const gatehouse = await newGatehouse();
  await gatehouse.send(command('SignUp'));
  const told: string[] = [];
  /** A server that drops the connection once, then delivers one event. */
  const groups: ConsumerGroups = {
    create: async () => undefined,
    consume: async (_group, { handle, onProblem, onConnected, signal }) => {
      onProblem(new Error('dropped'));
      onConnected?.();
      for await (const event of gatehouse.store.read('account-acme')) {
        await handle(event, 0).catch((error: unknown) => onProblem(error as Error));
      }
      if (!signal.aborted) await once(signal, 'abort');
    },
    parked: async () => [],
    replayParked: async () => 0,
    close: () => undefined,
  };
  const run = async (): Promise<void> => {
    throw new Error('the effect failed');
  };
  const process: Process = { name: 'effects', types: ['AccountSignedUp'], ordered: true, from: 'start', run };
  let onFailed: () => void = () => undefined;
  const failed = new Promise<void>((resolve) => (onFailed = resolve));
  const deps = {
    groups,
    commands: gatehouse.deps,
    onOutcome: () => undefined,
    onConnected: (name: string, part: string) => void told.push(`${name} ${part}: again`),
    onProblem: (name: string, { message }: Error, part = 'effect') => {
      told.push(`${name} ${part}: ${message}`);
      if (part === 'effect') onFailed();
    },
  };
  const runner = new ProcessRunner(deps, [process]);
  await runner.start();
  await failed;
  expect(told).toEqual([
    'effects connection: dropped',
    'effects connection: again',
    'effects effect: the effect failed',
  ]);
  await runner.stop();
  await gatehouse.close();
});
