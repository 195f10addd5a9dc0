import { mostEvidence } from '../../../src/policy/facts.js';
import { backend, command, goodData, minute, owner, setUp } from '../../support/examples.js';
import { after, given } from '../../support/decideSpecification.js';

const attach = (evidenceId: string, more = {}) =>
  command('AttachEvidence', { ...goodData.AttachEvidence, evidenceId, ...more });
const times = (count: number) => Array.from({ length: count }, (_, index) => attach(`shot-${index % 9}`));

test('given evidence attached twice under one id, then the facts are the latest, and name everybody who did so', () => {
  const first = command('AttachEvidence', goodData.AttachEvidence, backend);
  const second = command(
    'AttachEvidence',
    { ...goodData.AttachEvidence, sha256: 'b'.repeat(64), requirement: 'identity' },
    owner,
  );
  const { evidenceId, ...data } = goodData.AttachEvidence;
  const at = (list: readonly Parameters<typeof command>[0][]) => minute(setUp.length + list.length);
  expect(after([...setUp, first, second]).context.facts.evidence).toEqual({
    [evidenceId]: {
      ...data,
      sha256: 'b'.repeat(64),
      requirement: 'identity',
      by: [backend.id, owner.id],
      at: at(['AttachEvidence']),
      times: 2,
    },
  });
  expect(after([...setUp, first, second, first]).context.facts.evidence[evidenceId]?.by).toEqual([
    owner.id,
    backend.id,
  ]);
});

test('given evidence attached as often as may be, also under few ids: too_much_evidence', () => {
  given([...setUp, ...times(mostEvidence - 1)])
    .when(attach('last'))
    .thenEvents('EvidenceAttached');
  given([...setUp, ...times(mostEvidence)])
    .when(attach('one-more'))
    .thenRefused('too_much_evidence');
  given([...setUp, ...times(mostEvidence)])
    .when(attach('shot-1'))
    .thenRefused('too_much_evidence');
});
