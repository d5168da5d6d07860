/** Requests about one architecture: train it alone, ask the trained network, export it. */
import { LabError } from '../../core/errors.ts';
import type { Handlers } from '../../core/rpc/server.ts';
import { parseConfig } from '../../core/run/validate.ts';
import type { CurvePoint } from '../../core/study/events.ts';
import { predictLogits, probabilities } from '../../engine/export/infer.ts';
import { exportPackage } from '../../engine/export/package.ts';
import { trainModel } from '../../engine/export/train.ts';
import { withRecovery } from '../../engine/recovery.ts';
import type { RequestBody, RequestResult, TrainingProtocol } from '../protocol/training.ts';
import { yieldToEventLoop } from '../yieldToEventLoop.ts';
import type { WorkerHost } from './host.ts';
import { createLatest } from './latest.ts';

export type ArchitectureHandlers = Handlers<TrainingProtocol, 'train' | 'predict' | 'exportModel'>;

/** Nothing is saved of a training alone: it is short. */
const BEGUN_AGAIN = 'The GPU was lost; the training of this network began again.';

/** Lets messages in, and ends the training once it is cancelled or the device is lost. */
function gateOf(signal: AbortSignal, trouble: () => LabError | null) {
  return async () => {
    await yieldToEventLoop();
    if (signal.aborted) throw new LabError('cancelled', 'The training was cancelled.');
    const error = trouble();
    if (error) throw error;
  };
}

/** The handlers; none keeps anything between requests. */
export function createArchitectureHandlers(host: WorkerHost): ArchitectureHandlers {
  const train = async (
    { key, request }: RequestBody<'train'>,
    signal: AbortSignal,
  ): Promise<RequestResult<'train'>> => {
    const config = parseConfig(request.config);
    await host.backend();
    const dataset = await host.dataset(config.task, signal);
    await host.team();
    let trouble: LabError | null = null;
    const stopListening = host.onLost((error) => {
      trouble = error;
    });
    const curve = createLatest<readonly CurvePoint[]>((points) =>
      host.push('curve', { key, points }),
    );
    try {
      const gate = gateOf(signal, () => trouble);
      const work = () => {
        const history: CurvePoint[] = [];
        return trainModel({ ...request, config }, dataset, gate, (point) => {
          history.push(point);
          curve.put([...history]);
        });
      };
      return await withRecovery(host, work, () => {
        trouble = null;
        host.warn(BEGUN_AGAIN);
      });
    } finally {
      curve.close();
      stopListening();
    }
  };

  return {
    train: (body, signal) => host.turn.take(signal, () => train(body, signal)),
    async predict({ model, images }) {
      await host.backend();
      const logits = await predictLogits(model, model.calibration, images);
      return probabilities(model.plan, logits);
    },
    exportModel: async ({ model, format }) => exportPackage(format, model),
  };
}
