/** The generated module, carried out on plain numbers from its source and its weights. */
import { beforeAll, describe, expect, test } from 'vitest';
import { randomBatch, useBackend } from '../testing.ts';
import { predictLogits } from './infer.ts';
import { exportPytorch } from './pytorch.ts';
import { readModule } from './pytorchReader.testing.ts';
import { NETWORK_KINDS, networkOfKind, toChannelsFirst } from './testing.ts';

beforeAll(() => useBackend('cpu'));

describe.each(NETWORK_KINDS)('%s', (kind) => {
  test('forward gives our logits', async () => {
    const network = await networkOfKind(kind);
    const [source, weights] = exportPytorch(network);
    const module = readModule(new TextDecoder().decode(source!.bytes), weights!.bytes);
    const { input, classes } = network.plan;
    const count = 3;
    const { images } = randomBatch(network.plan, count, 9);
    const wanted = await predictLogits(network, network.calibration, images);
    const size = images.length / count;
    for (let i = 0; i < count; i++) {
      const image = toChannelsFirst(images.slice(i * size, (i + 1) * size), input);
      const found = module.run({
        shape: [input.channels, input.height, input.width],
        values: Float64Array.from(image),
      });
      expect(found.length).toBe(classes);
      found.forEach((value, k) => {
        expect(value).toBeCloseTo(wanted[i * classes + k]!, 5);
      });
    }
    expect(module.unused()).toEqual([]);
  });
});

test('the source says what goes in, what comes out, and fits in its lines', async () => {
  const network = await networkOfKind('batch norm');
  const [source] = exportPytorch(network);
  const text = new TextDecoder().decode(source!.bytes);
  expect(text).toMatch(/Input: 9×8 pixels, 2 channels/);
  expect(text).toContain('CLASSES = ["left \\"of\\" it", "middle", "right"]');
  expect(text).toContain('nn.BatchNorm2d(3, eps=0.00001, affine=False)');
  expect(text.match(/"""/g)?.length).toBe(4);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
