/** Alters a log, its checkpoints and bundles again and again, and asks each time whether it is found. */
import { join } from 'node:path';
import { verifyNow } from '../../../src/cli/audit.js';
import { readConfig } from '../../../src/config.js';
import { Sqlite } from '../../../src/sqlite.js';
import { noChart } from '../audited.js';
import { Chance } from './chance.js';
import { bundleAlterations } from './ofBundles.js';
import { fileAlterations } from './ofFiles.js';
import { logAlterations } from './ofLog.js';
import { newWorld, Workspace, type World } from './world.js';

/** How many alterations of a kind were made, and how many of them were found. */
export type Tally = { made: number; found: number };

export type Altered = {
  readonly tallies: Readonly<Record<string, Tally>>;
  /** Each alteration that was not found, with what is needed to repeat it. */
  readonly missed: readonly string[];
};

/** Every kind, in the order in which they take turns. */
export const alterationKinds: readonly string[] = [
  ...logAlterations.keys(),
  ...fileAlterations.keys(),
  ...bundleAlterations.keys(),
];

type OutsideScript = { readonly problemsOf: (bundle: unknown) => Iterable<string> };

/** The outside script as it is: not compiled with anything of ours. */
const outsideScript = join(process.cwd(), 'src/audit/verifyBundle.mjs');

/** Alterations are made of one log so often; then of another one. */
const alterationsOfOneLog = 2_000;

/** How often a choice may alter nothing, before it is an error. */
const mostChoices = 10_000;

/**
 * Makes alterations, one of each kind after the other.
 * @param accounts how many accounts walk in each log
 * @param onProgress told now and then how many were made
 */
export async function alterMany(
  { count, seed, accounts }: { count: number; seed: number; accounts: number },
  onProgress: (made: number) => void = () => undefined,
): Promise<Altered> {
  const { problemsOf } = (await import(outsideScript)) as OutsideScript;
  const tallies: Record<string, Tally> = Object.fromEntries(
    alterationKinds.map((kind) => [kind, { made: 0, found: 0 }]),
  );
  const missed: string[] = [];
  const workspace = new Workspace();
  let world: World | undefined;
  for (let index = 0; index < count; index++) {
    const worldSeed = seed * 10_000 + Math.floor(index / alterationsOfOneLog);
    if (world === undefined || index % alterationsOfOneLog === 0)
      world = await checkedWorld(worldSeed, accounts, workspace);
    const kind = alterationKinds[index % alterationKinds.length] ?? '';
    const isFound = await isAlterationFound(kind, {
      chanceSeed: seed * 1_000_003 + index,
      world,
      workspace,
      problemsOf,
    });
    const tally = tallies[kind];
    if (tally === undefined) throw new Error(`no tally of ${kind}`);
    tally.made += 1;
    if (isFound) tally.found += 1;
    else missed.push(`${kind}: seed ${seed}, index ${index}`);
    if (index % 500 === 499) onProgress(index + 1);
  }
  workspace.remove();
  return { tallies, missed };
}

/** A world in which nothing is found as long as nothing is altered. */
async function checkedWorld(seed: number, accounts: number, workspace: Workspace): Promise<World> {
  const world = await newWorld(seed, accounts);
  workspace.restore(world);
  const { found, findings, verifiedTo, uncovered } = await verify(workspace);
  if (found > 0 || verifiedTo === null || uncovered > 0) throw new Error(`seed ${seed}: ${JSON.stringify(findings)}`);
  return world;
}

type Surroundings = {
  readonly chanceSeed: number;
  readonly world: World;
  readonly workspace: Workspace;
  readonly problemsOf: OutsideScript['problemsOf'];
};

/** Makes one alteration of a kind, and asks whether it is found. */
async function isAlterationFound(kind: string, surroundings: Surroundings): Promise<boolean> {
  const { chanceSeed, world, workspace, problemsOf } = surroundings;
  const chance = new Chance(chanceSeed);
  const ofBundle = bundleAlterations.get(kind);
  for (let choice = 0; choice < mostChoices; choice++) {
    if (ofBundle !== undefined) {
      const altered = ofBundle(chance, world);
      if (altered !== undefined) return hasProblems(problemsOf, altered);
      continue;
    }
    workspace.restore(world);
    if (isMade(kind, chance, workspace, world)) return (await verify(workspace)).found > 0;
  }
  throw new Error(`${kind}: nothing was altered in ${mostChoices} choices (${chanceSeed})`);
}

function isMade(kind: string, chance: Chance, workspace: Workspace, world: World): boolean {
  const ofFiles = fileAlterations.get(kind);
  if (ofFiles !== undefined) return ofFiles(chance, workspace, world);
  const db = new Sqlite(workspace.logFile);
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  try {
    const alter = logAlterations.get(kind);
    return alter !== undefined && db.transaction(() => alter(chance, db, world.events))();
  } finally {
    db.close();
  }
}

/** `audit verify` as it runs, but for the chart: what hashes and checkpoints find must not depend on it. */
async function verify(workspace: Workspace) {
  const config = readConfig({ GATEHOUSE_DATA: workspace.path });
  return verifyNow(config, { signal: new AbortController().signal, chart: noChart });
}

function hasProblems(problemsOf: OutsideScript['problemsOf'], bundle: unknown): boolean {
  try {
    return [...problemsOf(bundle)].length > 0;
  } catch {
    // Not formed like a bundle: the script says so, and ends with exit code 2.
    return true;
  }
}
