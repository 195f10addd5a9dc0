/** Form fields: a label, a hint, an error that names the remedy, and a control that is tied to all three. */
import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId } from 'preact/hooks';

export type FieldProps = {
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly error?: string | undefined;
  /** Said beside the label; fields are required unless they say so. */
  readonly optional?: boolean;
};

type Tied = { readonly 'id': string; readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true };

/** A field around any control: the child is given what ties it to label, hint and error. */
export function Field({
  label,
  hint,
  error,
  optional = false,
  children,
}: FieldProps & { readonly children: (tied: Tied) => ComponentChildren }) {
  const id = useId();
  const said = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`].filter(Boolean);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {label}
        {optional && <span class="field-optional"> (optional)</span>}
      </label>
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        ...(said.length === 0 ? {} : { 'aria-describedby': said.join(' ') }),
        ...(error === undefined ? {} : { 'aria-invalid': true }),
      })}
      {error !== undefined && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

type Value = { readonly value: string; readonly onValue: (value: string) => void };

export type TextFieldProps = FieldProps &
  Value & {
    readonly type?: 'text' | 'password' | 'url' | 'email' | 'search' | 'number' | 'datetime-local' | 'date';
    readonly input?: Partial<InputHTMLAttributes>;
  };

export function TextField({ type = 'text', value, onValue, input, ...field }: TextFieldProps) {
  return (
    <Field {...field}>
      {(tied) => (
        <input
          // One kind of input for each type is known to the types; this one is any of them.
          {...({
            class: 'input',
            required: field.optional !== true,
            ...input,
            ...tied,
            type,
            value,
          } as InputHTMLAttributes)}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export type TextAreaProps = FieldProps & Value & { readonly rows?: number };

/** So long a free text may be, as the commands take it. In characters. */
const longestText = 4_000;

/** What a text is too long by is said: cut off where it is pasted, it would be sent without its end. */
function tooLong({ length }: string): string | undefined {
  if (length <= longestText) return undefined;
  const [most, by] = [longestText, length - longestText].map((count) => count.toLocaleString('en'));
  return `At most ${most} characters can be sent. Shorten it by ${by}.`;
}

/** Several lines. */
export function TextArea({ value, onValue, rows = 3, error, ...field }: TextAreaProps) {
  return (
    <Field {...field} error={tooLong(value) ?? error}>
      {(tied) => (
        <textarea
          class="input"
          rows={rows}
          value={value}
          required={field.optional !== true}
          {...tied}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export type Option = { readonly value: string; readonly label: string };

export function Select({
  options,
  value,
  onValue,
  ...field
}: FieldProps & Value & { readonly options: readonly Option[] }) {
  return (
    <Field {...field}>
      {(tied) => (
        <select class="input" value={value} {...tied} onChange={(event) => onValue(event.currentTarget.value)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type CheckboxProps = {
  readonly label: ComponentChildren;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean;
};

export function Checkbox({ label, checked, onChecked, disabled = false }: CheckboxProps) {
  return (
    <label class="checkbox">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
