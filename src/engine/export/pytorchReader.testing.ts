/**
 * Reads an exported PyTorch module without PyTorch: the tensors of the safetensors file, and the
 * statements of `forward`, carried out on plain numbers. Only what the exporter writes is understood;
 * anything else throws.
 */
interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Tensors by name. */
export function readSafetensors(bytes: Uint8Array): Map<string, Tensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header: Record<string, { shape: number[]; data_offsets: [number, number]; dtype: string }> =
    JSON.parse(new TextDecoder().decode(bytes.subarray(8, start)));
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    if (entry.dtype !== 'F32') throw new Error(`dtype ${entry.dtype}`);
    const [first, last] = entry.data_offsets;
    const values = Float64Array.from({ length: (last - first) / 4 }, (_, i) =>
      view.getFloat32(start + first + 4 * i, true),
    );
    tensors.set(name, { shape: entry.shape, values });
  }
  return tensors;
}

/** A [channels, height, width] image or a row of numbers. */
function convolve(x: Tensor, weight: Tensor, bias: Tensor, padding: number): Tensor {
  const [from = 0, height = 0, width = 0] = x.shape;
  const [to = 0, into = 0, kernel = 0] = weight.shape;
  if (into !== from) throw new Error(`${from} channels into ${into}`);
  const at = (c: number, y: number, z: number) =>
    y < 0 || z < 0 || y >= height || z >= width ? 0 : x.values[(c * height + y) * width + z]!;
  const values = new Float64Array(to * height * width);
  for (let o = 0; o < to; o++) {
    for (let y = 0; y < height; y++) {
      for (let z = 0; z < width; z++) {
        let sum = bias.values[o]!;
        for (let i = 0; i < from; i++) {
          for (let k = 0; k < kernel * kernel; k++) {
            const [dy, dz] = [Math.floor(k / kernel) - padding, (k % kernel) - padding];
            sum += at(i, y + dy, z + dz) * weight.values[(o * from + i) * kernel * kernel + k]!;
          }
        }
        values[(o * height + y) * width + z] = sum;
      }
    }
  }
  return { shape: [to, height, width], values };
}

function linear(x: Tensor, weight: Tensor, bias: Tensor): Tensor {
  const [to = 0, from = 0] = weight.shape;
  if (x.values.length !== from) throw new Error(`${x.values.length} values into ${from}`);
  const values = Float64Array.from({ length: to }, (_, o) => {
    let sum = bias.values[o]!;
    for (let i = 0; i < from; i++) sum += x.values[i]! * weight.values[o * from + i]!;
    return sum;
  });
  return { shape: [to], values };
}

function pool(x: Tensor, factor: number, type: string): Tensor {
  const [channels = 0, fullHeight = 0, fullWidth = 0] = x.shape;
  const [height, width] = [Math.floor(fullHeight / factor), Math.floor(fullWidth / factor)];
  const values = Float64Array.from({ length: channels * height * width }, (_, at) => {
    const [c, y, z] = [
      Math.floor(at / (height * width)),
      Math.floor(at / width) % height,
      at % width,
    ];
    const window = Array.from({ length: factor * factor }, (__, k) => {
      const [row, column] = [y * factor + Math.floor(k / factor), z * factor + (k % factor)];
      return x.values[(c * fullHeight + row) * fullWidth + column]!;
    });
    return type === 'max' ? Math.max(...window) : window.reduce((a, b) => a + b) / window.length;
  });
  return { shape: [channels, height, width], values };
}

function normalise(x: Tensor, mean: Tensor, variance: Tensor, epsilon: number): Tensor {
  const area = x.values.length / mean.values.length;
  const values = x.values.map((value, i) => {
    const c = Math.floor(i / area);
    return (value - mean.values[c]!) / Math.sqrt(variance.values[c]! + epsilon);
  });
  return { ...x, values };
}

const add = (xs: readonly Tensor[]): Tensor => ({
  shape: xs[0]!.shape,
  values: xs[0]!.values.map((_, i) => xs.reduce((sum, { values }) => sum + values[i]!, 0)),
});

/** A module that `run`s one image, [channels, height, width]. */
export function readModule(source: string, weights: Uint8Array) {
  const tensors = readSafetensors(weights);
  const used = new Set<string>();
  const tensor = (name: string): Tensor => {
    const found = tensors.get(name);
    if (!found) throw new Error(`no tensor ${name}`);
    used.add(name);
    return found;
  };
  const init = /def __init__\(self\):\n([\s\S]*?)\n\n/.exec(source)?.[1] ?? '';
  const modules = new Map<string, string>();
  for (const [, name = '', call = ''] of init.matchAll(/self\.(\w+) = nn\.(.*)$/gm)) {
    modules.set(name, call);
  }
  const layer = (name: string, x: Tensor): Tensor => {
    const call = modules.get(name) ?? '';
    const numbers = [...call.matchAll(/[(, =](\d[\d.e-]*)/g)].map(([, text]) => Number(text));
    if (call.startsWith('BatchNorm')) {
      const [, epsilon = 0] = numbers;
      return normalise(x, tensor(`${name}.running_mean`), tensor(`${name}.running_var`), epsilon);
    }
    const [weight, bias] = [tensor(`${name}.weight`), tensor(`${name}.bias`)];
    if (weight.shape[0] !== numbers[1] || weight.shape[1] !== numbers[0]) {
      throw new Error(`${name} is ${call}, its weight ${weight.shape}`);
    }
    if (call.startsWith('Linear')) return linear(x, weight, bias);
    if (!call.startsWith('Conv2d')) throw new Error(`unknown module ${name}: ${call}`);
    return convolve(x, weight, bias, numbers[3] ?? 0);
  };
  const body = /def forward\(self, x\):\n([\s\S]*?)\n {8}return x\n/.exec(source)?.[1] ?? '';
  const statements = body
    .replaceAll(/#.*$/gm, '')
    .replaceAll(/\(\n\s+([^)]*\)+(?:\n\s+\+ .*)*)\n\s+\)/g, '$1')
    .replaceAll(/\n\s+\+ /g, ' + ')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const run = (image: Tensor): Float64Array => {
    const variables = new Map([['x', image]]);
    const value = (name: string) => {
      const found = variables.get(name);
      if (!found) throw new Error(`${name} is not defined`);
      return found;
    };
    const term = (text: string): Tensor => {
      const [, relu, name = '', input = ''] =
        /^(F\.relu\()?self\.(\w+)\((\w+)\)\)?$/.exec(text) ?? [];
      const y = layer(name, value(input));
      return relu ? { ...y, values: y.values.map((one) => Math.max(0, one)) } : y;
    };
    for (const line of statements) {
      const [, variable = '', right = ''] = /^(\w+) = (.*)$/.exec(line) ?? [];
      const pooling = /^F\.(max|avg)_pool2d\((\w+), (\d+)\)$/.exec(right);
      const flat = /^torch\.flatten\((\w+), 1\)$/.exec(right);
      const result = pooling
        ? pool(value(pooling[2]!), Number(pooling[3]), pooling[1]!)
        : flat
          ? { shape: [value(flat[1]!).values.length], values: value(flat[1]!).values }
          : add(right.split(' + ').map(term));
      variables.set(variable, result);
    }
    return value('x').values;
  };
  return { run, unused: () => [...tensors.keys()].filter((name) => !used.has(name)) };
}
