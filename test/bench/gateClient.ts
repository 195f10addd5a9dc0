/** Gate questions to the client in process, against one bare look-up in a Map of the same accounts. */
import { GateClient, type GateAction } from '../../src/client/index.js';
import { verified } from '../support/examples.js';
import { newGatehouse } from '../support/gatehouse.js';
import { serveGate } from '../support/gateServer.js';
import { compare, rate, type Result } from './result.js';

const accounts = 500;
const asked = 5_000_000;
const rounds = 5;
const actions: readonly GateAction[] = ['message.send', 'campaign.start', 'message.send_test', 'people.write'];

export async function benchGateClient(): Promise<Result> {
  const gatehouse = await newGatehouse();
  const names = Array.from({ length: accounts }, (_, index) => `account-${index}`);
  await Promise.all(names.map(async (accountId) => gatehouse.walk(verified, accountId)));
  const server = await serveGate(gatehouse);
  const client = new GateClient({ url: server.url, token: server.token, staleAfterMilliseconds: 600_000 });
  client.start();
  if (!(await client.ready()) || client.accounts !== accounts) throw new Error('the client is not complete');
  const questions = Array.from({ length: accounts * 8 }, (_, index) => ({
    accountId: `account-${(index * 37) % accounts}`,
    action: actions[index % actions.length] ?? 'message.send',
    channelId: index % 3 === 0 ? undefined : 'email-1',
  }));
  const bare = new Map(questions.map(({ accountId }) => [accountId, { allowed: true }]));
  /** Asks one question after the other; counts what is allowed, so that no answer is optimised away. */
  const loop = (ask: (question: (typeof questions)[number]) => { readonly allowed: boolean } | undefined): void => {
    let allowed = 0;
    for (let done = 0; done < asked;) {
      for (const question of questions) if (ask(question)?.allowed === true) allowed += 1;
      done += questions.length;
    }
    if (allowed < asked) throw new Error(`${allowed} of ${asked} allowed`);
  };
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await rate(asked, () => loop((question) => client.ask(question))));
    reference.push(await rate(asked, () => loop(({ accountId }) => bare.get(accountId))));
  }
  await client.close();
  await server.stop();
  await gatehouse.close();
  return compare(ours, reference, 'answers/s');
}
