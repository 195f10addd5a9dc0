/** The fields of a command's form that are more than one line of text. */
import { useEffect, useState } from 'preact/hooks';
import type { Answer } from '../api/types.js';
import { Button } from '../ui/button.js';
import { Checkbox, Select, TextArea, TextField } from '../ui/field.js';
import {
  type AnswerDraft,
  type Draft,
  emptyItem,
  emptyReason,
  type Errors,
  type ItemDraft,
  type ReasonDraft,
} from './draft.js';
import {
  channelWords,
  internalReasons,
  messageTypeWords,
  publicReasons,
  reasonWords,
  requirementCodes,
  requirementWords,
} from './words.js';

export type Templates = Answer<'/v1/review-templates'>['items'];

export type PartProps = {
  readonly draft: Draft;
  readonly errors: Errors;
  readonly set: (change: Partial<Draft>) => void;
};

const reasonOptions = [
  ...publicReasons.map((code) => ({ value: code, label: reasonWords(code) })),
  ...internalReasons.map((code) => ({ value: code, label: `${reasonWords(code)} (internal: not told)` })),
];
const requirementOptions = requirementCodes.map((code) => ({ value: code, label: requirementWords(code) }));

/** A command takes so many reasons or questions at most. */
const mostParts = 20;

function replaced<T>(list: readonly T[], index: number, change: Partial<T>): T[] {
  return list.map((one, at) => (at === index ? { ...one, ...change } : one));
}

