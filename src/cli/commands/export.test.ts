import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readNetworkJson } from '../../engine/export/json.ts';
import { commandLine } from '../testing.ts';

const SMOKE = ['--preset', 'smoke', '--backend', 'cpu'];
const cli = commandLine();
const fade = (...argv: string[]) => cli.run(argv);

it('trains alone as evaluate does, and writes a zip that names what is in it', async () => {
  const exported = await fade('export', '3:7.3', ...SMOKE, '--training', '2', '--json');
  const found = JSON.parse(exported.out);
  expect(found).toMatchObject({ format: 'tfjs', seed: 1, steps: 8 });
  expect(found.file).toMatch(/fade-mnist-3-7-3-tfjs\.zip$/);
  const zip = unzipSync(await readFile(found.file));
  expect(Object.keys(zip)).toEqual(['model.json', 'weights.bin']);
  const evaluated = await fade('evaluate', '3:7.3', ...SMOKE, '--seeds', '2', '--json');
  expect(JSON.parse(evaluated.out).accuracies[1]).toBe(found.accuracy);
});

it('converts its own JSON to every other format without training again', async () => {
  const first = await fade('export', '3:7.3', ...SMOKE, '--format', 'json', '--out', 'net.json');
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/3:7\.3, trained alone on MNIST: 8 steps, training 1/);
  const model = readNetworkJson(await readFile(join(cli.folder(), 'net.json'), 'utf8'));
  expect(model.parameters.length).toBe(model.plan.parameterCount);
  const second = await fade('export', 'net.json', '--format', 'onnx', '--json');
  expect(JSON.parse(second.out)).toMatchObject({
    architecture: '3:7.3',
    accuracy: model.training.accuracy,
  });
  const onnx = await readFile(join(cli.folder(), 'fade-mnist-3-7-3.onnx'));
  expect(onnx.length).toBeGreaterThan(4 * model.plan.parameterCount);
});

it.each([
  [['export'], 'export needs <architecture>'],
  [['export', '3:x', ...SMOKE], '“3:x” names no architecture'],
  [['export', '5:a3.1f', ...SMOKE], 'Add --set space.stages=2 --set space.vertices=5'],
  [['export', 'missing.json'], 'missing.json cannot be read. Give an architecture'],
  [['export', '3:7.3', '--format', 'h5'], '--format: "h5" is not allowed'],
  [
    ['export', '3:7.3', '--out', 'no/cli.folder()/x.zip'],
    '--out: no/cli.folder()/x.zip cannot be written',
  ],
])('%j exits with 2 and says why', async (argv, words) => {
  const { code, err } = await fade(...argv);
  expect(code).toBe(2);
  expect(err).toContain(words);
});

it('says that a file is no network', async () => {
  await writeFile(join(cli.folder(), 'other.json'), '{}');
  const { code, err } = await fade('export', 'other.json');
  expect(code).toBe(1);
  expect(err).toMatch(/no network that the lab exported/);
});
