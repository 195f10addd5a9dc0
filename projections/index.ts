/** Every read model. */
export { accounts } from './accounts.js';
export { accountTraces } from './accountTraces.js';
export { domainClaims } from './domainClaims.js';
export { deadlines } from './deadlines.js';
export { journeys } from './journeys.js';
export { reviewQueue } from './reviewQueue.js';
export { sendingGate } from './sendingGate.js';
export { setupGuide } from './setupGuide.js';
export { timeline } from './timeline.js';
export { transitions } from './transitions.js';
