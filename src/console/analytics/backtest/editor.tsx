/** The whole policy as text, with what is wrong said at its place. */
import { useRef } from 'preact/hooks';
import { Notice } from '../../ui/feedback.js';
import { Field } from '../../ui/field.js';
import { isRecord, parsed } from './candidate.js';
import { placeOf } from './jsonPlace.js';
import type { Checked } from './useCheck.js';

type EditorProps = {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly checked: Checked | undefined;
};

export function Editor({ text, onText, checked }: EditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const document = parsed(text);
  const isObject = 'value' in document && isRecord(document.value);
  const problems = isObject ? (checked?.check?.problems ?? []) : [];
  const goTo = (from: number, to: number): void => {
    const element = area.current;
    if (element === null) return;
    element.focus();
    element.setSelectionRange(from, to);
    const lines = text.split('\n').length;
    const before = text.slice(0, from).split('\n').length - 1;
    element.scrollTop = Math.max(0, (element.scrollHeight / lines) * before - element.clientHeight / 3);
  };
  const wrong = !isObject || problems.some(({ severity }) => severity === 'error');
  return (
    <div class="stack">
      <Field
        label="Policy document"
        hint="JSON, as it is published. The form above changes it, too."
        error={wrong ? 'It cannot be tried yet: see below what is wrong.' : undefined}
      >
        {(tied) => (
          <textarea
            {...tied}
            ref={area}
            class="input code-editor"
            rows={28}
            spellcheck={false}
            autocomplete="off"
            wrap="off"
            value={text}
            onInput={(event) => onText(event.currentTarget.value)}
          />
        )}
      </Field>
      <div class="stack" aria-live="polite">
        {'syntax' in document && (
          <Notice tone="stop" title="This is not JSON">
            <button
              type="button"
              class="link-button"
              onClick={() => goTo(document.syntax.at, document.syntax.at + 1)}
            >{`Line ${document.syntax.line}`}</button>
            {`: ${document.syntax.message}.`}
          </Notice>
        )}
        {'value' in document && !isObject && (
          <Notice tone="stop" title="This is JSON, but not a policy">
            A policy is an object: it begins with a brace and ends with one.
          </Notice>
        )}
        {problems.length > 0 && (
          <ul class="problems">
            {problems.map(({ severity, pointer, problem, remedy }) => {
              const place = placeOf(text, pointer);
              return (
                <li key={`${pointer} ${problem}`} class={severity === 'error' ? 'tone-stop' : 'tone-wait'}>
                  <strong>{severity === 'error' ? 'Wrong' : 'Without effect'}</strong>{' '}
                  {place === undefined ? (
                    <code>{pointer || '/'}</code>
                  ) : (
                    <button type="button" class="link-button" onClick={() => goTo(place.from, place.to)}>
                      {`Line ${place.line}, `}
                      <code>{pointer || '/'}</code>
                    </button>
                  )}
                  {`: ${problem}. ${remedy}`}
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </div>
  );
}
