/** Given what happened, when a command comes, then facts or a refusal: written once, used by every decider's tests. */
import { type AccountSnapshot, initialSnapshot, stateOf } from '../../machines/fold.js';
import { type Command, decide } from '../../src/commands/decide.js';
import type { RefusalCode } from '../../src/commands/refusal.js';
import type { Fact } from '../../src/events/fact.js';
import { plusMinutes } from '../../src/events/time.js';
import { builtInPolicy, type PolicyDocument } from '../../src/policy/policy.js';
import { statusOf } from '../../src/policy/status.js';
import { start } from './examples.js';

type Given = Command | { readonly at: string; readonly command: Command };

/** The snapshot after commands that must all be accepted, one a minute. */
export function after(commands: readonly Given[], policy: PolicyDocument = builtInPolicy): AccountSnapshot {
  return commands.reduce((snapshot, one, index) => {
    const at = 'command' in one ? one.at : plusMinutes(start, index);
    const command = 'command' in one ? one.command : one;
    const decision = decide(command, snapshot, policy, at);
    if (decision.kind === 'refused') throw new Error(`given ${command.name}: ${decision.code}`);
    return decision.kind === 'accepted' ? decision.snapshot : snapshot;
  }, initialSnapshot);
}

export function given(commands: readonly Given[], policy: PolicyDocument = builtInPolicy) {
  const snapshot = after(commands, policy);
  return {
    /** @param at when the command comes; an hour after the start unless given */
    when: (command: Command, at = plusMinutes(start, 60)) => {
      const decision = decide(command, snapshot, policy, at);
      return {
        decision,
        /** These events, in this order. */
        thenEvents: (...types: readonly Fact['type'][]): readonly Fact[] => {
          expect(decision).toMatchObject({ kind: 'accepted' });
          const facts = decision.kind === 'accepted' ? decision.steps.map(({ fact }) => fact) : [];
          expect(facts.map(({ type }) => type)).toEqual(types);
          return facts;
        },
        thenUnchanged: (): void => expect(decision).toEqual({ kind: 'unchanged' }),
        thenRefused: (code: RefusalCode, ...missing: readonly string[]): void => {
          expect(decision).toMatchObject({ kind: 'refused', code });
          if (decision.kind !== 'refused') return;
          expect(decision.missing.map(({ requirement }) => requirement)).toEqual(missing);
          expect(decision.status).toBe(statusOf(stateOf(snapshot)) ?? null);
        },
        /** The verification state afterwards. */
        thenVerification: (state: unknown): void => {
          const next = decision.kind === 'accepted' ? decision.snapshot : snapshot;
          expect((stateOf(next) as Record<string, unknown>)['verification']).toEqual(state);
        },
        thenStanding: (state: unknown): void => {
          const next = decision.kind === 'accepted' ? decision.snapshot : snapshot;
          expect((stateOf(next) as Record<string, unknown>)['standing']).toEqual(state);
        },
      };
    },
  };
}
