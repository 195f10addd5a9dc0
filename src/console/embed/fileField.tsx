/** Choosing a file, uploaded as soon as it is chosen: what it may be is said before, how far it is meanwhile. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { problemOf } from './refused.js';
import type { Attached, Requirement, SetupGuide } from './model.js';
import { newId } from '../api/newId.js';
import { explain, type Explained } from './problems.js';
import { useShared } from './shared.js';
import { upload } from './upload.js';

export type FileFieldProps = {
  readonly label: string;
  readonly limits: SetupGuide['evidence'];
  readonly requirement?: Requirement;
  readonly attached: Attached | undefined;
  readonly onAttached: (attached: Attached) => void;
  readonly onBusy: (busy: boolean) => void;
  readonly error?: string | undefined;
};

/** A file is one field: what is said of any part of it is said there. */
function saidOf({ text, fields }: Explained): string | undefined {
  return text ?? Object.values(fields)[0];
}

export function FileField({ label, limits, requirement, attached, onAttached, onBusy, error }: FileFieldProps) {
  const { link, say, announce } = useShared();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState<{ readonly name: string; readonly percent: number } | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const running = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  // Meanwhile another file of the form may have been attached: what is told is told to the form as it is then.
  const told = useRef(onAttached);
  told.current = onAttached;
  const size = say.size(limits.mostBytes);

  const settle = (): void => {
    running.current = undefined;
    setProgress(undefined);
    onBusy(false);
  };

  const take = async (file: File): Promise<void> => {
    const { name } = file;
    setProblem(undefined);
    if (file.size > limits.mostBytes) {
      setProblem(say('file.tooLarge', { name, size }));
      return;
    }
    if (file.size === 0) {
      setProblem(say('file.empty', { name }));
      return;
    }
    if (file.type !== '' && !limits.mediaTypes.includes(file.type) && !file.type.startsWith('text/')) {
      setProblem(say('file.wrongType', { name }));
      return;
    }
    running.current?.abort();
    // The form waits for one file, however often another is chosen.
    if (running.current === undefined) onBusy(true);
    const mine = new AbortController();
    running.current = mine;
    setProgress({ name, percent: 0 });
    try {
      const { evidenceId } = await upload(link.client, {
        file,
        ...(requirement === undefined ? {} : { requirement }),
        id: newId(),
        signal: mine.signal,
        onProgress: (part) => setProgress({ name, percent: Math.round(part * 100) }),
      });
      if (mine.signal.aborted) return;
      told.current({ evidenceId, name });
      announce(say('file.done', { name }));
    } catch (failed) {
      if (!mine.signal.aborted) setProblem(saidOf(explain(problemOf(failed), say)));
    } finally {
      if (running.current === mine) settle();
    }
  };

  const cancel = (): void => {
    running.current?.abort();
    // At once: what was under way may take a while to end.
    settle();
    announce(say('file.cancelled', { name: progress?.name ?? '' }));
    // The button goes; whoever pressed it can choose another file.
    input.current?.focus();
  };

  const said = problem ?? error;
  return (
    <div class="field" part="field">
      <label for={id} part="label">
        {attached === undefined ? label : say('file.other')}
      </label>
      <p class="hint" id={`${id}-hint`} part="hint">
        {say('file.limits', { size })}
      </p>
      {attached !== undefined && progress === undefined && (
        <p class="attached" part="attached">
          {say('file.done', { name: attached.name })}
        </p>
      )}
      <input
        id={id}
        ref={input}
        type="file"
        class="file"
        part="file"
        accept={limits.mediaTypes.join(',')}
        aria-describedby={said === undefined ? `${id}-hint` : `${id}-hint ${id}-error`}
        aria-invalid={said === undefined ? undefined : true}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file !== undefined) void take(file);
        }}
      />
      {progress !== undefined && (
        <p class="uploading" part="uploading">
          <progress max={100} value={progress.percent} aria-label={say('file.uploading', progress)} />
          <span aria-hidden="true">{say('file.uploading', progress)}</span>
          <button type="button" class="button small" part="button" onClick={cancel}>
            {say('form.cancel')}
            <span class="visually-hidden">: {progress.name}</span>
          </button>
        </p>
      )}
      {said !== undefined && (
        <p class="error" id={`${id}-error`} part="error">
          {said}
        </p>
      )}
    </div>
  );
}
