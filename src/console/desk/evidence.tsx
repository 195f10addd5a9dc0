/** The evidence, one piece after the other, each looked at in place. */
import { useEffect, useState } from 'preact/hooks';
import type { ReviewPage } from '../api/types.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/feedback.js';
import { Section } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { EvidenceView } from './evidenceView.js';
import { requirementWords } from './words.js';

type Piece = ReviewPage['evidence'][number];

/** `12 KB`. */
export function bytesInWords(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function Evidence({ review, marked }: { readonly review: ReviewPage; readonly marked: boolean }) {
  const { accountId, evidence } = review;
  return (
    <Section title="Evidence" id="evidence" marked={marked}>
      {evidence.length === 0 ? (
        <Empty title="No evidence">Screenshots, PDF files and texts that the customer attaches appear here.</Empty>
      ) : (
        evidence.toReversed().map((piece) => <PieceOf key={piece.evidenceId} accountId={accountId} piece={piece} />)
      )}
    </Section>
  );
}

function PieceOf({ accountId, piece }: { readonly accountId: string; readonly piece: Piece }) {
  const { evidenceId, kind, fileName, bytes, requirement, attachedAt, attachedBy, sha256 } = piece;
  const own = `evidence-${evidenceId}`;
  const [open, setOpen] = useState(false);
  // Who comes by a link from an answer wants to see it.
  useEffect(() => {
    const follow = (): void => {
      if ([own, encodeURIComponent(own)].includes(location.hash.slice(1))) setOpen(true);
    };
    follow();
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [own]);
  const url = `/v1/accounts/${encodeURIComponent(accountId)}/evidence/${encodeURIComponent(evidenceId)}`;
  return (
    <article class="stack piece" id={own} aria-label={`Evidence ${evidenceId}`}>
      <div class="row piece-head">
        <Badge>{kind === 'pdf' ? 'PDF' : kind === 'text' ? 'Text' : 'Image'}</Badge>
        <strong class="piece-name">{fileName}</strong>
        <span class="small muted">
          {bytesInWords(bytes)}, <Time at={attachedAt} /> by <code>{attachedBy}</code>
          {requirement === undefined ? '' : `, for: ${requirementWords(requirement)}`}
        </span>
        <span class="piece-actions row">
          <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Close' : 'View'}
            <span class="visually-hidden"> {fileName}</span>
          </Button>
          <a class="button button-small" href={url} download={fileName}>
            Download<span class="visually-hidden"> {fileName}</span>
          </a>
        </span>
      </div>
      {open && <EvidenceView key={sha256} url={url} kind={kind} fileName={fileName} />}
    </article>
  );
}
