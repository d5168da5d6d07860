import { USUAL, USUAL_REPEATS } from '../../../core/bench/requests.ts';
import { formatDecimal } from '../../../core/format.ts';
import { REF, STUDY } from '../../../engine/bench/nets.ts';
import type { ParsedArgs } from '../../args.ts';
import {
  type BenchIo,
  type Benchmark,
  type Found,
  inOption,
  jsonOption,
  markdownOption,
  noGpuOption,
  print,
  repeatsOption,
  wants,
} from '../benchmark.ts';
import { compareThreads, evaluation, type ThreadTimes } from '../executors.ts';
import { inChromium, inNode, threadHost, withThreads } from '../places.ts';

/** On a GPU `stock` takes its time: images of a step unless `--gpu-batch` is given. */
const GPU_BATCH = USUAL.executors.webgpu.batch;

interface NodeTimes {
  readonly found: Found;
  readonly evaluated: Awaited<ReturnType<typeof evaluation>>;
  /** Steps of the reference net. */
  readonly workers: ThreadTimes;
}

async function onNode(repeats: number, io: BenchIo): Promise<NodeTimes> {
  const options = { ...USUAL.executors.wasm, repeats };
  const [found] = await inNode([{ benchmark: 'executors', options }], io);
  if (!found) throw new RangeError('One request has one result.');
  const host = threadHost(io);
  const evaluated = await evaluation(STUDY, repeats, host);
  const workers = await compareThreads(REF(), repeats, host, (work) => withThreads(2, io, work));
  return { found, evaluated, workers };
}

/** Of the reference net, as `executors --json` has it. */
function reference(found: Found | undefined) {
  if (found?.result.benchmark !== 'executors') return null;
  const { adapter, repeats, nets } = found.result;
  return { adapter, repeats, ...nets[0] };
}

interface Times {
  readonly node: NodeTimes | null;
  readonly wasm: readonly Found[];
  readonly webgpu: readonly Found[];
}

async function measure(args: ParsedArgs, io: BenchIo): Promise<Times> {
  const repeats = args.integer('repeats') ?? USUAL_REPEATS;
  const node = wants(args, 'node') ? await onNode(repeats, io) : null;
  if (!wants(args, 'chromium')) return { node, wasm: [], webgpu: [] };
  const onWasm = { ...USUAL.executors.wasm, repeats };
  const wasm = await inChromium('wasm', [{ benchmark: 'executors', options: onWasm }], io);
  if (args.flag('no-gpu')) return { node, wasm, webgpu: [] };
  const batch = args.integer('gpu-batch') ?? GPU_BATCH;
  const onGpu = { ...USUAL.executors.webgpu, repeats, batch };
  const webgpu = await inChromium('webgpu', [{ benchmark: 'executors', options: onGpu }], io);
  return { node, wasm, webgpu };
}

function printJson({ node, wasm, webgpu }: Times, io: BenchIo): void {
  const own = reference(node?.found ?? wasm[0]);
  const workers = node?.workers ?? null;
  io.out(
    JSON.stringify({
      webgpu: reference(webgpu[0]),
      wasm: own && { ...own, workers },
      node: node?.found.result ?? null,
      evaluated: node?.evaluated ?? null,
      chromium: wasm[0]?.result ?? null,
    }),
  );
}

/** A step of our own executors against stock TensorFlow.js. */
export const executors: Benchmark = {
  spec: {
    name: 'executors',
    summary: 'Steps of our own executors against stock TensorFlow.js, interleaved.',
    positional: [],
    options: [
      repeatsOption(USUAL_REPEATS),
      {
        kind: 'integer',
        name: 'gpu-batch',
        minimum: 1,
        maximum: 1024,
        help: `Images of a step on WebGPU; ${GPU_BATCH} unless given, 64 on a real GPU.`,
      },
      inOption,
      noGpuOption,
      jsonOption,
      markdownOption,
    ],
  },
  async run(args, io) {
    const times = await measure(args, io);
    if (args.flag('json')) return printJson(times, io);
    const { node, wasm, webgpu } = times;
    print([...(node ? [node.found] : []), ...wasm, ...webgpu], args, io);
    if (!node) return;
    const { evaluated, workers } = node;
    const { images, mixture, paths, everyPath } = evaluated;
    io.out(`${STUDY.name}, ${images} images: one mixture ${formatDecimal(mixture, 0)} ms`);
    io.out(`${STUDY.name}, ${images} images: all ${paths} paths ${formatDecimal(everyPath, 0)} ms`);
    const shared =
      workers[2] === null ? 'there are no threads' : `${formatDecimal(workers[2], 0)} ms`;
    io.out(`REF, one thread ${formatDecimal(workers[1], 0)} ms, two that share a step: ${shared}`);
  },
};
