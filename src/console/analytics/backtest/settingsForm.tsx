/** The settings of a policy that bear most on decisions, as a form. What it changes, it changes in the document. */
import { Checkbox, TextField } from '../../ui/field.js';
import { type Column, Table } from '../../ui/table.js';
import { codeWords } from '../../words/status.js';
import {
  type AskedField,
  type Candidate,
  type Fate,
  fateOf,
  type ReasonCode,
  toggled,
  withFate,
  withSetting,
} from './candidate.js';

const askable = ['audience', 'message_types', 'subscription_process'] as const satisfies readonly AskedField[];

/** What checks report, in the order in which a reviewer would look for it. */
const codes = [
  'website_inaccessible',
  'website_password_protected',
  'website_under_construction',
  'website_domain_mismatch',
  'domain_unverified',
  'domain_recently_registered',
  'domain_listed',
  'free_email_provider',
  'disposable_email',
  'opt_in_unclear',
  'opt_in_evidence_missing',
  'sample_missing',
  'sample_use_case_mismatch',
  'unsubscribe_missing',
  'postal_address_missing',
  'privacy_policy_missing',
  'incomplete_information',
  'use_case_unsupported',
  'identity_unconfirmed',
  'business_not_found',
  'duplicate_account',
  'linked_to_suspended_account',
  'impersonation',
  'phishing',
  'malware',
  'fraud',
  'purchased_list_suspected',
] as const satisfies readonly ReasonCode[];

type SettingsProps = {
  readonly candidate: Candidate;
  /** Where it began: a question that was taken away comes back from here. */
  readonly base: Candidate | undefined;
  readonly onChange: (candidate: Candidate) => void;
};

export function SettingsForm({ candidate, base, onChange }: SettingsProps) {
  const { version, request, review, screening } = candidate;
  const ask = (field: string, isIn: boolean): void =>
    onChange(withSetting(candidate, 'request', { ask: toggled(request.ask, field, isIn) }));
  return (
    <div class="form">
      <TextField
        label="Version"
        hint="The name under which this candidate is told apart from the others."
        value={version}
        onValue={(text) => onChange({ ...candidate, version: text })}
      />
      <fieldset class="stack">
        <legend>Approval</legend>
        <Checkbox
          label="Requests with nothing but passed checks are approved without a person"
          checked={screening.automaticApproval}
          onChecked={(automaticApproval) => onChange(withSetting(candidate, 'screening', { automaticApproval }))}
        />
        <Checkbox
          label="A person’s approval needs another person’s proposal"
          checked={review.secondPerson}
          onChecked={(secondPerson) => onChange(withSetting(candidate, 'review', { secondPerson }))}
        />
        <Checkbox
          label="A compulsory second person rules out automatic approval"
          checked={review.secondPersonForAutomatic}
          onChecked={(secondPersonForAutomatic) =>
            onChange(withSetting(candidate, 'review', { secondPersonForAutomatic }))
          }
        />
      </fieldset>
      <fieldset class="stack">
        <legend>Also asked for in the request</legend>
        {askable.map((field) => (
          <Checkbox
            key={field}
            label={codeWords(field)}
            checked={request.ask.includes(field)}
            onChecked={(isIn) => ask(field, isIn)}
          />
        ))}
      </fieldset>
      <details class="fates">
        <summary>What becomes of each failed check</summary>
        <Fates candidate={candidate} base={base} onChange={onChange} />
      </details>
    </div>
  );
}

const fates: readonly (readonly [Fate, string])[] = [
  ['asked', 'The customer is asked'],
  ['person', 'Goes to a person'],
  ['no_question', 'To a person, no question'],
];

function Fates({ candidate, base, onChange }: SettingsProps) {
  const columns: Column<string>[] = [
    { title: 'Failed check', cell: (code) => codeWords(code), header: true },
    {
      title: 'What becomes of it',
      cell: (code) => {
        const question = candidate.questions[code] ?? base?.questions[code];
        return (
          <select
            class="input"
            aria-label={`What becomes of: ${codeWords(code)}`}
            value={fateOf(candidate, code)}
            onChange={({ currentTarget }) => onChange(withFate(candidate, code, currentTarget.value as Fate, question))}
          >
            {fates.map(([fate, label]) => (
              <option key={fate} value={fate} disabled={fate === 'asked' && question === undefined}>
                {label}
              </option>
            ))}
          </select>
        );
      },
    },
  ];
  return (
    <>
      <p class="small muted">
        A check can lead to a question only where the policy has one for it. Write others into the document, below
        “questions”.
      </p>
      <Table caption="What becomes of each failed check" columns={columns} rows={codes} keyOf={(code) => code} />
    </>
  );
}
