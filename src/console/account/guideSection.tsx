/** The setup guide as the customer sees it on the provider's dashboard. */
import type { ComponentChildren } from 'preact';
import { Notice } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { requirementWords } from '../words/account.js';
import { plain, wordFor } from '../words/plain.js';
import type { Tone } from '../words/status.js';
import type { Glance, Guide } from './types.js';

const tones: Readonly<Record<string, Tone>> = { info: 'info', success: 'ok', warning: 'wait', danger: 'stop' };

const marks: Readonly<Record<string, readonly [mark: string, words: string]>> = {
  done: ['✓', 'done'],
  next: ['→', 'next'],
  later: ['○', 'later'],
  waiting: ['…', 'waiting for us'],
};

export function GuideSection({ glance }: { readonly glance: Glance }) {
  const { notices, steps, questions, reasons } = glance.guide;
  return (
    <Section title="What the customer sees" id="guide" lead="The setup guide on their dashboard.">
      {notices.map(({ kind, tone, title, text }) => (
        <Notice key={kind} tone={tones[tone] ?? 'info'} title={title}>
          {text}
        </Notice>
      ))}
      <ol class="guide-steps">
        {steps.map(({ id, title, state, next }) => {
          const [mark, words] = marks[state] ?? ['○', state];
          return (
            <li key={id} class={`guide-step guide-${state}`}>
              <span class="guide-mark" aria-hidden="true">
                {mark}
              </span>
              <div>
                <p>
                  <span class="guide-title">{title}</span> <span class="small muted">{words}</span>
                </p>
                {next !== null && <p class="small">{next}</p>}
              </div>
            </li>
          );
        })}
      </ol>
      {questions.length > 0 && (
        <Told title="Questions to them">
          {questions.map(({ requirement, message }) => (
            <li key={`${requirement} ${message}`}>
              <strong>{wordFor(requirementWords, requirement)}:</strong> {message}
            </li>
          ))}
        </Told>
      )}
      {reasons.length > 0 && (
        <Told title="Reasons that they are told">
          {reasons.map(({ code, message }) => (
            <li key={`${code} ${message}`}>{message}</li>
          ))}
        </Told>
      )}
      <CanDo guide={glance.guide} />
    </Section>
  );
}

function Told({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </div>
  );
}

function CanDo({ guide: { canDo, respondBy, resubmitUntil } }: { readonly guide: Guide }) {
  return (
    <p class="muted">
      {canDo.length === 0 ? 'There is nothing for them to send just now.' : `They can: ${canDo.map(plain).join(', ')}.`}
      {respondBy !== null && (
        <>
          {' '}
          Answers are due <Time at={respondBy} />.
        </>
      )}
      {resubmitUntil !== null && (
        <>
          {' '}
          They may request again until <Time at={resubmitUntil} />.
        </>
      )}
    </p>
  );
}
