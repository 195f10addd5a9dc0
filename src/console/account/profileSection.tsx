/** Who the account is: what its people said of it, its channels and domains, and how it was decided. */
import type { ComponentChildren } from 'preact';
import { Badge } from '../ui/badge.js';
import { Facts, Section } from '../ui/page.js';
import { type Column, Table } from '../ui/table.js';
import { Time } from '../ui/time.js';
import { channelWords, domainTones, domainWords, messageTypeWords, requirementWords } from '../words/account.js';
import { listed, plain, wordFor } from '../words/plain.js';
import { WebLink } from '../ui/webLink.js';
import type { Domain, Glance } from './types.js';

export function ProfileSection({ glance }: { readonly glance: Glance }) {
  const { profile, holder, company, ownerEmail, locale, contacts, evidence, messages } = glance;
  const { website, technicalContact, useCase, audience, messageTypes, subscriptionProcess } = profile;
  return (
    <Section title="Who they are" id="profile">
      <Facts
        items={[
          ['Company', company ?? (holder === 'individual' ? 'An individual' : undefined)],
          ['Website', website === undefined ? undefined : <WebLink url={website} />],
          ['Owner', ownerEmail],
          ['Technical contact', technicalContact && `${technicalContact.name}, ${technicalContact.email}`],
          ['Language', locale],
          ['Kinds of messages', messageTypes && listed(messageTypes.map((type) => wordFor(messageTypeWords, type)))],
          ['What will be sent', prose(useCase)],
          ['Who is written to', prose(audience)],
          ['How people sign up', prose(subscriptionProcess)],
          ['Contacts', contacts.length === 0 ? undefined : <Contacts contacts={contacts} />],
          ['Messages', messages.length === 0 ? undefined : listed(messages.map(({ name }) => name))],
          [
            'Evidence',
            evidence.length === 0
              ? undefined
              : listed(evidence.map(({ evidenceId, kind }) => `${evidenceId} (${plain(kind)})`)),
          ],
          ...decided(glance),
        ]}
      />
      <Table
        caption="Channels"
        quiet={false}
        cards
        columns={channelColumns}
        rows={glance.channels}
        keyOf={({ channelId }) => channelId}
        empty={<p class="muted">Channels appear here once one is set up.</p>}
      />
      <Table
        caption="Sending domains"
        quiet={false}
        cards
        columns={domainColumns}
        rows={glance.domains}
        keyOf={({ domain }) => domain}
        empty={<p class="muted">Sending domains appear here once one is added.</p>}
      />
    </Section>
  );
}

function prose(text: string | undefined) {
  return text === undefined ? undefined : <span class="prose">{text}</span>;
}

function Contacts({ contacts }: Pick<Glance, 'contacts'>) {
  return (
    <ul class="plain-list">
      {contacts.map(({ email, name, roles }) => (
        <li key={email}>
          {name === undefined ? email : `${name}, ${email}`} <span class="small muted">{listed(roles)}</span>
        </li>
      ))}
    </ul>
  );
}

/** How it was decided, as far as it was. */
function decided({ review, scope, verifiedAt }: Glance): (readonly [string, ComponentChildren])[] {
  const { assignee, proposal, waived, request } = review;
  const limits = [
    ...(scope?.messageTypes ?? []).map((type) => wordFor(messageTypeWords, type)),
    ...(scope?.channelKinds ?? []).map((kind) => wordFor(channelWords, kind)),
    ...Object.entries(scope?.limits ?? {}).map(([name, count]) => `${count.toLocaleString('en')} ${plain(name)}`),
  ];
  const all: readonly (readonly [string, ComponentChildren])[] = [
    ['Requested', request && <Time at={request.at} />],
    ['Verified', verifiedAt && <Time at={verifiedAt} />],
    ['Approval limited to', limits.length === 0 ? undefined : listed(limits)],
    ['Assigned to', assignee && <code>{assignee}</code>],
    ['Approval proposed by', proposal && <code>{proposal.by}</code>],
    ['Waived', waived.length === 0 ? undefined : listed(waived.map((one) => wordFor(requirementWords, one)))],
  ];
  return all.filter(([, value]) => value != null);
}

const channelColumns: readonly Column<Glance['channels'][number]>[] = [
  { title: 'Channel', header: true, cell: ({ channelId }) => <code>{channelId}</code> },
  { title: 'Kind', cell: ({ kind }) => wordFor(channelWords, kind) },
  { title: 'Domain', cell: ({ domain }) => domain ?? <span class="muted">–</span> },
];

const domainColumns: readonly Column<Domain>[] = [
  { title: 'Domain', header: true, cell: ({ domain }) => domain },
  {
    title: 'State',
    cell: ({ state, lapsed }) => (
      <Badge tone={lapsed ? 'stop' : (domainTones[state] ?? 'quiet')}>
        {lapsed ? 'Lapsed' : wordFor(domainWords, state)}
      </Badge>
    ),
  },
  {
    title: 'Last check',
    cell: ({ lastCheck }) =>
      lastCheck === null ? (
        <span class="muted">none yet</span>
      ) : (
        <>
          {plain(lastCheck.outcome)} <Time at={lastCheck.at} />
        </>
      ),
  },
];
