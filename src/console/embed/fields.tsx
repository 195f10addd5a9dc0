/** The fields of the elements' forms: label, hint, error and control tied together, in the page's language. */
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Sending } from './shared.js';
import { useShared } from './shared.js';

type Tied = {
  readonly 'id': string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly 'required': boolean;
};

export type FieldProps = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
};

export function Field({
  label,
  hint,
  error,
  required = true,
  children,
}: FieldProps & { readonly children: (tied: Tied) => ComponentChildren }) {
  const { say } = useShared();
  const id = useId();
  const said = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean);
  return (
    <div class="field" part="field">
      <label for={id} part="label">
        {label}
        {!required && <span class="quiet"> ({say('form.optional')})</span>}
      </label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`} part="hint">
          {hint}
        </p>
      )}
      {children({
        id,
        required,
        ...(said.length === 0 ? {} : { 'aria-describedby': said.join(' ') }),
        ...(error === undefined ? {} : { 'aria-invalid': true }),
      })}
      {error !== undefined && (
        <p class="error" id={`${id}-error`} part="error">
          {error}
        </p>
      )}
    </div>
  );
}

type Value = { readonly value: string; readonly onValue: (value: string) => void };

export function TextField({
  value,
  onValue,
  type = 'text',
  autocomplete,
  maxLength = 254,
  ...field
}: FieldProps &
  Value & {
    readonly type?: 'text' | 'email' | 'url';
    readonly autocomplete?: string;
    readonly maxLength?: number;
  }) {
  return (
    <Field {...field}>
      {(tied) => (
        <input
          {...({
            ...tied,
            type,
            autocomplete,
            maxLength,
            dir: 'auto',
            part: 'input',
            class: 'input',
            value,
          } as InputHTMLAttributes)}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** So long a free text may be, as the commands take it. In characters. */
const longestText = 4_000;

/** Several lines. One that is too long is said to be: cut off where it is pasted, it would be sent without its end. */
export function TextArea({ value, onValue, error, ...field }: FieldProps & Value) {
  const { say } = useShared();
  const tooLong = value.length > longestText ? say('field.long', { most: longestText }) : undefined;
  return (
    <Field {...field} error={tooLong ?? error}>
      {(tied) => (
        <textarea
          {...tied}
          class="input"
          part="input"
          dir="auto"
          rows={3}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** A form that says what went wrong above its button, and takes whoever sent it to the first field that is wrong. */
export function Form({
  sending,
  submit,
  label,
  children,
  disabled = false,
}: {
  readonly sending: Sending;
  readonly submit: () => void;
  /** On the button. */
  readonly label: string;
  readonly children: ComponentChildren;
  /** Something that belongs to the form is under way. */
  readonly disabled?: boolean;
}) {
  const { say } = useShared();
  const form = useRef<HTMLFormElement>(null);
  const { busy, waiting, problem } = sending;
  const wasSent = useRef(false);
  useEffect(() => {
    if (problem === undefined || !wasSent.current) return;
    wasSent.current = false;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid]');
    (wrong ?? form.current?.querySelector<HTMLElement>('.problem'))?.focus();
  }, [problem]);
  const stopped = busy || disabled;
  const hasFields = problem !== undefined && Object.keys(problem.fields).length > 0;
  return (
    <form
      ref={form}
      class="form"
      part="form"
      noValidate
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        if (stopped) return;
        wasSent.current = true;
        submit();
      }}
    >
      {children}
      {problem !== undefined && (
        <p class="problem" part="problem" tabIndex={-1} role="alert">
          {problem.text ?? (hasFields ? say('form.errors') : '')}
        </p>
      )}
      {waiting && (
        <p class="hint" role="status">
          {say('guide.reconnecting')}
        </p>
      )}
      <p class="actions">
        <button type="submit" class="button primary" part="button primary-button" aria-disabled={stopped || undefined}>
          {busy ? say('form.sending') : label}
        </button>
      </p>
    </form>
  );
}
