/** What the notice at a button says for what the gate answers. It never says yes where the gate did not. */
import type { Gate } from './model.js';
import type { Say } from './texts/texts.js';
import type { Tone } from './guideView.js';

/** An answer, none yet, or none that could be had. */
export type Asked = Gate | 'asking' | 'unreachable';

export type GateNoticeView = {
  readonly allowed: boolean;
  readonly tone: Tone;
  readonly text: string;
  /** What is missing, or becomes of what was planned; nothing more to say where it is empty. */
  readonly more: readonly string[];
};

/** Why first: what stops the account as a whole goes before what stops a channel. */
export function gateNoticeView(asked: Asked, say: Say): GateNoticeView {
  if (asked === 'asking') return { allowed: false, tone: 'info', text: say('gate.checking'), more: [] };
  if (asked === 'unreachable') return { allowed: false, tone: 'wait', text: say('gate.unreachable'), more: [] };
  if (asked.observed === true && asked.wouldAllow === false) {
    const later = deniedView(asked, say);
    return { allowed: true, tone: 'info', text: say('gate.observed', { text: later.text }), more: later.more };
  }
  if (!asked.allowed) return deniedView(asked, say);
  if (asked.notices.includes('warned')) return { allowed: true, tone: 'wait', text: say('gate.warned'), more: [] };
  const text = say(asked.deliveryMode === 'test' ? 'gate.test' : 'gate.allowed');
  return { allowed: true, tone: 'ok', text, more: [] };
}

function deniedView({ reasons, missing, onDenied, awaitingActionFrom }: Gate, say: Say): GateNoticeView {
  const [first, ...others] = reasons.map((reason) => say.of(`gate.reason.${reason}`, say('gate.blocked')));
  const theirs = missing.filter((one) => one.awaitingActionFrom === 'customer');
  const named = say.list(theirs.map(({ requirement }) => say.of(`requirement.${requirement}`, requirement)));
  return {
    allowed: false,
    tone: awaitingActionFrom === 'customer' ? 'wait' : reasons.some((reason) => stops.has(reason)) ? 'stop' : 'info',
    text: first ?? say('gate.blocked'),
    more: [
      ...others,
      ...(theirs.length > 0 && awaitingActionFrom === 'customer' ? [say('gate.missing', { missing: named })] : []),
      ...(onDenied === 'hold' ? [say('gate.hold')] : []),
    ],
  };
}

const stops: ReadonlySet<string> = new Set(['rejected', 'revoked', 'suspended', 'closed', 'domain_lapsed']);
