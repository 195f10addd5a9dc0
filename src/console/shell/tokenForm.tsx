/** The one field of the sign-in. */
import { useState } from 'preact/hooks';
import { signIn } from '../api/session.js';
import { Button } from '../ui/button.js';
import { TextField } from '../ui/field.js';

export function TokenForm() {
  const [token, setToken] = useState('');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    if (token.trim() === '') {
      setProblem('Paste your token here. It begins with gh_.');
      return;
    }
    setBusy(true);
    setProblem(await signIn(token.trim()));
    setBusy(false);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <TextField
        label="Token"
        type="password"
        value={token}
        onValue={setToken}
        error={problem}
        hint="It is exchanged for a session and not kept in this browser."
        input={{ autocomplete: 'off', spellcheck: false, autofocus: true, name: 'token' }}
      />
      <Button kind="primary" type="submit" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}
