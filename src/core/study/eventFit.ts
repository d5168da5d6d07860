/** Whether an event can belong to a study: its choices exist, its tables have the region's shape. */
import type { ShapeIssue } from '../log/shape.ts';
import { architectureCount, type Region } from '../region.ts';
import type { StudyEvent, StudyJob, SupernetFinished, SupernetReadout } from './events.ts';
import { choiceId } from './reducer.ts';

const issue = (field: string, expected: string, found: string): ShapeIssue => ({
  field,
  expected,
  found,
});

function choiceIssue(field: string, stages: Region, choice: readonly number[]): ShapeIssue | null {
  const fits =
    choice.length === stages.length && choice.every((i, s) => i < (stages[s]?.length ?? 0));
  return fits ? null : issue(field, 'one candidate of each stage', JSON.stringify(choice));
}

/** The first of the choices that does not exist. */
function choicesIssue(field: string, region: Region, choices: readonly (readonly number[])[]) {
  for (const [n, choice] of choices.entries()) {
    const found = choiceIssue(`${field}.${n}`, region, choice);
    if (found) return found;
  }
  return null;
}

function tableIssue(
  field: string,
  stages: Region,
  table: readonly (readonly number[])[],
): ShapeIssue | null {
  const shape = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.length).join(', ');
  if (shape(table) === shape(stages)) return null;
  return issue(field, `rows of ${shape(stages)} numbers`, `rows of ${shape(table)}`);
}

function lengthIssue(field: string, expected: number, list: readonly unknown[]): ShapeIssue | null {
  return list.length === expected
    ? null
    : issue(field, `a list of ${expected}`, `a list of ${list.length}`);
}

function readoutIssue(field: string, region: Region, readout: SupernetReadout): ShapeIssue | null {
  const { sampled, exhaustive } = readout;
  const paths = architectureCount(region);
  return (
    tableIssue(`${field}.last`, region, readout.last) ??
    tableIssue(`${field}.averaged`, region, readout.averaged) ??
    tableIssue(`${field}.probe`, region, readout.probe) ??
    tableIssue(`${field}.leaveOneOut`, region, readout.leaveOneOut) ??
    choicesIssue(`${field}.sampled.paths`, region, sampled.paths) ??
    lengthIssue(`${field}.sampled.losses`, sampled.paths.length, sampled.losses) ??
    (exhaustive && lengthIssue(`${field}.exhaustive.losses`, paths, exhaustive.losses)) ??
    (exhaustive && lengthIssue(`${field}.exhaustive.accuracies`, paths, exhaustive.accuracies))
  );
}

function variantIssue(field: string, variants: readonly string[], variant: string) {
  return variants.includes(variant)
    ? null
    : issue(field, `one of ${variants.join(', ')}`, `"${variant}"`);
}

/** The first of the jobs that no study of the region has. */
function jobsIssue(region: Region, variants: readonly string[], jobs: readonly StudyJob[]) {
  for (const [n, job] of jobs.entries()) {
    const found =
      job.kind === 'supernet'
        ? variantIssue(`jobs.${n}.variant`, variants, job.variant)
        : choiceIssue(`jobs.${n}.choice`, region, job.choice);
    if (found) return found;
  }
  return null;
}

function supernetIssue(
  region: Region,
  variants: readonly string[],
  { variant, history, readouts }: SupernetFinished,
): ShapeIssue | null {
  const unknown = variantIssue('variant', variants, variant);
  if (unknown) return unknown;
  for (const [n, { weights }] of history.entries()) {
    const found = tableIssue(`history.${n}.weights`, region, weights);
    if (found) return found;
  }
  for (const [n, readout] of readouts.entries()) {
    const found = readoutIssue(`readouts.${n}`, region, readout);
    if (found) return found;
  }
  return null;
}

/** What keeps an event from belonging to the study that `first` began; null if nothing does. */
export function studyMisfit(event: StudyEvent, first: StudyEvent): ShapeIssue | null {
  if (first.type !== 'study/started') return null;
  const { region } = first.config;
  const variants = first.config.variants.map(({ id }) => id);
  switch (event.type) {
    case 'study/selected':
      return choicesIssue('choices', region, event.choices);
    case 'study/extended':
      return choicesIssue(
        'extra',
        region,
        event.extra.map(({ choice }) => choice),
      );
    case 'supernet/finished':
      return supernetIssue(region, variants, event);
    case 'device/lost':
      return jobsIssue(region, variants, event.jobs);
    case 'evaluation/finished':
    case 'proxies/finished': {
      const found = choiceIssue('choice', region, event.choice);
      if (found) return found;
      const id = choiceId(region, event.choice);
      return id === event.architecture
        ? null
        : issue('architecture', `"${id}", which the choice stands for`, `"${event.architecture}"`);
    }
    default:
      return null;
  }
}
