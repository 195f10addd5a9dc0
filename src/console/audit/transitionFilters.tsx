/** The form of the transitions' filter, and what is set of it. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Checkbox, Select, TextField } from '../ui/field.js';
import { type Filter, filterChoices, filterLabels, type FilterName, filterNames, filterWords } from './filter.js';

type Props = {
  /** What the address says. */
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
};

/** Names in the order in which somebody asks: whose, who, what, from where to where, why, when. */
const fields: readonly FilterName[] = [
  'account',
  'actor',
  'actorType',
  'type',
  'command',
  'fromState',
  'toState',
  'standing',
  'reason',
  'since',
  'until',
];

export function TransitionFilters({ filter, onFilter }: Props) {
  const [draft, setDraft] = useState<Filter>(filter);
  // The address may be another one: by a link, by going back, by taking a filter off.
  useEffect(() => setDraft(filter), [JSON.stringify(filter)]);
  const set = (name: FilterName, value: string): void => {
    const { [name]: _before, ...others } = draft;
    setDraft(value === '' ? others : { ...others, [name]: value });
  };
  return (
    <details class="audit-filters" open={window.matchMedia('(min-width: 60rem)').matches}>
      <summary>Filter</summary>
      <form
        class="form"
        role="search"
        aria-label="Transitions"
        onSubmit={(event) => {
          event.preventDefault();
          onFilter(draft);
        }}
      >
        <div class="audit-fields">
          {fields.map((name) => (
            <FilterField key={name} name={name} value={draft[name] ?? ''} onValue={(value) => set(name, value)} />
          ))}
        </div>
        <Checkbox
          label={filterLabels.changed}
          checked={draft.changed !== undefined}
          onChecked={(checked) => set('changed', checked ? 'true' : '')}
        />
        <div class="form-actions">
          <Button kind="primary" type="submit">
            Show
          </Button>
          <Button onClick={() => onFilter({})} disabled={Object.keys(filter).length === 0}>
            Clear all
          </Button>
        </div>
      </form>
    </details>
  );
}

type FieldProps = { readonly name: FilterName; readonly value: string; readonly onValue: (value: string) => void };

function FilterField({ name, value, onValue }: FieldProps) {
  const choices = filterChoices[name];
  const label = filterLabels[name];
  if (choices !== undefined) {
    return <Select label={label} value={value} onValue={onValue} options={[{ value: '', label: 'Any' }, ...choices]} />;
  }
  const isTime = name === 'since' || name === 'until';
  const input = {
    required: false,
    autocomplete: 'off',
    ...(isTime ? { step: 1 } : { spellcheck: false, maxLength: 128, placeholder: 'id' }),
  } as const;
  const type = isTime ? 'datetime-local' : name === 'account' ? 'search' : 'text';
  return <TextField label={label} type={type} value={value} onValue={onValue} input={input} />;
}

/** Each filter that is set, with a way to take it off. */
export function SetFilters({ filter, onFilter }: Props) {
  const names = filterNames.filter((name) => filter[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <ul class="audit-set" aria-label="Filters that are set">
      {names.map((name) => {
        const words = filterWords(name, filter[name] ?? '');
        const { [name]: _off, ...others } = filter;
        return (
          <li key={name}>
            <Button small aria-label={`Take off the filter ${words}`} onClick={() => onFilter(others)}>
              {words} <span aria-hidden="true">×</span>
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
