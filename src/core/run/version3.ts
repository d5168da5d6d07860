/**
 * From version 3 of a run's log to version 4: generations become rounds of one job, cells and
 * architectures get ids, and the state of the method is left out, since it is folded from the rest.
 * Whatever does not look like version 3 is passed on, for the reader to name.
 */
import type { Migration } from '../log/kind.ts';
import { getPath, isRecord, type JsonRecord } from '../paths.ts';

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** A cell's mask as an id. */
const cell = (vertices: unknown, mask: unknown): unknown =>
  typeof mask === 'number' ? `${vertices}:${mask.toString(16)}` : mask;

const chain = (vertices: unknown, masks: unknown): unknown =>
  `${vertices}:${list(masks)
    .map((mask) => (typeof mask === 'number' ? mask.toString(16) : String(mask)))
    .join('.')}`;

/** `{vertices, stages}` of masks as a table of ids; anything else stays. */
export function regionFromVersion3(region: unknown): unknown {
  if (!isRecord(region) || !Array.isArray(region.stages)) return region;
  const { vertices } = region;
  return region.stages.map((masks: unknown) => list(masks).map((mask) => cell(vertices, mask)));
}

/** A config that still has a strategy, one number of candidates, and no budget. */
export function configFromVersion3(config: unknown): unknown {
  if (!isRecord(config) || !isRecord(config.space) || !isRecord(config.search)) return config;
  const { strategy, space, search, ...rest } = config;
  const { candidates, stages } = space;
  const each =
    typeof candidates === 'number'
      ? new Array(Math.min(10, Math.max(1, number(stages)))).fill(candidates)
      : candidates;
  return {
    ...rest,
    space: { id: 'cells', ...space, candidates: each },
    search: { macs: 0, evaluations: 0, ...search },
    ...(strategy === undefined ? {} : { method: strategy }),
  };
}

function origin(value: unknown, self: unknown): unknown {
  if (!isRecord(value)) return value;
  const { kind, parent, ...values } = value;
  return isRecord(parent)
    ? { kind, parents: [self], values: { ...parent, ...values } }
    : { kind, parents: [], values };
}

function roundStarted(event: JsonRecord): JsonRecord {
  const { generation, region: masks, origins, strategy: _, cost: __, ...rest } = event;
  const region = regionFromVersion3(masks);
  const born = list(origins).map((stage, s) =>
    list(stage).map((one, i) => origin(one, list(list(region)[s])[i])),
  );
  const jobs = [{ kind: 'rank', region, origins: born }];
  return { ...rest, type: 'round/started', round: generation, jobs };
}

function progress({ generation, ...rest }: JsonRecord): JsonRecord {
  return { ...rest, type: 'job/progress', kind: 'rank', round: generation, job: 0 };
}

/** What a version 3 log says about the cost: that of training, and of the last validation. */
function costOf(started: JsonRecord, steps: number, config: unknown): JsonRecord {
  const flopsPerStep = number(getPath(started, 'cost.flopsPerStep'));
  const batch = Math.max(1, number(getPath(config, 'supernet.batchSize')));
  const images = number(getPath(config, 'task.validationImages'));
  const supernets = number(getPath(config, 'ranker.supernets'));
  const validated = (flopsPerStep / (3 * batch)) * images * supernets;
  return { steps, macs: (flopsPerStep * steps + validated) / 2, evaluations: 0 };
}

function jobFinished(event: JsonRecord, started: JsonRecord, config: unknown): JsonRecord {
  const { generation, at, wall, ranker, weights, ranks, best, loss, accuracy, steps } = event;
  const vertices = getPath(started, 'region.vertices');
  const listed = list(best).map((one) => {
    if (!isRecord(one)) return one;
    const { choice, masks, score } = one;
    return { choice, id: chain(vertices, masks), score };
  });
  const result = { kind: 'rank', ranker, weights, ranks, best: listed, loss, accuracy };
  const cost = costOf(started, number(steps), config);
  return { type: 'job/finished', at, wall, round: generation, job: 0, result, cost };
}

function roundFinished(event: JsonRecord, finished: JsonRecord, config: unknown): JsonRecord {
  const { at, wall, generation, gradient, utilities, after } = event;
  const guided = getPath(config, 'method.id') === 'pseudo-gradient';
  const note = guided ? { theta: getPath(after, 'theta'), gradient, utilities } : null;
  const [best] = list(getPath(finished, 'result.best'));
  const id = getPath(best, 'id');
  const incumbent = typeof id === 'string' ? { id, accuracy: null } : null;
  return { type: 'round/finished', at, wall, round: generation, note, incumbent };
}

function place(value: unknown): unknown {
  return isRecord(value) ? { job: 0, ...value } : value;
}

/** One header, then generation after generation. */
export const fromVersion3: Migration = () => {
  let config: unknown = null;
  let started: JsonRecord = {};
  let finished: JsonRecord = {};
  const migrate = (event: JsonRecord): JsonRecord => {
    const { generation: round, ...rest } = event;
    switch (event.type) {
      case 'run/started': {
        config = configFromVersion3(event.config);
        const { parent } = event;
        const branch = isRecord(parent) ? { run: parent.run, round: parent.generation } : parent;
        return { ...event, version: 4, config, parent: branch };
      }
      case 'generation/started':
        started = event;
        return roundStarted(event);
      case 'supernet/progress':
        return progress(event);
      case 'generation/ranked':
        finished = jobFinished(event, started, config);
        return finished;
      case 'generation/moved':
        return roundFinished(event, finished, config);
      case 'run/paused':
        return { ...rest, round };
      case 'device/lost':
        return { ...rest, round, job: 0, from: place(event.from) };
      case 'run/finished': {
        const { generations: rounds, ...end } = event;
        return { ...end, rounds };
      }
      default:
        return event;
    }
  };
  return (event) => [migrate(event)];
};
