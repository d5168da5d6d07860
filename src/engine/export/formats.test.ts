/** Exported networks, run by those whose formats they are. */

import * as layers from '@tensorflow/tfjs';
import { unzipSync } from 'fflate';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { regionOf } from '../../core/cellId.ts';
import { compilePlan } from '../../core/schedule.ts';
import type { ExportFile, TrainedModel } from '../../core/trainedModel.ts';
import { randomBatch, useBackend } from '../testing.ts';
import { calibrate, predictLogits, probabilities } from './infer.ts';
import { readNetworkJson } from './json.ts';
import { exportFiles, exportPackage } from './package.ts';
import { NETWORK_KINDS, networkOfKind, toChannelsFirst } from './testing.ts';

const COUNT = 5;

function fileOf(files: readonly ExportFile[], name: string): Uint8Array<ArrayBuffer> {
  const found = files.find((file) => file.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found.bytes;
}

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function expectClose(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(found[i]).toBeCloseTo(wanted[i]!, 5);
}

const picturesOf = (network: TrainedModel) => randomBatch(network.plan, COUNT, 21).images;

async function ownLogits(network: TrainedModel): Promise<Float32Array> {
  return predictLogits(network, network.calibration, picturesOf(network));
}

beforeAll(() => useBackend('cpu'));

describe.each(NETWORK_KINDS)('%s', (kind) => {
  test('tf.loadLayersModel predicts the same', async () => {
    const network = await networkOfKind(kind);
    const files = exportFiles('tfjs', network);
    const json = JSON.parse(textOf(fileOf(files, 'model.json')));
    const model = await layers.loadLayersModel({
      load: async () => ({
        modelTopology: json.modelTopology,
        weightSpecs: json.weightsManifest[0].weights,
        weightData: fileOf(files, 'weights.bin').buffer,
      }),
    });
    const trainable = model.countParams() - network.plan.parameterCount;
    const cells = network.calibration?.cells ?? [];
    expect(trainable).toBe(cells.reduce((sum, { mean }) => sum + 2 * mean.length, 0));
    const { height, width, channels } = network.plan.input;
    const x = layers.tensor(picturesOf(network), [COUNT, height, width, channels]);
    const found = model.predict(x) as layers.Tensor;
    expectClose(await found.data(), await ownLogits(network));
  });

  test('onnxruntime predicts the same', async () => {
    const network = await networkOfKind(kind);
    const [file] = exportFiles('onnx', network);
    const session = await ort.InferenceSession.create(file!.bytes);
    expect([...session.inputNames, ...session.outputNames]).toEqual(['input', 'logits']);
    const { height, width, channels } = network.plan.input;
    const pictures = toChannelsFirst(picturesOf(network), network.plan.input);
    const input = new ort.Tensor('float32', pictures, [COUNT, channels, height, width]);
    const { logits } = await session.run({ input });
    expect(logits?.dims).toEqual([COUNT, 3]);
    expectClose((logits?.data ?? []) as Float32Array, await ownLogits(network));
    await session.release();
  });
});

describe('batch norm', () => {
  test('with the statistics of a batch says of that batch what batch norm says', async () => {
    const network = await networkOfKind('batch norm');
    const { images } = randomBatch(network.plan, 12, 3);
    const withBatch = await predictLogits(network, null, images);
    expectClose(await predictLogits(network, network.calibration, images), withBatch);
    const one = images.subarray(0, images.length / 12);
    expectClose(
      await predictLogits(network, network.calibration, one),
      withBatch.subarray(0, network.plan.classes),
    );
    expect(await predictLogits(network, null, one)).not.toEqual(withBatch.subarray(0, 3));
  });

  test('has none where the plan has none', async () => {
    const network = await networkOfKind('linear');
    expect(await calibrate(network, picturesOf(network))).toBeNull();
  });
});

test('many images go in parts', async () => {
  const network = await networkOfKind('linear');
  const { images } = randomBatch(network.plan, 260, 5);
  const all = await predictLogits(network, null, images);
  const size = images.length / 260;
  expectClose(
    all.subarray(255 * 3),
    await predictLogits(network, null, images.subarray(255 * size)),
  );
});

test('probabilities are the softmax of each row', async () => {
  const { plan } = await networkOfKind('linear');
  const found = probabilities(plan, Float32Array.of(0, Math.log(2), Math.log(5), 900, 900, 0));
  expectClose(found, [1 / 8, 2 / 8, 5 / 8, 0.5, 0.5, 0]);
});

describe('files', () => {
  test('L2 normalisation and an uncalibrated batch norm are refused with what to do', async () => {
    const network = await networkOfKind('batch norm');
    expect(() => exportFiles('onnx', { ...network, calibration: null })).toThrow(/Calibrate/);
    const plan = { ...network.plan, normalisation: 'l2' as const };
    for (const format of ['tfjs', 'pytorch', 'onnx'] as const) {
      expect(() => exportFiles(format, { ...network, plan })).toThrow(/Export as JSON/);
    }
  });

  test('several files become one zip, the same every time; one file stays one', async () => {
    const network = await networkOfKind('batch norm');
    const zip = exportPackage('tfjs', network);
    expect(zip.name).toBe('fade-stripes-4-2b-0-tfjs.zip');
    expect(exportPackage('tfjs', network).bytes).toEqual(zip.bytes);
    const inside = unzipSync(zip.bytes);
    expect(Object.keys(inside)).toEqual(['model.json', 'weights.bin']);
    expect(inside['weights.bin']).toEqual(fileOf(exportFiles('tfjs', network), 'weights.bin'));
    expect(exportPackage('onnx', network).name).toBe('fade-stripes-4-2b-0.onnx');
  });

  test('model.json says what the images must be and whose predictions these are', async () => {
    const network = await networkOfKind('batch norm');
    const json = JSON.parse(textOf(fileOf(exportFiles('tfjs', network), 'model.json')));
    expect(json.userDefinedMetadata.mean).toEqual([0.25, 0.18]);
    expect(json.userDefinedMetadata.predictions).toMatch(/statistics of 12 training images/);
  });
});

describe('json', () => {
  async function realNetwork(): Promise<TrainedModel> {
    const network = await networkOfKind('linear');
    const { config } = network.training;
    const shape = { height: 8, width: 8, channels: 2 };
    const plan = compilePlan(
      regionOf(3, [[7], [3]]),
      {
        input: shape,
        classes: 3,
        operation: { kind: 'conv', kernel: 3 },
        stages: config.space.channels.map((channels) => ({ channels, pooling: 2 })),
      },
      { poolingType: 'max', normalisation: 'batch', weightInit: 'he' },
    );
    const parameters = randomBatch(
      { ...plan, input: { ...shape, channels: 40 } },
      1,
      2,
    ).images.slice(0, plan.parameterCount);
    const { images } = randomBatch(plan, 4, 5);
    const calibration = await calibrate({ plan, parameters }, images);
    return { ...network, architecture: '3:7.3', plan, parameters, calibration };
  }

  test('comes back whole', async () => {
    const network = await realNetwork();
    expect(network.parameters.length).toBe(network.plan.parameterCount);
    const [file] = exportFiles('json', network);
    const back = readNetworkJson(textOf(file!.bytes));
    expect(back).toEqual(network);
  });

  test('refuses what is none, and says why', async () => {
    const [file] = exportFiles('json', await realNetwork());
    const text = textOf(file!.bytes);
    const without = (key: string, value: unknown) =>
      JSON.stringify({ ...JSON.parse(text), [key]: value });
    expect(() => readNetworkJson('{')).toThrow(/not JSON/);
    expect(() => readNetworkJson(without('version', 2))).toThrow(/format is not/);
    expect(() => readNetworkJson(without('weights', 'AAAA'))).toThrow(/0 weights, not \d+/);
    expect(() => readNetworkJson(without('weights', '!'))).toThrow(/Base64/);
    expect(() => readNetworkJson(without('recipe', null))).toThrow(/recipe is missing/);
    expect(() => readNetworkJson(without('architecture', '3:7'))).toThrow();
  });
});
