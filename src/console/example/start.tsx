/** Before there is a dashboard: the backend's token, and an account. */
import { useState } from 'preact/hooks';
import { newId } from '../api/newId.js';
import { TextField } from '../ui/field.js';
import { Backend } from './backend.js';
import { ActionForm, Card } from './parts.js';
import { useAction } from './useAction.js';

export function Connect({ onToken }: { readonly onToken: (token: string) => void }) {
  const [token, setToken] = useState('');
  const action = useAction();
  return (
    <Card id="connect" title="Connect your backend">
      <p>
        A real product has a backend that holds its token and never shows it to a browser. This example has none: it
        does here what the backend would do. So it asks for a <strong>product token</strong> of a Gatehouse that you
        only try things with, and keeps it in this tab until you close it.
      </p>
      <p>
        Make one with <code>gatehouse token create --role product</code>.
      </p>
      <ActionForm
        action={action}
        label="Connect"
        submit={() =>
          void action.run(async () => {
            await new Backend(token.trim()).check();
            onToken(token.trim());
            return undefined;
          })
        }
      >
        <TextField
          label="Product token"
          type="password"
          value={token}
          onValue={setToken}
          input={{ autocomplete: 'off', spellcheck: false }}
        />
      </ActionForm>
    </Card>
  );
}

type AccountProps = { readonly backend: Backend; readonly onAccount: (accountId: string) => void };

export function ChooseAccount({ backend, onAccount }: AccountProps) {
  return (
    <div class="two">
      <SignUpCard backend={backend} onAccount={onAccount} />
      <OpenCard backend={backend} onAccount={onAccount} />
    </div>
  );
}

function SignUpCard({ backend, onAccount }: AccountProps) {
  const [company, setCompany] = useState('');
  const [email, setEmail] = useState('');
  const [key] = useState(() => newId());
  const action = useAction();
  return (
    <Card id="sign-up" title="Create your account">
      <p class="muted">Reach your customers with the right message at the right time.</p>
      <ActionForm
        action={action}
        label="Create account"
        submit={() =>
          void action.run(async () => {
            onAccount(await backend.signUp({ company: company.trim(), email: email.trim() }, key));
            return undefined;
          })
        }
      >
        <TextField
          label="Company"
          value={company}
          onValue={setCompany}
          input={{ autocomplete: 'organization', maxLength: 256 }}
        />
        <TextField
          label="Your e-mail"
          type="email"
          value={email}
          onValue={setEmail}
          input={{ autocomplete: 'email', maxLength: 254 }}
        />
      </ActionForm>
    </Card>
  );
}

function OpenCard({ backend, onAccount }: AccountProps) {
  const [accountId, setAccountId] = useState('');
  const action = useAction();
  return (
    <Card id="open" title="Or open one that exists">
      <p class="muted">As if one of its people had signed in.</p>
      <ActionForm
        action={action}
        label="Open account"
        submit={() =>
          void action.run(async () => {
            await backend.workspace(accountId.trim());
            onAccount(accountId.trim());
            return undefined;
          })
        }
      >
        <TextField
          label="Account id"
          value={accountId}
          onValue={setAccountId}
          input={{ autocomplete: 'off', spellcheck: false, maxLength: 128 }}
        />
      </ActionForm>
    </Card>
  );
}
