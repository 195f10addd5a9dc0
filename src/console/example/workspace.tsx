/** The product's own steps: people and events, a channel, a message, a broadcast. */
import { useState } from 'preact/hooks';
import { newId } from '../api/newId.js';
import { Button } from '../ui/button.js';
import { Select, TextArea, TextField } from '../ui/field.js';
import type { Backend, Workspace } from './backend.js';
import { GateNotice } from './elements.js';
import { ActionForm, Card, Outcome } from './parts.js';
import { useAction } from './useAction.js';

export type CardProps = {
  readonly backend: Backend;
  readonly workspace: Workspace;
  readonly refresh: () => Promise<void>;
  readonly locale: string;
};

export function PeopleCard({ backend, workspace: { accountId }, refresh }: CardProps) {
  const action = useAction();
  const record = async (name: string, data: object, done: string): Promise<void> =>
    action.run(async () => {
      await backend.command(accountId, name, data, newId());
      await refresh();
      return done;
    });
  return (
    <Card id="people" title="People and events">
      <p class="muted">Who you reach, and what they do in your app.</p>
      <p class="row">
        <Button
          busy={action.busy}
          onClick={() =>
            void record('record-people-added', { count: 250, attributes: ['email', 'plan'] }, '250 people were added.')
          }
        >
          Import 250 people
        </Button>
        <Button
          busy={action.busy}
          onClick={() =>
            void record('record-events-received', { count: 1, names: ['order_placed'] }, 'An event was received.')
          }
        >
          Send a first event
        </Button>
      </p>
      <Outcome action={action} />
    </Card>
  );
}

const kinds = [
  { value: 'in_app', label: 'In-app' },
  { value: 'push', label: 'Push' },
  { value: 'sms', label: 'SMS' },
  { value: 'webhook', label: 'Webhook' },
  { value: 'email', label: 'E-mail' },
];
const kindLabel = (kind: string): string => kinds.find(({ value }) => value === kind)?.label ?? kind;

export function ChannelsCard({ backend, workspace: { accountId, channels }, refresh }: CardProps) {
  const [kind, setKind] = useState('in_app');
  const [domain, setDomain] = useState('');
  const action = useAction();
  const add = async (): Promise<string> => {
    const isEmail = kind === 'email';
    const name = domain.trim().toLowerCase();
    const channelId = isEmail ? `email-${name}` : kind;
    const data = { channelId, kind, ...(isEmail ? { domain: name } : {}) };
    await backend.command(accountId, 'configure-channel', data, newId());
    if (isEmail) await backend.command(accountId, 'add-domain', { domain: name }, newId());
    await refresh();
    return `${kindLabel(kind)} was set up.`;
  };
  return (
    <Card id="channels" title="Channels">
      {channels.length === 0 ? (
        <p class="muted">Your channels will be listed here.</p>
      ) : (
        <ul>
          {channels.map(({ channelId, kind: one, domain: from }) => (
            <li key={channelId}>
              {kindLabel(one)}
              {from !== undefined && ` from ${from}`}
            </li>
          ))}
        </ul>
      )}
      <ActionForm action={action} label="Add channel" submit={() => void action.run(add)}>
        <Select label="Kind of channel" options={kinds} value={kind} onValue={setKind} />
        {kind === 'email' && (
          <TextField
            label="Sending domain"
            hint="A domain that you own, such as mail.acme.com. Its DNS records are shown in the setup guide."
            value={domain}
            onValue={setDomain}
            input={{ spellcheck: false, autocomplete: 'off', maxLength: 253 }}
          />
        )}
      </ActionForm>
    </Card>
  );
}

export function MessagesCard({ backend, workspace: { accountId, messages, channels }, refresh }: CardProps) {
  const [name, setName] = useState('');
  const [subject, setSubject] = useState('');
  const [body, setBody] = useState('');
  const action = useAction();
  const save = async (): Promise<string> => {
    const channelId = channels[0]?.channelId ?? 'in_app';
    const messageId = `message-${messages.length + 1}`;
    const text = { name: name.trim(), subject: subject.trim(), body: body.trim() };
    await backend.command(accountId, 'record-message-created', { messageId, channelId, ...text }, newId());
    setName('');
    setSubject('');
    setBody('');
    await refresh();
    return `${text.name} was saved.`;
  };
  return (
    <Card id="messages" title="Messages">
      {messages.length === 0 ? (
        <p class="muted">Your messages will be listed here.</p>
      ) : (
        <ul>
          {messages.map((message) => (
            <li key={message.messageId}>{message.name}</li>
          ))}
        </ul>
      )}
      <ActionForm action={action} label="Save message" submit={() => void action.run(save)}>
        <TextField label="Name of the message" value={name} onValue={setName} input={{ maxLength: 256 }} />
        <TextField label="Subject" value={subject} onValue={setSubject} input={{ maxLength: 256 }} />
        <TextArea label="Text" value={body} onValue={setBody} />
      </ActionForm>
    </Card>
  );
}

export function BroadcastCard({ backend, workspace: { accountId }, locale }: CardProps) {
  const action = useAction();
  const start = async (): Promise<string> => {
    // The notice is for people; a backend asks the gate itself before it sends.
    const { allowed, reasons } = await backend.gate(accountId, 'broadcast.start');
    return allowed
      ? 'The broadcast has started. (Nothing is sent: this is an example.)'
      : `The gate said no: ${reasons.join(', ')}.`;
  };
  return (
    <Card id="broadcast" title="Broadcast">
      <p class="muted">One message to everybody at once.</p>
      <GateNotice
        backend={backend}
        accountId={accountId}
        locale={locale}
        action="broadcast.start"
        onGate={action.reset}
      >
        <Button kind="primary" busy={action.busy} onClick={() => void action.run(start)}>
          Start broadcast
        </Button>
      </GateNotice>
      <Outcome action={action} />
    </Card>
  );
}
