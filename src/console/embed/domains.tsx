/** The account's sending domains: each record to publish, copied with a press, and looked for when asked. */
import { useRef, useState } from 'preact/hooks';
import { domainTextKey, recordHintKey } from './guideView.js';
import { Form } from './fields.js';
import { Heading } from './heading.js';
import type { DnsRecord, Domain } from './model.js';
import { explain } from './problems.js';
import { problemOf } from './refused.js';
import { useSending, useShared } from './shared.js';

const toneOf = { verified: 'ok', pending: 'info', temporaryFailure: 'wait', failed: 'stop' } as const;

type Props = { readonly domains: readonly Domain[]; readonly unadded: readonly string[] };

export function Domains({ domains, unadded }: Props) {
  const { say } = useShared();
  return (
    <section class="section" part="domains" id="domains">
      <Heading below={1}>{say('domains.title')}</Heading>
      {domains.map((domain) => (
        <DomainCard key={domain.domain} domain={domain} />
      ))}
      {unadded.map((name) => (
        <AddDomain key={name} name={name} />
      ))}
    </section>
  );
}

/** A channel sends from a domain that nobody has added: adding it tells which records to publish. */
function AddDomain({ name }: { readonly name: string }) {
  const { say, announce } = useShared();
  const sending = useSending();
  const add = async (): Promise<void> => {
    if (await sending.send('add-domain', { domain: name })) announce(say('domains.added', { domain: name }));
  };
  return (
    <article class="domain" part="domain">
      <Heading below={2}>{name}</Heading>
      <Form sending={sending} submit={() => void add()} label={say('domains.add', { domain: name })}>
        <p>{say('next.domain.add', { domain: name })}</p>
      </Form>
    </article>
  );
}

type Checked = { readonly position: string | null };

function DomainCard({ domain }: { readonly domain: Domain }) {
  const { link, say, announce } = useShared();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const name = domain.domain;

  const check = async (): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const path = `/domains/${encodeURIComponent(name)}/check`;
      const { position } = await link.client.json<Checked>(path, { method: 'POST' });
      link.changed(position);
      announce(say('domains.checked', { domain: name }));
    } catch (error) {
      setProblem(explain(problemOf(error), say).text);
    } finally {
      setBusy(false);
    }
  };

  const text = say.of(`domain.text.${domainTextKey(domain)}`, domain.text);
  return (
    <article class="domain" part="domain">
      <header class="domain-head">
        <Heading below={2}>{name}</Heading>
        <span class={`badge tone-${toneOf[domain.state]}`} part="badge">
          {say(`domain.${domain.state}`)}
        </span>
      </header>
      <p>{text}</p>
      <RecordTable domain={domain} />
      <p class="actions">
        <button
          type="button"
          class="button"
          part="button"
          aria-disabled={busy || undefined}
          onClick={() => void check()}
        >
          {say('domains.check')}
          <span class="visually-hidden">: {name}</span>
        </button>
        {domain.lastCheckAt !== null && (
          <span class="hint">{say('domains.lastCheck', { date: say.instant(domain.lastCheckAt) })}</span>
        )}
      </p>
      {problem !== undefined && (
        <p class="problem" part="problem" role="alert">
          {problem}
        </p>
      )}
    </article>
  );
}

function RecordTable({ domain }: { readonly domain: Domain }) {
  const { say } = useShared();
  return (
    <table class="records" part="records">
      <caption class="visually-hidden">{say('domains.caption', { domain: domain.domain })}</caption>
      <thead>
        <tr>
          <th scope="col">{say('domains.record')}</th>
          <th scope="col">{say('domains.name')}</th>
          <th scope="col">{say('domains.value')}</th>
          <th scope="col">{say('domains.found')}</th>
        </tr>
      </thead>
      <tbody>
        {domain.records.map((record) => (
          <RecordRow key={record.purpose} record={record} />
        ))}
      </tbody>
    </table>
  );
}

const toneOfRecord = { found: 'ok', missing: 'wait', unchecked: 'info' } as const;

function RecordRow({ record }: { readonly record: DnsRecord }) {
  const { say } = useShared();
  const hint = recordHintKey(record);
  const purpose = say.of(`purpose.${record.purpose}`, record.purpose);
  const values = { type: record.type, purpose };
  return (
    <tr>
      <th scope="row" data-label={say('domains.record')}>
        {record.type}, {purpose}
        {!record.required && <span class="quiet"> ({say('domains.recommended')})</span>}
      </th>
      <td data-label={say('domains.name')}>
        <Copyable text={record.name} label={say('domains.copy.name', values)} />
      </td>
      <td data-label={say('domains.value')}>
        <Copyable text={record.value} label={say('domains.copy.value', values)} />
        {hint !== undefined && (
          <p class="hint" part="hint">
            {say.of(`hint.${hint}`, record.hint)}
          </p>
        )}
      </td>
      <td data-label={say('domains.found')}>
        <span class={`badge tone-${toneOfRecord[record.status]}`} part="badge">
          {say(`record.${record.status}`)}
        </span>
      </td>
    </tr>
  );
}

function Copyable({ text, label }: { readonly text: string; readonly label: string }) {
  const { say, announce } = useShared();
  const [copied, setCopied] = useState(false);
  const shown = useRef<HTMLElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Where the page may not write to the clipboard, the text is at least marked.
      if (shown.current !== null) getSelection()?.selectAllChildren(shown.current);
      return;
    }
    setCopied(true);
    announce(say('domains.copied'));
    setTimeout(() => setCopied(false), 1_500);
  };
  return (
    <span class="copyable">
      <code ref={shown}>{text}</code>
      <button
        type="button"
        class="button small"
        part="button copy-button"
        aria-label={label}
        onClick={() => void copy()}
      >
        {copied ? '✓' : say('domains.copy')}
      </button>
    </span>
  );
}
