/**
 * Choosing which architectures of a region are trained alone. Few enough: all of them. Else a
 * stratified sample over predicted rank: the architectures are ordered by the FaDE score of the main
 * variant's first supernet and cut into as many strata as are wanted, one from each. Choosing more
 * later keeps what was chosen before and fills the strata that are still empty. All draws are seeded.
 *
 * Candidates of a stage that are isomorphic count once (the first of them stands for all): they are
 * the same architecture, to be trained once. (Strata over predicted rank are our choice: a plain
 * random sample of few leaves the ends of the ranking out.)
 */
import { cellId, readCell } from '../cellId.ts';
import { createRandom, type Random } from '../random.ts';
import { choiceScore, logWeights, type StageTable } from '../ranks.ts';
import { kBest, type Region } from '../region.ts';
import type { StudyAmount, StudyConfig } from './config.ts';
import { choiceId, type StudyView } from './reducer.ts';

export type Choice = readonly number[];

/** At most this many architectures are trained alone, and listed to choose from. */
export const MOST_ARCHITECTURES = 4096;

/** Where a region holds more: as many of either end of the ranking, the rest drawn at random. */
const ENDS = 64;

/** Candidates of each stage that stand for a class of cells, ascending: `[stage][…]`. */
export function distinctCandidates(region: Region): readonly (readonly number[])[] {
  return region.map((cells) => {
    const classes = cells.map((cell) => {
      const { vertices, mask } = readCell(cell);
      return cellId(vertices, mask);
    });
    return cells.flatMap((_, i) => (classes.indexOf(classes[i]!) === i ? [i] : []));
  });
}

/** Architectures of a region, isomorphic ones counted once: at most k^S. */
export function distinctCount(region: Region): number {
  return distinctCandidates(region).reduce((count, stage) => count * stage.length, 1);
}

/** How many architectures an amount comes to in a region. */
export function wantedArchitectures(region: Region, amount: StudyAmount): number {
  return Math.min(amount.architectures, distinctCount(region), MOST_ARCHITECTURES);
}

function everyChoice(candidates: readonly (readonly number[])[]): Choice[] {
  return candidates.reduce<Choice[]>(
    (choices, stage) => choices.flatMap((choice) => stage.map((i) => [...choice, i])),
    [[]],
  );
}

/** Both ends of the ranking, and random choices between them; no repetition. */
function sampledChoices(
  candidates: readonly (readonly number[])[],
  scores: StageTable,
  random: Random,
): Choice[] {
  const kept = candidates.map((stage, s) => stage.map((i) => scores[s]![i]!));
  const end = (table: StageTable) =>
    kBest(table, ENDS).map(({ choice }) => choice.map((i, s) => candidates[s]![i]!));
  const found = new Map<string, Choice>();
  const add = (choice: Choice) => found.set(choice.join('.'), choice);
  for (const choice of end(kept)) add(choice);
  for (const choice of end(kept.map((row) => row.map((x) => -x)))) add(choice);
  for (let draw = 0; draw < 2 * MOST_ARCHITECTURES && found.size < MOST_ARCHITECTURES; draw++) {
    add(candidates.map((stage) => stage[random.integer(stage.length)]!));
  }
  return [...found.values()];
}

interface Placed {
  readonly choice: Choice;
  readonly taken: boolean;
}

/** One of each stratum that holds none yet, until `more` are found. */
function fillStrata(ordered: readonly Placed[], strata: number, more: number, random: Random) {
  const groups = Array.from({ length: strata }, (): Placed[] => []);
  ordered.forEach((placed, place) => {
    groups[Math.floor((place * strata) / ordered.length)]!.push(placed);
  });
  const empty = groups.filter((group) => group.every(({ taken }) => !taken));
  return random
    .shuffle(empty)
    .slice(0, more)
    .map((group) => group[random.integer(group.length)]!.choice);
}

function stratified(
  { region, run }: StudyConfig,
  scores: StageTable,
  chosen: readonly Choice[],
  wanted: number,
): Choice[] {
  const candidates = distinctCandidates(region);
  const listed =
    distinctCount(region) <= MOST_ARCHITECTURES
      ? everyChoice(candidates)
      : sampledChoices(candidates, scores, createRandom(run.search.seed, 'study-pool'));
  const taken = new Set(chosen.map((choice) => choiceId(region, choice)));
  const fresh = listed.filter((choice) => !taken.has(choiceId(region, choice)));
  const ordered = [
    ...chosen.map((choice) => ({ choice, taken: true })),
    ...fresh.map((choice) => ({ choice, taken: false })),
  ]
    .map((placed) => ({ ...placed, score: choiceScore(scores, placed.choice) }))
    .sort((a, b) => b.score - a.score);
  const random = createRandom(run.search.seed, 'study-selection', chosen.length, wanted);
  return fillStrata(ordered, wanted, wanted - chosen.length, random);
}

/**
 * The choices to select next; empty if enough are, or while the first supernet of the main variant,
 * which decides the strata, is not finished. All of a region needs no supernet.
 */
export function missingChoices(view: StudyView): readonly Choice[] {
  const { config, amount, architectures } = view;
  if (!config || !amount) return [];
  const wanted = wantedArchitectures(config.region, amount);
  if (architectures.length >= wanted) return [];
  if (wanted === distinctCount(config.region)) {
    const known = new Set(architectures.map(({ architecture }) => architecture));
    const all = createRandom(config.run.search.seed, 'study-selection').shuffle(
      everyChoice(distinctCandidates(config.region)),
    );
    return all.filter((choice) => !known.has(choiceId(config.region, choice)));
  }
  const first = view.variants[0]?.supernets.find(({ supernet }) => supernet === 0);
  const weights = first?.readouts.at(-1)?.averaged;
  if (!weights) return [];
  const chosen = architectures.map(({ choice }) => choice);
  return stratified(config, logWeights(weights), chosen, wanted);
}
