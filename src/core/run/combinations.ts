/** Settings that are each allowed but cannot go together. */
import { classCount } from '../cellSpace.ts';
import type { FieldIssue } from '../fields.ts';
import { findMethod, METHODS } from '../method/registry.ts';
import { networkShape } from '../networkShape.ts';
import { spaceOf } from '../space/registry.ts';
import type { RunConfig } from './config.ts';
import { datasetShape } from './datasets.ts';

const issue = (field: string, value: unknown, bound: string, suggestion: string): FieldIssue => ({
  field,
  value: JSON.stringify(value),
  bound,
  suggestion,
});

/** Pooling after each stage; the reference rule draws it from the seed. */
function poolingOf(config: RunConfig): readonly number[] {
  const nothing = { height: 1, width: 1, channels: 1, classes: 1 };
  return networkShape(config, nothing).stages.map((stage) => stage.pooling);
}

function lengthIssues({ space }: RunConfig): FieldIssue[] {
  const lists = [
    ['space.candidates', space.candidates],
    ['space.channels', space.channels],
    ['space.pooling', space.pooling],
  ] as const;
  return lists
    .filter(([, list]) => list.length !== space.stages)
    .map(([field, list]) =>
      issue(
        field,
        list,
        `a list of ${space.stages}, one for each stage`,
        list.length < space.stages
          ? `add ${space.stages - list.length} more, or set space.stages to ${list.length}`
          : `keep the first ${space.stages}, or set space.stages to ${list.length}`,
      ),
    );
}

function stageIssues(config: RunConfig): FieldIssue[] {
  const { task, space } = config;
  const shape = datasetShape(task.dataset);
  if (!shape || space.operation === 'linear') return [];
  const pooling = poolingOf(config);
  let side = Math.floor(Math.min(shape.height, shape.width) / task.imagePooling);
  for (let stage = 0; stage < space.stages; stage++) {
    const name = `${side}×${side} pixels of stage ${stage + 1}`;
    if (space.kernel > side) {
      const fit = [7, 5, 3].find((kernel) => kernel <= side);
      const advice = fit ? `use ${fit}, or pool less` : 'pool less, or use fewer stages';
      return [issue('space.kernel', space.kernel, `at most the ${name}`, advice)];
    }
    const factor = pooling[stage] ?? 1;
    if (Math.floor(side / factor) < 1) {
      const bound = `at most the ${name}`;
      const field = space.channelRule === 'explicit' ? 'space.pooling' : 'space.stages';
      const value = space.channelRule === 'explicit' ? pooling : space.stages;
      return [
        issue(field, value, bound, `pool by 1 after stage ${stage + 1}, or use fewer stages`),
      ];
    }
    side = Math.floor(side / factor);
  }
  return [];
}

function channelIssues(config: RunConfig): FieldIssue[] {
  const { space } = config;
  if (space.channelRule !== 'reference' || space.operation === 'linear') return [];
  const divisor = poolingOf(config)
    .slice(0, -1)
    .reduce((product, factor) => product * factor, 1);
  const last = space.channels.at(-1) ?? 0;
  if (last >= divisor) return [];
  const bound = `at least ${divisor} in the last stage, so that the first has one`;
  return [issue('space.channels', space.channels, bound, `end the list with ${divisor}`)];
}

function imageIssues({ task, supernet }: RunConfig): FieldIssue[] {
  const shape = datasetShape(task.dataset);
  const issues: FieldIssue[] = [];
  const batch = supernet.batchSize;
  if (shape && task.trainImages + task.validationImages > shape.train) {
    const bound = `at most ${shape.train} together with task.validationImages (${task.dataset})`;
    const fit = shape.train - task.validationImages;
    issues.push(issue('task.trainImages', task.trainImages, bound, `use ${fit}`));
  }
  if (batch > task.trainImages) {
    const bound = `at most task.trainImages, ${task.trainImages}`;
    issues.push(issue('supernet.batchSize', batch, bound, `use ${task.trainImages}`));
  }
  if (batch > task.validationImages) {
    const bound = `at least one batch, ${batch}`;
    issues.push(issue('task.validationImages', task.validationImages, bound, `use ${batch}`));
  }
  return issues;
}

function candidateIssues({ space, method }: RunConfig): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const classes = classCount(space.vertices);
  if (Math.max(...space.candidates) > classes) {
    const bound = `at most ${classes}, the different cells of ${space.vertices} vertices`;
    const advice = `use ${classes}, or more vertices`;
    issues.push(issue('space.candidates', space.candidates, bound, advice));
  }
  const defaults = findMethod(method.id)?.descriptor.defaults;
  const option = (name: string) => Number(method.options[name] ?? defaults?.[name] ?? 0);
  const [elites, immigrants] = [option('elites'), option('immigrants')];
  const fewest = Math.min(...space.candidates);
  if (elites + immigrants > fewest) {
    const bound = `at most space.candidates, ${fewest}, together with ${immigrants} immigrants`;
    const fit = Math.max(0, fewest - immigrants);
    const advice = `use ${fit} elites and ${Math.min(immigrants, fewest)} immigrants`;
    issues.push(issue('method.options.elites', elites, bound, advice));
  }
  return issues;
}

/** A method that the space does not suit, and a search that would never end. */
function searchIssues({ space, method, search }: RunConfig): FieldIssue[] {
  const issues: FieldIssue[] = [];
  const verdict = findMethod(method.id)?.accepts(spaceOf(space)) ?? true;
  if (verdict !== true) {
    const able = METHODS.filter((one) => one.accepts(spaceOf(space)) === true);
    const ids = able.map(({ descriptor }) => descriptor.id).join(', ');
    issues.push(issue('method.id', method.id, `one of ${ids}`, verdict));
  }
  if (search.generations === 0 && search.macs === 0 && search.evaluations === 0) {
    const bound = 'above 0 where search.macs and search.evaluations are 0';
    issues.push(issue('search.generations', 0, bound, 'set one of the three'));
  }
  return issues;
}

/** All impossible combinations of a config whose single fields are in order. */
export function combinationIssues(config: RunConfig): FieldIssue[] {
  const lengths = lengthIssues(config);
  const shapes = lengths.length > 0 ? [] : [...stageIssues(config), ...channelIssues(config)];
  const later = lengths.length > 0 ? [] : [...candidateIssues(config), ...searchIssues(config)];
  return [...lengths, ...shapes, ...imageIssues(config), ...later];
}
