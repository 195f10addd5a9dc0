/** The steps: what is done, what is next, what comes later, and what waits for the provider. */
import type { StepView } from './guideView.js';
import { useShared } from './shared.js';

const signs = { done: '✓', next: '→', later: '', waiting: '…' } as const;

type Props = {
  readonly steps: readonly StepView[];
  /** Where the page's own places are, by what a step's link names. */
  readonly links: Readonly<Record<string, string>>;
};

export function Steps({ steps, links }: Props) {
  const { say } = useShared();
  return (
    <ol class="steps" part="steps" aria-label={say('guide.steps')}>
      {steps.map(({ id, title, state, next, link }) => (
        <li
          key={id}
          class={`step ${state}`}
          part={`step step-${state}`}
          aria-current={state === 'next' ? 'step' : undefined}
        >
          <span class="sign" aria-hidden="true">
            {signs[state]}
          </span>
          <div class="step-body">
            <p class="step-title">
              {title} <span class={`state ${state}`}>{say(`state.${state}`)}</span>
            </p>
            {next !== null && state !== 'later' && state !== 'done' && <p class="step-next">{next}</p>}
            {state === 'next' && links[link] !== undefined && (
              <p class="actions">
                <a class="button small" part="button step-link" href={links[link]}>
                  {say('step.go')}
                  <span class="visually-hidden">: {title}</span>
                </a>
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}
