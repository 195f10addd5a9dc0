/** The filter of a list: by account and by state, kept in the address. */
import { useEffect, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { type Option, Select, TextField } from '../ui/field.js';
import type { ListFilterValue } from './filterValue.js';

type Props = {
  readonly filter: ListFilterValue;
  readonly states: readonly Option[];
  readonly onFilter: (filter: ListFilterValue) => void;
};

export function ListFilter({ filter, states, onFilter }: Props) {
  const [account, setAccount] = useState(filter.account ?? '');
  useEffect(() => setAccount(filter.account ?? ''), [filter.account]);
  return (
    <form
      class="operations-filter"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onFilter({ ...filter, account });
      }}
    >
      <Select
        label="State"
        value={filter.state ?? ''}
        onValue={(state) => onFilter({ ...filter, account, state })}
        options={[{ value: '', label: 'All' }, ...states]}
      />
      <TextField
        label="Account"
        type="search"
        value={account}
        onValue={setAccount}
        input={{ required: false, autocomplete: 'off', spellcheck: false, maxLength: 128, placeholder: 'id' }}
      />
      <Button type="submit">Show</Button>
    </form>
  );
}
