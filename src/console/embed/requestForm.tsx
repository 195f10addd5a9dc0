/** Requesting verification: a form with what the account has already said filled in. */
import { useState } from 'preact/hooks';
import { Field, Form, TextArea, TextField } from './fields.js';
import { FileField } from './fileField.js';
import type { Attached, OwnAccount, SetupGuide } from './model.js';
import {
  messageTypes,
  pointerOf,
  type RequestDraft,
  requestData,
  type RequestFields,
  requestFields,
  wrongFields,
} from './requestFields.js';
import { useAccountDraft, useSending, useShared } from './shared.js';

type Props = { readonly guide: SetupGuide; readonly account: OwnAccount };

export function RequestForm({ guide, account }: Props) {
  const { say, announce, focusNotices } = useShared();
  const [draft, setDraft, forgetDraft] = useAccountDraft<RequestDraft>('request', {});
  const [file, setFile, forgetFile] = useAccountDraft<Attached | null>('request-sample', null);
  const [uploading, setUploading] = useState(false);
  const sending = useSending();
  const fields = requestFields(draft, guide.profile, account);
  const set = (change: RequestDraft): void => {
    setDraft({ ...draft, ...change });
    sending.touched(...Object.keys(change).map((field) => pointerOf[field as keyof RequestDraft]));
  };
  const errorOf = (pointer: string): string | undefined => sending.problem?.fields[pointer];

  const submit = async (): Promise<void> => {
    const wrong = wrongFields(fields, file?.evidenceId);
    if (wrong.length > 0) {
      const said = wrong.map(([pointer, what]) => [pointer, say(what)] as const);
      sending.setProblem({ text: undefined, fields: Object.fromEntries(said) });
      return;
    }
    if (!(await sending.send('request-verification', requestData(fields, file?.evidenceId)))) return;
    forgetDraft();
    forgetFile();
    announce(say('request.sent'));
    focusNotices();
  };

  return (
    <Form sending={sending} submit={() => void submit()} label={say('request.send')} disabled={uploading}>
      <p class="intro">{say('request.intro')}</p>
      <TextField
        type="url"
        label={say('request.website')}
        hint={say('request.website.hint')}
        value={fields.website}
        onValue={(website) => set({ website })}
        error={errorOf('/website')}
        autocomplete="url"
        maxLength={2_048}
      />
      <div class="pair">
        <TextField
          label={say('request.contactName')}
          value={fields.contactName}
          onValue={(contactName) => set({ contactName })}
          error={errorOf('/technicalContact/name') ?? errorOf('/technicalContact')}
          autocomplete="name"
        />
        <TextField
          type="email"
          label={say('request.contactEmail')}
          value={fields.contactEmail}
          onValue={(contactEmail) => set({ contactEmail })}
          error={errorOf('/technicalContact/email')}
          autocomplete="email"
        />
      </div>
      <TextArea
        label={say('request.useCase')}
        hint={say('request.useCase.hint')}
        value={fields.useCase}
        onValue={(useCase) => set({ useCase })}
        error={errorOf('/useCase')}
      />
      <Helpful fields={fields} set={set} errorOf={errorOf} />
      <Field label={say('request.sample')} hint={say('request.sample.hint')}>
        {(tied) => (
          <select
            {...tied}
            class="input"
            part="input"
            value={fields.sample}
            onChange={(event) => set({ sample: event.currentTarget.value })}
          >
            {account.messages.map(({ messageId, name }) => (
              <option key={messageId} value={messageId}>
                {name}
              </option>
            ))}
            <option value="file">{say('request.sample.upload')}</option>
          </select>
        )}
      </Field>
      {fields.sample === 'file' && (
        <FileField
          label={say('file.choose')}
          limits={guide.evidence}
          requirement="sample_message"
          attached={file ?? undefined}
          onAttached={(attached) => {
            setFile(attached);
            sending.touched('/sampleMessage');
          }}
          onBusy={setUploading}
          error={errorOf('/sampleMessage')}
        />
      )}
    </Form>
  );
}

type HelpfulProps = {
  readonly fields: RequestFields;
  readonly set: (change: RequestDraft) => void;
  readonly errorOf: (pointer: string) => string | undefined;
};

/** What a reviewer would ask for next. */
function Helpful({ fields, set, errorOf }: HelpfulProps) {
  const { say } = useShared();
  return (
    <fieldset class="group" part="group">
      <legend>{say('request.helps')}</legend>
      <TextArea
        label={say('request.audience')}
        hint={say('request.audience.hint')}
        value={fields.audience}
        onValue={(audience) => set({ audience })}
        error={errorOf('/audience')}
        required={false}
      />
      <fieldset class="choices">
        <legend part="label">{say('request.messageTypes')}</legend>
        {messageTypes.map((type) => (
          <label key={type} class="choice">
            <input
              type="checkbox"
              checked={fields.messageTypes.includes(type)}
              onChange={(event) => {
                const others = fields.messageTypes.filter((one) => one !== type);
                set({ messageTypes: event.currentTarget.checked ? [...others, type] : others });
              }}
            />
            <span>{say(`type.${type}`)}</span>
          </label>
        ))}
        {errorOf('/messageTypes') !== undefined && <p class="error">{errorOf('/messageTypes')}</p>}
      </fieldset>
      <TextArea
        label={say('request.subscriptionProcess')}
        hint={say('request.subscriptionProcess.hint')}
        value={fields.subscriptionProcess}
        onValue={(subscriptionProcess) => set({ subscriptionProcess })}
        error={errorOf('/subscriptionProcess')}
        required={false}
      />
    </fieldset>
  );
}
