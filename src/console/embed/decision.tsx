/** After a decision: why, and what can be done about it. And taking a request back. */
import { useRef, useState } from 'preact/hooks';
import { Arrive } from './arrive.js';
import { Form, TextArea } from './fields.js';
import { Heading } from './heading.js';
import type { GuideView } from './guideView.js';
import type { SetupGuide } from './model.js';
import { useAccountDraft, useSending, useShared } from './shared.js';

export function Reasons({ reasons }: { readonly reasons: readonly string[] }) {
  const { say } = useShared();
  return (
    <section class="section" part="reasons">
      <Heading below={1}>{say('reasons.title')}</Heading>
      <ul class="reasons">
        {reasons.map((reason) => (
          <li key={reason} class="told">
            {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

type AppealDraft = { readonly statement: string; readonly against?: 'verification' | 'suspension' };

export function AppealForm({ against: possible }: { readonly against: SetupGuide['canAppeal'] }) {
  const { say, announce, focusNotices } = useShared();
  const [draft, setDraft, forget] = useAccountDraft<AppealDraft>('appeal', { statement: '' });
  const [isOpen, setOpen] = useState(draft.statement !== '');
  const pressed = useRef(false);
  const sending = useSending();
  const against = possible.find((one) => one === draft.against) ?? possible[0];

  const submit = async (): Promise<void> => {
    const statement = draft.statement.trim();
    if (statement === '') {
      sending.setProblem({ text: undefined, fields: { '/statement': say('field.required') } });
      return;
    }
    if (!(await sending.send('submit-appeal', { against, statement }))) return;
    forget();
    announce(say('appeal.sent'));
    focusNotices();
  };

  const open = (): void => {
    pressed.current = true;
    setOpen(true);
  };
  if (!isOpen) {
    return (
      <div class="option">
        <p>{say('appeal.text')}</p>
        <p class="actions">
          <button type="button" class="button" part="button" aria-expanded={false} onClick={open}>
            {say('appeal.open')}
          </button>
        </p>
      </div>
    );
  }
  return (
    <div class="option">
      <Heading below={2}>{say('appeal.title')}</Heading>
      <p>{say('appeal.text')}</p>
      <Arrive by={pressed.current}>
        <Form sending={sending} submit={() => void submit()} label={say('appeal.send')}>
          {possible.length > 1 && (
            <fieldset class="choices">
              <legend class="visually-hidden">{say('appeal.title')}</legend>
              {possible.map((one) => (
                <label key={one} class="choice">
                  <input
                    type="radio"
                    name="against"
                    checked={against === one}
                    onChange={() => setDraft({ ...draft, against: one })}
                  />
                  <span>{say(`appeal.${one}`)}</span>
                </label>
              ))}
            </fieldset>
          )}
          <TextArea
            label={say('appeal.statement')}
            value={draft.statement}
            onValue={(statement) => {
              setDraft({ ...draft, statement });
              sending.touched('/statement');
            }}
            error={sending.problem?.fields['/statement']}
          />
        </Form>
      </Arrive>
    </div>
  );
}

/** What can be done: asking again, where it is possible, and until when. @param open shows the request form */
export function AskAgain({ view, open }: { readonly view: GuideView; readonly open: () => void }) {
  const { say } = useShared();
  if (view.request !== 'again') return view.final ? <p>{say('reasons.final')}</p> : null;
  return (
    <div class="option">
      <p>
        {say('again.text')}
        {view.resubmitUntil !== null && ` ${say('again.until', { date: say.date(view.resubmitUntil) })}`}
      </p>
      <p class="actions">
        <button type="button" class="button primary" part="button primary-button" onClick={open}>
          {say('again.open')}
        </button>
      </p>
    </div>
  );
}

/** Asks once more before a request or an appeal is taken back. */
export function Withdraw({ what }: { readonly what: 'request' | 'appeal' }) {
  const { say, announce, focusNotices } = useShared();
  const [asks, setAsks] = useState<boolean | undefined>(undefined);
  const sending = useSending();
  const withdraw = async (): Promise<void> => {
    if (!(await sending.send('withdraw-verification', {}))) return;
    announce(say(`${what}.withdrawn`));
    focusNotices();
  };
  if (asks !== true) {
    return (
      <Arrive key="ask" by={asks === false}>
        <p class="actions">
          <button type="button" class="button quiet" part="button" onClick={() => setAsks(true)}>
            {say(`${what}.withdraw`)}
          </button>
        </p>
      </Arrive>
    );
  }
  return (
    <Arrive key="sure" by>
      <Form sending={sending} submit={() => void withdraw()} label={say('request.withdraw.yes')}>
        <p>{say(`${what}.withdraw.ask`)}</p>
        <p class="actions">
          <button type="button" class="button" part="button" onClick={() => setAsks(false)}>
            {say('form.cancel')}
          </button>
        </p>
      </Form>
    </Arrive>
  );
}
