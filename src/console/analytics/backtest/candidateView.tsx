/** Choosing and editing a candidate, and running it. */
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { api, bodyOf, problemOf } from '../../api/client.js';
import { useQuery } from '../../api/query.js';
import type { Problem } from '../../api/types.js';
import { Button } from '../../ui/button.js';
import { useDraft } from '../../ui/draft.js';
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.js';
import { Select, TextField } from '../../ui/field.js';
import { Page, Section } from '../../ui/page.js';
import { instantsOf, problemOfPeriod } from '../period.js';
import { backtestPath, runAddress } from './address.js';
import { candidateFrom, candidateIn, type Draft, noDraft, parsed, textOf } from './candidate.js';
import { Changes } from './changes.js';
import { Editor } from './editor.js';
import { RunsSection } from './runsSection.js';
import { SettingsForm } from './settingsForm.js';
import { useCheck } from './useCheck.js';

export function CandidateView() {
  const policies = useQuery('policies', async (signal) => bodyOf(api.GET('/v1/policies', { signal })));
  const versions = policies.data?.items.map(({ version }) => version) ?? [];
  return (
    <Page
      title="Backtest"
      wide
      lead="What another policy would have decided: every request of the log is decided again, on the findings that were recorded then. Nothing is published, and no check runs again."
    >
      {policies.problem !== undefined && <ProblemNotice problem={policies.problem} onRetry={policies.refresh} />}
      {policies.data === undefined ? (
        policies.problem === undefined && <Skeleton lines={20} label="Loading policies" />
      ) : (
        <CandidateEditor versions={[...new Set(versions)].toReversed()} inForce={versions.at(-1) ?? ''} />
      )}
      <RunsSection />
    </Page>
  );
}

type CandidateEditorProps = {
  /** Published ones, the latest first. */
  readonly versions: readonly string[];
  readonly inForce: string;
};

function CandidateEditor({ versions, inForce }: CandidateEditorProps) {
  const [draft, setDraft] = useDraft<Draft>('backtest', noDraft);
  const version = draft.base === '' ? inForce : draft.base;
  const base = useQuery(`policy ${version}`, async (signal) =>
    bodyOf(api.GET('/v1/policies/{version}', { params: { path: { version } }, signal })),
  );
  const original = base.data?.document;
  const fresh = original === undefined ? '' : textOf(candidateFrom(original));
  // A draft that nobody has touched begins as the policy in force.
  const text = draft.text ?? fresh;
  const change = (changed: Partial<Draft>): void => setDraft({ ...draft, base: version, text, ...changed });
  const [checked, checkAgain] = useCheck(text);
  const value = parsed(text);
  const candidate = 'value' in value ? candidateIn(value.value) : undefined;
  if (original === undefined) {
    return base.problem === undefined ? (
      <Skeleton lines={20} label="Loading the policy" />
    ) : (
      <ProblemNotice problem={base.problem} onRetry={base.refresh} />
    );
  }
  return (
    <div class="columns backtest-columns">
      <div class="stack">
        <Section title="Candidate">
          <BasePicker
            versions={versions}
            inForce={inForce}
            base={version}
            edited={text !== fresh}
            onPick={(picked) => change({ base: picked, text: null })}
          />
          {candidate === undefined ? (
            <Notice tone="wait" title="The form comes back once the document has the form of a policy" />
          ) : (
            <SettingsForm
              candidate={candidate}
              base={candidateIn(original)}
              onChange={(next) => change({ text: textOf(next) })}
            />
          )}
        </Section>
        <Section title="The whole document">
          <Editor text={text} onText={(typed) => change({ text: typed })} checked={checked} />
        </Section>
      </div>
      <div class="stack backtest-side">
        <Section title="Run it">
          <RunForm
            draft={draft}
            text={text}
            change={change}
            ready={checked?.text === text && checked.check?.valid === true}
          />
        </Section>
        <Section title="What differs from the policy in force">
          <Changes checked={checked} onRetry={checkAgain} />
        </Section>
      </div>
    </div>
  );
}

type BasePickerProps = CandidateEditorProps & {
  readonly base: string;
  readonly edited: boolean;
  readonly onPick: (version: string) => void;
};

/** Another beginning replaces what was changed, so it is asked first. */
function BasePicker({ versions, inForce, base, edited, onPick }: BasePickerProps) {
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  useEffect(() => setWanted(undefined), [base]);
  const pick = (version: string): void => {
    if (edited) setWanted(version);
    else onPick(version);
  };
  return (
    <div class="stack">
      <div class="base-picker">
        <Select
          label="Begin from"
          options={versions.map((version) => ({
            value: version,
            label: version === inForce ? `${version} (in force)` : version,
          }))}
          value={wanted ?? base}
          onValue={pick}
        />
        <Button disabled={!edited} onClick={() => setWanted(base)}>
          Begin anew
        </Button>
      </div>
      {wanted !== undefined && (
        <Notice
          tone="wait"
          live="polite"
          title={`Replace what you changed by ${wanted}?`}
          actions={
            <>
              <Button small onClick={() => setWanted(undefined)}>
                Keep my changes
              </Button>
              <Button
                small
                kind="danger"
                onClick={() => {
                  setWanted(undefined);
                  onPick(wanted);
                }}
              >
                Replace them
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}

type RunFormProps = {
  readonly draft: Draft;
  readonly text: string;
  readonly change: (changed: Partial<Draft>) => void;
  /** Whether the service has said of this very text that it could be published. */
  readonly ready: boolean;
};

function RunForm({ draft: { from, to }, text, change, ready }: RunFormProps) {
  const { route } = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | undefined>(undefined);
  const wrongTime = problemOfPeriod({ from, to });
  const run = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const time = instantsOf({ from, to });
      const policy = JSON.parse(text) as never;
      const body = { policy, since: time.from, until: time.to };
      const { id } = await bodyOf(api.POST('/v1/backtests', { body }));
      // Who has gone on meanwhile finds the run in the list.
      if (location.pathname === backtestPath) route(runAddress(id));
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(false);
  };
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && wrongTime === undefined && !busy) void run();
      }}
    >
      <div class="pair-small">
        <TextField
          label="Requests from"
          type="date"
          input={{ required: false }}
          value={from}
          onValue={(day) => change({ from: day })}
          error={wrongTime}
        />
        <TextField
          label="To, included"
          type="date"
          input={{ required: false }}
          value={to}
          onValue={(day) => change({ to: day })}
        />
      </div>
      <p class="small muted">Days in UTC. Without them, every request of the log.</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <div class="form-actions">
        <Button kind="primary" type="submit" busy={busy} disabled={!ready || wrongTime !== undefined}>
          Run the backtest
        </Button>
      </div>
    </form>
  );
}
