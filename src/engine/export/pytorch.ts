/**
 * A PyTorch module as readable source, and its weights as safetensors. Images are [batch, channels,
 * height, width]; the weights of dense layers after an image are reordered to match.
 */

import type { ExportFile, TrainedModel } from '../../core/trainedModel.ts';
import { textBytes } from './bytes.ts';
import { channelsFirst } from './channelsFirst.ts';
import { descriptionLines } from './describe.ts';
import { EPSILON, type Graph, type GraphValue, type Layer, networkGraph } from './graph.ts';
import { type NamedTensor, safetensors } from './safetensors.ts';

/** Longest line of Python. */
const WIDTH = 88;

function construction({ name, weight, bias }: Layer): string {
  const from = weight.shape.at(-2) ?? 1;
  if (weight.shape.length === 2) return `self.${name} = nn.Linear(${from}, ${bias.size})`;
  const [kernel = 1] = weight.shape;
  const padding = (kernel - 1) / 2;
  return `self.${name} = nn.Conv2d(${from}, ${bias.size}, ${kernel}, padding=${padding})`;
}

function constructions(value: GraphValue, linear: boolean): string[] {
  if (value.kind === 'sum') return value.terms.map(({ layer }) => construction(layer));
  if (value.kind !== 'normalise') return [];
  const type = linear ? 'BatchNorm1d' : 'BatchNorm2d';
  const channels = value.statistics.mean.length;
  return [`self.${value.name} = nn.${type}(${channels}, eps=${EPSILON}, affine=False)`];
}

/** A vertex of a cell keeps a name of its own; everything else flows through `x`. */
const variableOf = (value: string) => /^stage\d+_(v\d+)$/.exec(value)?.[1] ?? 'x';

function sumLines(variable: string, terms: readonly string[]): string[] {
  const line = `${variable} = ${terms.join(' + ')}`;
  if (line.length + 8 <= WIDTH || terms.length === 1) return [line];
  const [first, ...rest] = terms;
  return [`${variable} = (`, `    ${first}`, ...rest.map((term) => `    + ${term}`), ')'];
}

function statement(value: GraphValue): string[] {
  switch (value.kind) {
    case 'sum': {
      const terms = value.terms.map(({ layer, input }) => {
        const call = `self.${layer.name}(${variableOf(input)})`;
        return layer.relu ? `F.relu(${call})` : call;
      });
      return sumLines(variableOf(value.name), terms);
    }
    case 'normalise':
      return [`x = self.${value.name}(x)`];
    case 'pool':
      return [`x = F.${value.type === 'max' ? 'max' : 'avg'}_pool2d(x, ${value.factor})`];
    case 'flatten':
      return ['x = torch.flatten(x, 1)'];
    default:
      return value satisfies never;
  }
}

/** Text inside a docstring, in lines of at most WIDTH characters. */
function wrap(text: string): string[] {
  const safe = text.replaceAll('\\', '/').replaceAll('"""', "'''");
  const lines: string[] = [];
  let line = '';
  for (const word of safe.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Indents non-empty lines by so many steps of four spaces. */
const indent = (steps: number, lines: readonly string[]) =>
  lines.map((line) => (line === '' ? '' : `${'    '.repeat(steps)}${line}`));

function forwardLines({ parts, input }: Graph): string[] {
  const { height, width, channels } = input;
  return [
    `# x: [batch, ${channels}, ${height}, ${width}], normalised as said above`,
    ...parts.flatMap(({ title, values }) => [`# ${title}`, ...values.flatMap(statement)]),
    'return x',
  ];
}

const LOADING = `

def load(path="weights.safetensors"):
    """The trained network, ready to predict. Needs PyTorch only."""
    with open(path, "rb") as file:
        data = file.read()
    start = 8 + int.from_bytes(data[:8], "little")
    tensors = {}
    for name, entry in json.loads(data[8:start]).items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        values = bytearray(data[start + first : start + last])
        values = torch.frombuffer(values, dtype=torch.float32)
        tensors[name] = values.reshape(entry["shape"])
    network = Network()
    network.load_state_dict(tensors)
    return network.eval()


if __name__ == "__main__":
    network = load()
    print(network)
    print(sum(p.numel() for p in network.parameters()), "parameters")
`;

/** The source of the module. */
export function pytorchSource(network: TrainedModel): string {
  const graph = networkGraph(network);
  const { recipe, plan } = network;
  const linear = plan.operation.kind === 'linear';
  const values = graph.parts.flatMap((part) => part.values);
  const list = (items: readonly (string | number)[]) =>
    `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
  const lines = [
    '"""',
    ...descriptionLines(network).flatMap(wrap),
    '"""',
    'import json',
    '',
    'import torch',
    'import torch.nn as nn',
    'import torch.nn.functional as F',
    '',
    `CLASSES = ${list(recipe.classes)}`,
    `MEAN = ${list(recipe.mean)}`,
    `STD = ${list(recipe.std)}`,
    '',
    '',
    'class Network(nn.Module):',
    ...indent(1, ['def __init__(self):']),
    ...indent(2, [
      'super().__init__()',
      ...values.flatMap((value) => constructions(value, linear)),
    ]),
    '',
    ...indent(1, ['def forward(self, x):']),
    ...indent(2, forwardLines(graph)),
    '',
  ];
  return `${lines.join('\n')}${LOADING}`;
}

function stateTensors(network: TrainedModel): NamedTensor[] {
  const graph = networkGraph(network);
  const layers = graph.layers.flatMap((use) => {
    const { shape, weight, bias } = channelsFirst(use, network.parameters);
    return [
      { name: `${use.layer.name}.weight`, shape, values: weight },
      { name: `${use.layer.name}.bias`, shape: [bias.length], values: bias },
    ];
  });
  const norms = graph.parts
    .flatMap(({ values }) => values)
    .flatMap((value) => {
      if (value.kind !== 'normalise') return [];
      const { mean, variance } = value.statistics;
      return [
        { name: `${value.name}.running_mean`, shape: [mean.length], values: mean },
        { name: `${value.name}.running_var`, shape: [variance.length], values: variance },
      ];
    });
  return [...layers, ...norms];
}

/** model.py and weights.safetensors, to be kept in one folder. */
export function exportPytorch(network: TrainedModel): ExportFile[] {
  const metadata = { architecture: network.architecture, dataset: network.recipe.dataset };
  return [
    { name: 'model.py', bytes: textBytes(pytorchSource(network)) },
    { name: 'weights.safetensors', bytes: safetensors(stateTensors(network), metadata) },
  ];
}
