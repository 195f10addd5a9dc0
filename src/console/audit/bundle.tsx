/** An account's bundle: asked for, downloaded, and how others check it. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { problemOf } from '../api/client.js';
import type { Query } from '../api/query.js';
import type { Problem } from '../api/types.js';
import { Button } from '../ui/button.js';
import { Notice, ProblemNotice, Progress } from '../ui/feedback.js';
import { TextField } from '../ui/field.js';
import { Section } from '../ui/page.js';
import { download } from './download.js';
import type { Checkpoints } from './proof.js';

type Props = { readonly account: string; readonly checkpoints: Query<Checkpoints> };

export function Bundle({ account, checkpoints: { data } }: Props) {
  const [accountId, setAccountId] = useState(account);
  const [checkpoint, setCheckpoint] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const [done, setDone] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const asked = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => asked.current?.abort(), []);

  const file = `${accountId.trim().replaceAll(/[^\w.-]/g, '_') || '<account>'}.bundle.json`;
  const key = data?.items.find((item) => item.key !== null)?.key ?? '<fingerprint>';
  const fetchBundle = async (): Promise<void> => {
    const id = accountId.trim();
    setProblem(undefined);
    setDone(undefined);
    setError(id === '' ? 'Enter the account’s id.' : undefined);
    if (id === '') return;
    const { signal } = (asked.current = new AbortController());
    setBusy(true);
    try {
      const query = checkpoint === '' ? '' : `?checkpoint=${encodeURIComponent(checkpoint)}`;
      await download(`/v1/accounts/${encodeURIComponent(id)}/bundle${query}`, file, signal);
      setDone(file);
    } catch (failure) {
      if (!signal.aborted) setProblem(problemOf(failure));
    }
    setBusy(false);
  };
  return (
    <Section
      title="Download a bundle"
      lead="One file with all of an account’s events, the proof that they are in the log, in this order and all of them, and the policies that they name. It is made as of a checkpoint; later events of the account are counted in it, not shown."
    >
      <form
        class="audit-bundle"
        onSubmit={(event) => {
          event.preventDefault();
          void fetchBundle();
        }}
      >
        <TextField
          label="Account"
          value={accountId}
          onValue={setAccountId}
          error={error}
          input={{ spellcheck: false, autocomplete: 'off', maxLength: 128, required: false }}
        />
        <TextField
          label="Checkpoint"
          optional
          type="number"
          value={checkpoint}
          onValue={setCheckpoint}
          hint={newest(data)}
          input={{ min: 1, step: 1, placeholder: 'the newest' }}
        />
        <div class="form-actions">
          <Button kind="primary" type="submit" busy={busy}>
            Download
          </Button>
          {busy && <Button onClick={() => asked.current?.abort()}>Cancel</Button>}
        </div>
      </form>
      {busy && <Progress label="Reading the log up to the checkpoint" done={0} total={null} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {done !== undefined && (
        <Notice tone="ok" live="polite" title={`${done} was handed to the browser.`}>
          It holds personal data of the account: give it only to whoever may see it.
        </Notice>
      )}
      <div class="stack">
        <h3>How others check it, without Gatehouse</h3>
        <ol class="audit-steps">
          <li>
            They need the file, the script <code>verifyBundle.mjs</code> (one file, in the sources of Gatehouse at{' '}
            <code>src/audit/</code>; it needs Node.js and nothing else), and the fingerprint of the key from somebody
            whom they trust, not from the bundle itself.
          </li>
          <li>
            They run it:
            <pre tabIndex={0} aria-label="The command">
              node verifyBundle.mjs {file} --fingerprint {key}
            </pre>
          </li>
          <li>
            It says whether every event is as it was written, whether one is missing, and that the checkpoint was signed
            with that key. If a single letter was changed, it says where.
          </li>
        </ol>
      </div>
    </Section>
  );
}

function newest(data: Checkpoints | undefined): string {
  const number = data?.items[0]?.number;
  return number === undefined ? 'There is none yet: take one above.' : `The newest one is ${number}.`;
}