/** Why, with codes, and the words for the customer. */
export function ReasonFields({
  draft: { reasons },
  errors,
  set,
  templates,
}: PartProps & { readonly templates: Templates }) {
  const change = (index: number, to: Partial<ReasonDraft>): void => set({ reasons: replaced(reasons, index, to) });
  return (
    <fieldset class="stack">
      <legend>Reasons</legend>
      {reasons.map(({ code, requirement, customerMessage }, index) => (
        <div key={index} class="part">
          <div class="part-two">
            <Select
              label={`Reason ${index + 1}`}
              value={code}
              options={reasonOptions}
              onValue={(to) => {
                const { message } = templates.find(({ reasonCode }) => reasonCode === to) ?? {};
                // A template's words are of its reason; what somebody wrote stays.
                const untouched = customerMessage === '' || templates.some((one) => one.message === customerMessage);
                change(index, { code: to, ...(untouched ? { customerMessage: message ?? '' } : {}) });
              }}
            />
            <Select
              label="About"
              optional
              value={requirement}
              options={[{ value: '', label: 'No requirement' }, ...requirementOptions]}
              onValue={(to) => change(index, { requirement: to })}
            />
          </div>
          <TextArea
            label="Message to the customer"
            value={customerMessage}
            error={errors[`/reasons/${index}/customerMessage`]}
            onValue={(to) => change(index, { customerMessage: to })}
          />
          {reasons.length > 1 && (
            <div>
              <Button small kind="quiet" onClick={() => set({ reasons: reasons.filter((_, at) => at !== index) })}>
                Remove reason {index + 1}
              </Button>
            </div>
          )}
        </div>
      ))}
      {reasons.length < mostParts && (
        <div>
          <Button small onClick={() => set({ reasons: [...reasons, emptyReason] })}>
            Add a reason
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** What to ask for: from templates, or in one's own words. */
export function ItemFields({
  draft: { items },
  errors,
  set,
  templates,
}: PartProps & { readonly templates: Templates }) {
  const change = (index: number, to: Partial<ItemDraft>): void => set({ items: replaced(items, index, to) });
  const unused = templates.filter(({ reasonCode }) => !items.some((one) => one.reasonCode === reasonCode));
  const [chosen, setChosen] = useState('');
  const template = unused.find(({ reasonCode }) => reasonCode === chosen);
  return (
    <fieldset class="stack">
      <legend>Questions</legend>
      <Select
        label="Take a template"
        hint="Its words can be changed below."
        value={template === undefined ? '' : chosen}
        options={[
          { value: '', label: unused.length === 0 && templates.length > 0 ? 'All templates are taken' : 'Choose…' },
          ...unused.map(({ reasonCode }) => ({ value: reasonCode, label: reasonWords(reasonCode) })),
        ]}
        onValue={setChosen}
      />
      {/* Taken by a button: with the keyboard, a list goes through all that lies between. */}
      <div>
        <Button
          small
          disabled={template === undefined}
          onClick={() => {
            if (template !== undefined) set({ items: [...items, template] });
          }}
        >
          Take this template
        </Button>
      </div>
      {items.map(({ requirement, reasonCode, message }, index) => (
        <div key={index} class="part">
          <div class="part-two">
            <Select
              label={`Question ${index + 1} is about`}
              value={requirement}
              options={requirementOptions}
              onValue={(to) => change(index, { requirement: to })}
            />
            <Select
              label="Because of"
              value={reasonCode}
              options={reasonOptions}
              onValue={(to) => change(index, { reasonCode: to })}
            />
          </div>
          <TextArea
            label="Question to the customer"
            value={message}
            error={errors[`/items/${index}/message`]}
            onValue={(to) => change(index, { message: to })}
          />
          <div>
            <Button small kind="quiet" onClick={() => set({ items: items.filter((_, at) => at !== index) })}>
              Remove question {index + 1}
            </Button>
          </div>
        </div>
      ))}
      {items.length < mostParts && (
        <div>
          <Button small onClick={() => set({ items: [...items, emptyItem] })}>
            Write a question
          </Button>
        </div>
      )}
      {errors['/items'] !== undefined && <p class="field-error">{errors['/items']}</p>}
    </fieldset>
  );
}

/** What the customer answered elsewhere, question by question. */
export function AnswerFields({
  draft: { answers },
  errors,
  set,
  questions,
}: PartProps & { readonly questions: readonly { readonly requirement: string; readonly message: string }[] }) {
  const change = (index: number, to: Partial<AnswerDraft>): void => set({ answers: replaced(answers, index, to) });
  return (
    <fieldset class="stack">
      <legend>Answers</legend>
      {answers.map(({ requirement, text, cannot }, index) => (
        <div key={requirement} class="part">
          <TextArea
            label={requirementWords(requirement)}
            hint={questions
              .filter((one) => one.requirement === requirement)
              .map(({ message }) => message)
              .join(' ')}
            value={text}
            error={errors[`/answers/${index}`]}
            onValue={(to) => change(index, { text: to })}
          />
          <Checkbox
            label="The customer cannot provide it; the text says why"
            checked={cannot}
            onChecked={(to) => change(index, { cannot: to })}
          />
        </div>
      ))}
    </fieldset>
  );
}

const messageTypes = ['transactional', 'lifecycle', 'newsletter', 'marketing', 'other'];
const channelKinds = ['email', 'sms', 'push', 'in_app', 'webhook'];

function Choice({
  title,
  values,
  chosen,
  wordOf,
  onChosen,
}: {
  readonly title: string;
  readonly values: readonly string[];
  readonly chosen: readonly string[];
  readonly wordOf: (value: string) => string;
  readonly onChosen: (chosen: readonly string[]) => void;
}) {
  return (
    <fieldset>
      <legend class="small">{title}</legend>
      <div class="choice">
        {values.map((value) => (
          <Checkbox
            key={value}
            label={wordOf(value)}
            checked={chosen.includes(value)}
            onChecked={(checked) => onChosen(values.filter((one) => (one === value ? checked : chosen.includes(one))))}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** What the approval covers; nothing chosen: everything. */
export function ScopeFields({ draft, errors, set }: PartProps) {
  const { messageTypes: types, channelKinds: kinds, perDay, perMonth } = draft;
  // Open from the start where something is limited; closed by hand only, and never over something that is wrong.
  const [open, setOpen] = useState(types.length + kinds.length > 0 || perDay !== '' || perMonth !== '');
  const wrong = Object.keys(errors).some((pointer) => pointer.startsWith('/scope/'));
  useEffect(() => {
    if (wrong) setOpen(true);
  }, [wrong]);
  return (
    <details class="stack" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Limit what is approved</summary>
      <div class="stack part">
        <p class="small muted">Where nothing is chosen, nothing is limited.</p>
        <Choice
          title="Kinds of messages"
          values={messageTypes}
          chosen={types}
          wordOf={messageTypeWords}
          onChosen={(chosen) => set({ messageTypes: chosen })}
        />
        <Choice
          title="Channels"
          values={channelKinds}
          chosen={kinds}
          wordOf={channelWords}
          onChosen={(chosen) => set({ channelKinds: chosen })}
        />
        <div class="part-two">
          <TextField
            label="Messages a day"
            optional
            input={{ inputMode: 'numeric', autocomplete: 'off' }}
            value={perDay}
            error={errors['/scope/limits/perDay']}
            onValue={(to) => set({ perDay: to })}
          />
          <TextField
            label="Messages a month"
            optional
            input={{ inputMode: 'numeric', autocomplete: 'off' }}
            value={perMonth}
            error={errors['/scope/limits/perMonth']}
            onValue={(to) => set({ perMonth: to })}
          />
        </div>
      </div>
    </details>
  );
}
