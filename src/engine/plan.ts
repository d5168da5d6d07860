/** From settings and cells to the plan that an executor runs. */
import { networkShape, type TaskShape } from '../core/networkShape.ts';
import type { Region } from '../core/region.ts';
import type { RunConfig } from '../core/run/config.ts';
import { compilePlan, type Plan } from '../core/schedule.ts';

/**
 * The plan of a region's supernet, or of a single network (one candidate a stage).
 * @throws LabError `config-invalid` where pooling would leave no pixel.
 */
export function planOf(config: RunConfig, task: TaskShape, region: Region): Plan {
  const { space, supernet } = config;
  return compilePlan(region, networkShape(config, task), {
    poolingType: space.poolingType,
    normalisation: supernet.normalisation,
    weightInit: supernet.weightInit,
  });
}
