/** `gatehouse serve`: the service, until it is told to stop. */
import { destination, pino } from 'pino';
import type { Config } from '../config.js';
import { startService } from '../main.js';
import { describeLog } from '../parts.js';
import { print } from './output.js';

/** Runs until SIGINT or SIGTERM; requests under way finish first. A second signal ends it at once. */
export async function serve(config: Config): Promise<void> {
  const log = pino({ level: config.logLevel }, destination(2));
  const service = await startService(config, log);
  print(`Gatehouse is running.
  console   ${service.url}/console
  API       ${service.url}/v1
  API docs  ${service.url}/docs
  ready     ${service.url}/readyz
  data      ${config.data}
  log       ${describeLog(config)}`);
  if (service.firstTokens.length > 0) {
    print('\nFirst start: these tokens were made. They are shown this once; only their hashes are kept.');
    for (const { role, token } of service.firstTokens) print(`  ${role.padEnd(9)} ${token}`);
  }
  print('\nStop it with Ctrl-C.');
  await stopSignal();
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  await service.stop();
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
