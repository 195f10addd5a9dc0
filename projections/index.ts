/** Every read model, by name. */
import { accounts } from './accounts.js';
import type { AnyProjection } from './projection.js';
import { reviewQueue } from './reviewQueue.js';
import { sendingGate } from './sendingGate.js';
import { setupGuide } from './setupGuide.js';
import { timeline } from './timeline.js';

export { accounts, reviewQueue, sendingGate, setupGuide, timeline };

export const projections: readonly AnyProjection[] = [
  sendingGate,
  setupGuide,
  reviewQueue,
  accounts,
  timeline,
] as unknown as readonly AnyProjection[];
