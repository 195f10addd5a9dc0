/** A service on a fresh folder with the showcase's accounts in it, evidence and a backtest among them. */
import { readConfig } from '../../../src/config.js';
import { openLog, openTokens } from '../../../src/parts.js';
import { builtInPolicy } from '../../../src/policy/policy.js';
import { png } from '../evidence.js';
import { newFolder } from '../folders.js';
import { type Served, serve } from '../program.js';
import { showcaseAccounts, showcasePolicies } from './accounts.js';
import type { Fate } from './lives.js';
import type { Shown } from './pages.js';
import { writeLives } from './write.js';

export type World = {
  readonly url: string;
  /** An admin's: sees every page. */
  readonly token: string;
  /** The product backend's. */
  readonly productToken: string;
  readonly shown: Shown;
  readonly stop: () => Promise<void>;
};

export async function openWorld(onProgress: (text: string) => void): Promise<World> {
  const folder = newFolder();
  let service: Served | undefined;
  const stop = async (): Promise<void> => {
    await service?.kill('SIGTERM');
    folder.remove();
  };
  try {
    const now = new Date().toISOString();
    const config = readConfig({ GATEHOUSE_DATA: folder.path });
    onProgress('writing accounts');
    const accounts = showcaseAccounts(now);
    const store = openLog(config);
    await writeLives(store, accounts, showcasePolicies(now), now);
    await store.close();
    const tokens = openTokens(config);
    const token = tokens.create({ role: 'admin', actor: 'review-lead' });
    const product = tokens.create({ role: 'product', actor: 'backend' });
    tokens.close();
    onProgress('starting the service');
    // Mail goes into the folder; what would ask the network stays out.
    const { url } = (service = await serve(folder.path, { GATEHOUSE_PROCESSES: 'mail,timers,checkpoints' }));
    await untilReady(url);
    const accountOf = (fate: Fate): string => {
      const found = accounts.find((account) => account.fate === fate);
      if (found === undefined) throw new Error(`nobody ${fate}`);
      return found.accountId;
    };
    await attach(url, product, accountOf('waits for a reviewer'));
    onProgress('running a backtest');
    return { url, token, productToken: product, shown: { accountOf, backtest: await backtest(url, token) }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(url: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${url}/readyz`);
    if (response.ok && ((await response.json()) as { status: string }).status === 'ready') return;
    await pause();
  }
}

async function attach(url: string, token: string, accountId: string): Promise<void> {
  const body = new FormData();
  body.append('requirement', 'subscription_process');
  body.append('file', new Blob([png('form')]), 'sign-up-form.png');
  await answered(`${url}/v1/accounts/${accountId}/evidence`, token, { method: 'POST', body });
}

/** @returns the id of a backtest that is over, of a policy that differs in much */
async function backtest(url: string, token: string): Promise<string> {
  const { review, screening, questions } = builtInPolicy;
  const policy = {
    ...builtInPolicy,
    version: 'two-persons',
    review: { ...review, secondPerson: true },
    screening: {
      ...screening,
      toReview: [...screening.toReview.filter((code) => code !== 'free_email_provider'), 'opt_in_unclear'],
    },
    questions: { ...questions, free_email_provider: { requirement: 'identity', message: 'Who are you?' } },
  };
  const headers = { 'Content-Type': 'application/json' };
  const started = await answered(`${url}/v1/backtests`, token, {
    method: 'POST',
    headers,
    body: JSON.stringify({ policy }),
  });
  for (;;) {
    const run = await answered(`${url}/v1/backtests/${String(started['id'])}`, token);
    if (run['state'] === 'finished') return String(run['id']);
    await pause();
  }
}

async function answered(url: string, token: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const headers = { ...(init.headers as Record<string, string>), Authorization: `Bearer ${token}` };
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200));
