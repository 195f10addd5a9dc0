/** Webhooks, put together. */
import { randomInt } from 'node:crypto';
import type { Instant } from '../events/time.js';
import type { SafeFetch } from '../net/safeFetch.js';
import { Deliveries } from './deliveries.js';
import { type SenderDeps, WebhookSender } from './sender.js';

export type WebhookOptions = Pick<SenderDeps, 'url' | 'secret' | 'onAttempt'> & {
  /** The file of the deliveries. */
  readonly file: string;
  readonly fetch: SafeFetch;
  readonly now: () => Instant;
};

export type Webhooks = { readonly deliveries: Deliveries; readonly sender: WebhookSender };

/**
 * @throws {DeliveriesUnusable} when the file cannot be used
 * @throws {Error} when the secret is not base64
 */
export function openWebhooks({ file, ...options }: WebhookOptions): Webhooks {
  const deliveries = new Deliveries(file, options.now);
  try {
    const chance = (): number => randomInt(1_000_000) / 1_000_000;
    return { deliveries, sender: new WebhookSender({ ...options, deliveries, chance }) };
  } catch (error) {
    deliveries.close();
    throw error;
  }
}
