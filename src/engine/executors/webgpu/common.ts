/** The dispatches of a training that belong to no batch: mixture before, optimisers after. */
import { LabError } from '../../../core/errors.ts';
import type { ExecutorOptions } from '../executor.ts';
import { type Dispatch, type Gpu, plan, planFlat } from './gpu.ts';
import type { Layout } from './layout.ts';
import type { State } from './resources.ts';
import { mixture, optimise, stepAlpha } from './shaders/learning.ts';

export interface Common {
  readonly mixture: Dispatch;
  readonly optimise: Dispatch;
  readonly stepAlpha: Dispatch;
}

/** @throws LabError `backend-wrong` if the device refuses a kernel. */
export async function prepareCommon(
  gpu: Gpu,
  layout: Layout,
  state: State,
  { weights, alpha: ofAlpha, sampling }: ExecutorOptions,
): Promise<Common> {
  const { control, ranges, alpha, noise, soft, rows, rowGradients, averages } = state;
  const { parameters, gradients, m, v, alphaM, alphaV } = state;
  const stages = layout.rows.length;
  const [mixed, optimised, moved] = await gpu.prepare([
    plan(mixture(sampling), { control, ranges, alpha, noise, soft, rows }, stages, 1),
    planFlat(
      optimise(weights.optimiser, weights.momentum),
      { control, gradients, parameters, m, v },
      layout.size,
    ),
    plan(
      stepAlpha(sampling, ofAlpha.optimiser, ofAlpha.momentum),
      {
        control,
        ranges,
        soft,
        rowGradients,
        alpha,
        m: alphaM,
        v: alphaV,
        averages,
      },
      stages,
      1,
    ),
  ]);
  if (!mixed || !optimised || !moved) throw new LabError('internal', 'A kernel is missing.');
  return { mixture: mixed, optimise: optimised, stepAlpha: moved };
}
