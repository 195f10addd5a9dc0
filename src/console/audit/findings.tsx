/** Findings by kind, each with a way to the account that it is about. */
import { Id } from '../ui/id.js';
import {
  type Finding,
  type Verification,
  counted,
  findingPlace,
  findingTitle,
  groupedFindings,
} from './findingWords.js';

/** So many of one kind are shown at first; where there are more, one cause mostly explains them. */
const shownOfKind = 5;

export function Findings({ result }: { readonly result: NonNullable<Verification['result']> }) {
  const { findings, found } = result;
  return (
    <div class="stack">
      {groupedFindings(findings).map(({ kind, findings: some }) => (
        <section key={kind} class="audit-finding">
          <h3>
            {findingTitle(kind)} <span class="muted numeric">{some.length.toLocaleString('en')}</span>
          </h3>
          <ul>
            {some.slice(0, shownOfKind).map((finding, index) => (
              <FindingLine key={index} finding={finding} />
            ))}
          </ul>
          {some.length > shownOfKind && (
            <details>
              <summary>{counted(some.length - shownOfKind, 'more', 'more')}</summary>
              <ul>
                {some.slice(shownOfKind).map((finding, index) => (
                  <FindingLine key={index} finding={finding} />
                ))}
              </ul>
            </details>
          )}
        </section>
      ))}
      {found > findings.length && (
        <p class="muted">
          {counted(found - findings.length, 'more finding')} not listed here: <code>gatehouse audit verify</code> lists
          up to a thousand.
        </p>
      )}
    </div>
  );
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const { accountId, revision, detail } = finding;
  const place = findingPlace(finding);
  return (
    <li>
      <p>{detail}</p>
      <p class="small muted row">
        {accountId !== undefined && (
          <Id
            value={accountId}
            href={`/console/accounts/${encodeURIComponent(accountId)}${revision === undefined ? '' : `?revision=${revision}`}`}
          />
        )}
        <span>{place}</span>
      </p>
    </li>
  );
}
