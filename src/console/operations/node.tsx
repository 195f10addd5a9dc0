/** The node: its store and position, its versions, its settings. */
import { Badge } from '../ui/badge.js';
import { Skeleton } from '../ui/feedback.js';
import { Id } from '../ui/id.js';
import { Facts, Section } from '../ui/page.js';
import { Table } from '../ui/table.js';
import { Duration, Time } from '../ui/time.js';
import { eventsAt, type Node, sizeWords } from './health.js';
import type { State } from './overview.js';

export function NodeView({ state: { node } }: { readonly state: State }) {
  const { data, problem } = node;
  if (data === undefined) return problem === undefined ? <Skeleton lines={12} /> : null;
  return (
    <>
      <Store node={data} />
      <Settings node={data} />
    </>
  );
}

function Store({ node }: { readonly node: Node }) {
  const { kind, described, head, bytes, drops, versions, startedAt, uptimeSeconds, instance, gateMode } = node;
  const events = eventsAt(head);
  return (
    <Section title="Store">
      <Facts
        items={[
          ['Kind', kind === 'embedded' ? 'Embedded (SQLite)' : 'EventStoreDB'],
          ['Where', <code key="where">{described}</code>],
          ['Last position', head === null ? 'the log is empty' : <Id key="head" value={head} />],
          ['Events', events === undefined ? undefined : events.toLocaleString('en')],
          ['Size on disk', bytes === null ? 'not on this node' : sizeWords(bytes)],
          [
            'Dropped subscriptions',
            drops.last === null ? drops.count : `${drops.count.toLocaleString('en')}, the last time: ${drops.last}`,
          ],
          ['Gate', <Gate key="gate" mode={gateMode} />],
          ['Running for', <Duration key="running" ms={uptimeSeconds * 1_000} />],
          ['Started', <Time key="started" exact at={startedAt} />],
          ['Gatehouse', versions.product],
          ['Statechart', `version ${versions.machine}`],
          ['Node.js', versions.node],
          ['Instance', <Id key="instance" value={instance} />],
        ]}
      />
    </Section>
  );
}

function Gate({ mode }: { readonly mode: Node['gateMode'] }) {
  return mode === 'enforce' ? <Badge tone="ok">Enforces</Badge> : <Badge tone="wait">Only observes</Badge>;
}

function Settings({ node: { settings } }: { readonly node: Node }) {
  return (
    <Section
      title="Settings"
      lead="As this node was started with them. Passwords, keys and secrets are not shown here, nor anywhere else."
    >
      <Table
        cards
        caption="Settings of this node"
        columns={[
          { title: 'Setting', header: true, cell: ([name]) => <code class="nowrap">{name}</code> },
          { title: 'Value', cell: ([, value]) => <span class="operations-contact">{String(value)}</span> },
        ]}
        rows={Object.entries(settings)}
        keyOf={([name]) => name}
      />
    </Section>
  );
}
