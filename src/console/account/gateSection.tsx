/** The sending gate's answer to every action, and by channel. */
import { Badge } from '../ui/badge.js';
import { Section } from '../ui/page.js';
import { Table } from '../ui/table.js';
import { channelWords } from '../words/account.js';
import { wordFor } from '../words/plain.js';
import { channelViews, type GateGroup, gateGroups } from './gateView.js';
import type { Glance } from './types.js';
import { useNarrow } from './useNarrow.js';

export function GateSection({ glance }: { readonly glance: Glance }) {
  const narrow = useNarrow();
  const groups = gateGroups(glance.gate);
  return (
    <Section
      title="What it may do"
      id="gate"
      lead={`The sending gate’s answers, under the policy ${glance.policyVersion}.`}
    >
      {narrow ? (
        groups.map((group) => <Card key={group.actions[0]?.action} group={group} />)
      ) : (
        <Answers groups={groups} />
      )}
      <Channels glance={glance} />
    </Section>
  );
}

function Answers({ groups }: { readonly groups: readonly GateGroup[] }) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="The gate’s answer to each action">
      <table class="table gate-table">
        <caption class="visually-hidden">The gate’s answer to each action</caption>
        <thead>
          <tr>
            {['Action', 'Answer', 'Status', 'Why', 'Missing', 'Whose move'].map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <Group key={group.actions[0]?.action} group={group} />
        ))}
      </table>
    </div>
  );
}

/** Actions with the same answer: each has its row, what they share is told once for all of them. */
function Group({ group }: { readonly group: GateGroup }) {
  const { actions, status, tone, mover } = group;
  const span = actions.length;
  return (
    <tbody>
      {actions.map(({ action, words }, index) => (
        <tr key={action}>
          <th scope="row">
            {words} <code class="small muted">{action}</code>
          </th>
          <td class="nowrap">
            <Answer group={group} />
          </td>
          {index === 0 && (
            <>
              <td rowSpan={span}>
                <Badge tone={tone}>{status}</Badge>
              </td>
              <td rowSpan={span}>
                <Why group={group} />
              </td>
              <td rowSpan={span}>
                <Missing group={group} />
              </td>
              <td rowSpan={span}>{mover ?? <span class="muted">–</span>}</td>
            </>
          )}
        </tr>
      ))}
    </tbody>
  );
}

/** The same where there is no room for a table. */
function Card({ group }: { readonly group: GateGroup }) {
  const { actions, status, tone, missing, mover } = group;
  return (
    <div class="gate-card">
      <p class="row">
        <Answer group={group} /> <Badge tone={tone}>{status}</Badge>
      </p>
      <ul class="plain-list">
        {actions.map(({ action, words }) => (
          <li key={action}>
            {words} <code class="small muted">{action}</code>
          </li>
        ))}
      </ul>
      {(group.why.length > 0 || group.limits.length > 0 || group.observed) && <Why group={group} />}
      {missing.length > 0 && (
        <div>
          <p class="small muted">Missing</p>
          <Missing group={group} />
        </div>
      )}
      {mover !== null && <p>Whose move: {mover}</p>}
    </div>
  );
}

type Told = { readonly group: GateGroup };

function Answer({ group: { allowed, delivery } }: Told) {
  return (
    <>
      <Badge tone={allowed ? 'ok' : 'stop'}>{allowed ? 'Allowed' : 'Blocked'}</Badge>{' '}
      {allowed && <span class="muted">{delivery.toLowerCase()}</span>}
    </>
  );
}

function Why({ group: { why, limits, observed, ifDenied } }: Told) {
  return (
    <>
      {why.length === 0 && limits.length === 0 && !observed && <span class="muted">–</span>}
      <Lines lines={why} />
      {observed && <p>Not enforced: the gate only observes, and would have blocked it.</p>}
      {limits.length > 0 && <p>Allowed {limits.join(', ')}.</p>}
      {ifDenied !== null && <p class="small muted">What is sent meanwhile: {ifDenied.toLowerCase()}.</p>}
    </>
  );
}

function Missing({ group: { missing, mover: all } }: Told) {
  if (missing.length === 0) return <span class="muted">–</span>;
  return (
    <ul class="plain-list">
      {missing.map(({ requirement, mover }) => (
        <li key={requirement}>
          {requirement} {mover !== all && <span class="small muted">{mover}</span>}
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return (
    <>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  );
}

function Channels({ glance }: { readonly glance: Glance }) {
  const channels = channelViews(glance.gate);
  if (channels.length === 0) {
    return (
      <p class="muted">
        {glance.channels.length === 0
          ? 'No channel is set up yet; once the account may send, each is told here by itself.'
          : 'By channel there is nothing to tell: the account as a whole may not send.'}
      </p>
    );
  }
  return (
    <Table
      caption="Sending a message, by channel"
      quiet={false}
      cards
      columns={[
        { title: 'Channel', header: true, cell: ({ channelId }) => <code>{channelId}</code> },
        { title: 'Kind', cell: ({ kind }) => wordFor(channelWords, kind) },
        {
          title: 'Answer',
          cell: ({ allowed }) => <Badge tone={allowed ? 'ok' : 'stop'}>{allowed ? 'Allowed' : 'Blocked'}</Badge>,
        },
        { title: 'Status', cell: ({ status, tone }) => <Badge tone={tone}>{status}</Badge> },
        { title: 'Why', cell: ({ why }) => (why.length === 0 ? <span class="muted">–</span> : <Lines lines={why} />) },
      ]}
      rows={channels}
      keyOf={({ channelId }) => channelId}
    />
  );
}
