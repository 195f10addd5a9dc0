/** One field of a command's form. */
import type { ReviewPage } from '../api/types.js';
import { Checkbox, Select, TextArea, TextField } from '../ui/field.js';
import type { DeskCommand, FieldName } from './draft.js';
import { AnswerFields, ItemFields, type PartProps, ReasonFields, ScopeFields, type Templates } from './fields.js';
import { requirementWords } from './words.js';

/** The questions that are open now. */
export function openQuestions({ rounds }: ReviewPage) {
  const last = rounds.at(-1);
  return last?.outcome === 'open' ? last.items : [];
}

type FormFieldProps = PartProps & {
  readonly command: DeskCommand;
  readonly field: FieldName;
  readonly review: ReviewPage;
  readonly templates: Templates;
};

const days: Readonly<Record<string, readonly [label: string, hint: string]>> = {
  respondBy: ['Answer until', 'The end of that day. Left empty, the policy’s time to answer holds.'],
  resubmitUntil: ['May ask again until', 'The end of that day. Left empty, the policy’s time holds.'],
  reviewBy: ['Review until', 'The end of that day.'],
  holdUntil: ['Hold messages until', 'For those who read it; nothing happens by itself that day.'],
};

export function FormField({ command, field, review, templates, ...part }: FormFieldProps) {
  const { draft, errors, set } = part;
  switch (field) {
    case 'items':
      return <ItemFields {...part} templates={templates} />;
    case 'reasons':
      return <ReasonFields {...part} templates={templates} />;
    case 'answers':
      return <AnswerFields {...part} questions={openQuestions(review)} />;
    case 'messageTypes':
      return <ScopeFields {...part} />;
    case 'retryable':
      return (
        <Checkbox
          label="The customer may ask for verification again"
          checked={draft.retryable}
          onChecked={(retryable) => set({ retryable })}
        />
      );
    case 'resubmitUntil':
      return draft.retryable ? <DayField {...part} field={field} /> : null;
    case 'respondBy':
    case 'reviewBy':
    case 'holdUntil':
      return <DayField {...part} field={field} />;
    case 'verifiedSince':
      return (
        <TextField
          label="Trusted since"
          type="date"
          value={draft.verifiedSince}
          error={errors['/verifiedSince']}
          onValue={(verifiedSince) => set({ verifiedSince })}
        />
      );
    case 'requirement':
      return (
        <Select
          label="Requirement"
          value={draft.requirement}
          error={errors['/requirement']}
          options={[
            { value: '', label: review.missing.length === 0 ? 'Nothing is missing' : 'Choose…' },
            ...review.missing.map(({ requirement }) => ({ value: requirement, label: requirementWords(requirement) })),
          ]}
          onValue={(requirement) => set({ requirement })}
        />
      );
    case 'to':
      return (
        <TextField
          label={command === 'AssignReview' ? 'Reviewer' : 'To'}
          hint="The id of the person’s token."
          value={draft.to}
          error={errors['/reviewer'] ?? errors['/to']}
          input={{ autocomplete: 'off', spellcheck: false }}
          onValue={(to) => set({ to })}
        />
      );
    case 'via':
      return (
        <Select
          label="The answer came by"
          value={draft.via}
          options={[
            { value: 'email', label: 'E-mail' },
            { value: 'phone', label: 'Phone' },
            { value: 'ticket', label: 'Ticket' },
          ]}
          onValue={(via) => set({ via })}
        />
      );
    case 'reference':
      return (
        <TextField
          label="Reference"
          optional
          hint="The ticket’s number, or the mail’s subject."
          value={draft.reference}
          error={errors['/reference']}
          onValue={(reference) => set({ reference })}
        />
      );
    case 'reason':
      return (
        <TextArea
          label="Reason"
          value={draft.reason}
          error={errors['/reason'] ?? errors['/basis']}
          onValue={(reason) => set({ reason })}
        />
      );
    case 'internalNote':
      return (
        <TextArea
          label="Internal note"
          optional
          hint="Only reviewers and auditors read it."
          rows={2}
          value={draft.internalNote}
          error={errors['/internalNote']}
          onValue={(internalNote) => set({ internalNote })}
        />
      );
    default:
      return (
        <TextArea
          label="Your note"
          optional={command !== 'ReinstateAccount'}
          hint={
            command === 'ProposeApproval'
              ? 'The second person reads it beside their own decision.'
              : 'Only reviewers and auditors read it.'
          }
          value={draft.note}
          error={errors['/note']}
          onValue={(note) => set({ note })}
        />
      );
  }
}

function DayField({
  draft,
  errors,
  set,
  field,
}: PartProps & { readonly field: 'respondBy' | 'resubmitUntil' | 'reviewBy' | 'holdUntil' }) {
  const [label, hint] = days[field] ?? [field, ''];
  return (
    <TextField
      label={label}
      hint={hint}
      optional
      type="date"
      value={draft[field]}
      error={errors[`/${field}`]}
      onValue={(value) => set({ [field]: value })}
    />
  );
}
