/**
 * A Gatehouse node of the tests: the built service with two processes whose effect is a line in a file.
 * Arguments: data folder, event store, effects file, milliseconds that an effect takes.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfig } from '../../dist/src/config.js';
import { startService } from '../../dist/src/main.js';

const [data, eventStore, effects, milliseconds] = process.argv.slice(2);
const recorder = (name, ordered) => ({
  name,
  types: ['AccountSignedUp', 'VerificationRequested'],
  ordered,
  from: 'start',
  run: async (_event, { key }) => {
    appendFileSync(effects, `${process.pid} ${key}\n`);
    await sleep(Number(milliseconds));
  },
});
const config = readConfig({
  GATEHOUSE_DATA: data,
  GATEHOUSE_EVENT_STORE: eventStore,
  GATEHOUSE_PORT: '0',
  GATEHOUSE_LOG_LEVEL: 'silent',
});
const service = await startService(config, undefined, () => ({
  consumers: [recorder('in-order', true), recorder('side-by-side', false)],
  loops: [],
}));
process.stdout.write(`${service.url}\n`);
process.once('SIGTERM', () => void service.stop());
