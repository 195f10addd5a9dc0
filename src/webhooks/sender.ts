/** Delivers what is due: one after the other of each account, accounts side by side. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import type { Instant } from '../events/time.js';
import { type SafeFetch, Unreachable } from '../net/safeFetch.js';
import { nextAttempt } from './backoff.js';
import type { Deliveries, DueDelivery } from './deliveries.js';

export type SenderDeps = {
  readonly deliveries: Deliveries;
  /** Where messages go, and the secret (`whsec_…`) that signs them. */
  readonly url: string;
  readonly secret: string;
  readonly fetch: SafeFetch;
  readonly now: () => Instant;
  /** A number in [0, 1). */
  readonly chance: () => number;
  readonly onAttempt?: (outcome: 'delivered' | 'failed' | 'given_up') => void;
};

/** Accounts that are delivered to at the same time. */
const atOnce = 16;
/** A receiver has so long to answer, in milliseconds, and what it answers may have so many bytes: nobody reads it. */
const answerWithin = 15_000;
const mostBytes = 1_048_576;
/** How often what became due meanwhile is looked for while deliveries are under way, in milliseconds. */
const lookEvery = 100;
/** After so many failures in a row without a success between, a success says that the receiver is back. */
const outage = 5;

export class WebhookSender {
  readonly #deps: SenderDeps;
  readonly #webhook: Webhook;
  readonly #underWay = new Map<string, Promise<void>>();
  #failuresInARow = 0;

  /** @throws {Error} when the secret is not `whsec_` and base64 */
  constructor(deps: SenderDeps) {
    this.#deps = deps;
    this.#webhook = new Webhook(deps.secret);
  }

  /** Delivers until nothing is due. What is under way when the signal aborts is left; it comes again. */
  async deliverDue(signal: AbortSignal): Promise<void> {
    const { deliveries } = this.#deps;
    for (;;) {
      const free = atOnce - this.#underWay.size;
      const due = signal.aborted || free === 0 ? [] : deliveries.due(new Set(this.#underWay.keys()), free);
      for (const delivery of due) this.#begin(delivery, signal);
      if (this.#underWay.size === 0) return;
      await Promise.race([...this.#underWay.values(), sleep(lookEvery)]);
    }
  }

  #begin(delivery: DueDelivery, signal: AbortSignal): void {
    const work = this.#deliver(delivery, signal).finally(() => this.#underWay.delete(delivery.accountId));
    this.#underWay.set(delivery.accountId, work);
  }

  async #deliver(delivery: DueDelivery, signal: AbortSignal): Promise<void> {
    const { deliveries, now, chance, onAttempt } = this.#deps;
    const { status, error, askedPause } = await this.#send(delivery, signal);
    // Cut off by the stop: whether it arrived nobody knows, and it is sent again at the next start.
    if (signal.aborted && status === null) return;
    const attempt = { at: now(), status, error };
    if (error === null) {
      deliveries.finish(delivery, 'delivered', attempt);
      if (this.#failuresInARow >= outage) deliveries.hurry();
      this.#failuresInARow = 0;
      onAttempt?.('delivered');
      return;
    }
    this.#failuresInARow += 1;
    const { since, attempts } = delivery;
    const failure = { attempts: attempts + 1, since, now: attempt.at, chance: chance(), askedPause };
    // 410 Gone: the receiver does not want this message, now or later. It says nothing of the ones after it.
    const dueAt = status === 410 ? undefined : nextAttempt(failure);
    if (dueAt === undefined) deliveries.finish(delivery, 'given_up', attempt);
    else deliveries.postpone(delivery, dueAt, attempt);
    onAttempt?.(dueAt === undefined ? 'given_up' : 'failed');
  }

  async #send({ id, body }: DueDelivery, signal: AbortSignal): Promise<Answer> {
    const { fetch, url, now } = this.#deps;
    const at = new Date(now());
    const headers = {
      'Content-Type': 'application/json',
      'User-Agent': 'Gatehouse-Webhooks',
      'webhook-id': id,
      // Of this attempt, not of the event: receivers refuse what was signed long ago.
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': this.#webhook.sign(id, at, body),
    };
    const limits = { mostBytes, withinMilliseconds: answerWithin, mostRedirects: 0, signal };
    try {
      const answer = await fetch(url, { method: 'POST', headers, body, ...limits });
      return answerOf(answer.status, answer.headers['retry-after']);
    } catch (error) {
      const reason = error instanceof Unreachable ? `${error.reason}: ` : '';
      return { status: null, error: `${reason}${error instanceof Error ? error.message : String(error)}` };
    }
  }
}

type Answer = {
  readonly status: number | null;
  /** Why it counts as a failure; null when it was delivered. */
  readonly error: string | null;
  readonly askedPause?: number | undefined;
};

function answerOf(status: number, retryAfter: string | undefined): Answer {
  if (status >= 200 && status < 300) return { status, error: null };
  const redirects = status >= 300 && status < 400 ? '; redirects are not followed, name the address itself' : '';
  const seconds = retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
  return {
    status,
    error: `answered with ${status}${redirects}`,
    ...(seconds === undefined ? {} : { askedPause: seconds * 1_000 }),
  };
}
