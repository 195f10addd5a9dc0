/** What a product backend imports: `import { GateClient } from 'gatehouse/client'`. */
export type { GateAsk } from './answers.js';
export { GateFeedRefused } from './connection.js';
export { GateClient, type GateClientOptions } from './gateClient.js';
export type { MessageType } from '../events/vocabulary.js';
export {
  type ChannelVerdict,
  type GateAction,
  gateActions,
  type GateDecision,
  type GateQuestion,
  type GateReason,
} from '../policy/gate.js';
