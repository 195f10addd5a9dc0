/** Chooses the time that figures are about. It is in the address, so that what is seen can be sent to somebody. */
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { TextField } from '../ui/field.js';
import { addressOf, isWhole, type Period, problemOfPeriod, usualPeriods } from './period.js';

const path = '/console/analytics';

export function PeriodChooser({ period }: { readonly period: Period }) {
  const { route } = useLocation();
  const [typed, setTyped] = useState(period);
  // The address may change by itself: by a link, or by going back.
  useEffect(() => setTyped(period), [period.from, period.to]);
  const go = (changed: Partial<Period>): void => {
    setTyped({ ...typed, ...changed });
    if (Object.values(changed).every(isWhole)) route(addressOf(path, { ...period, ...changed }), true);
  };
  return (
    <form class="period" aria-label="Time" onSubmit={(event) => event.preventDefault()}>
      <div class="period-days">
        <TextField
          label="From"
          type="date"
          input={{ required: false }}
          value={typed.from}
          onValue={(from) => go({ from })}
          error={problemOfPeriod(period)}
        />
        <TextField
          label="To, included"
          type="date"
          input={{ required: false }}
          value={typed.to}
          onValue={(to) => go({ to })}
        />
      </div>
      <nav aria-label="Usual times">
        <ul class="period-usual">
          {usualPeriods(Date.now()).map(([label, usual]) => (
            <li key={label}>
              <a
                href={addressOf(path, usual)}
                aria-current={usual.from === period.from && usual.to === period.to ? 'true' : undefined}
              >
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </form>
  );
}
