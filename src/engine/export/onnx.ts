/**
 * ONNX, opset 13, written by hand: the field numbers are those of onnx.proto. Images are [batch,
 * channels, height, width]; the weights of dense layers after an image are reordered to match.
 */
import { concatenate } from '../../core/gzip.ts';
import type { ExportFile, TrainedModel } from '../../core/trainedModel.ts';
import { type Bytes, floatBytes } from './bytes.ts';
import { channelsFirst } from './channelsFirst.ts';
import { descriptionLines } from './describe.ts';
import { EPSILON, type Graph, type GraphValue, type Layer, networkGraph } from './graph.ts';
import { bytesField, floatField, intField, messageField, textField } from './protobuf.ts';

const IR_VERSION = 7;
const OPSET = 13;
/** TensorProto.DataType.FLOAT. */
const FLOAT = 1;
/** AttributeProto.AttributeType. */
const KIND = { float: 1, int: 2, ints: 7 } as const;

const intsAttribute = (name: string, values: readonly number[]): Bytes =>
  messageField(5, [
    textField(1, name),
    ...values.map((value) => intField(8, value)),
    intField(20, KIND.ints),
  ]);

const intAttribute = (name: string, value: number): Bytes =>
  messageField(5, [textField(1, name), intField(3, value), intField(20, KIND.int)]);

const floatAttribute = (name: string, value: number): Bytes =>
  messageField(5, [textField(1, name), floatField(2, value), intField(20, KIND.float)]);

/** A NodeProto inside the graph; the node's name is its output's. */
const node = (
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: readonly Bytes[] = [],
): Bytes =>
  messageField(1, [
    ...inputs.map((input) => textField(1, input)),
    textField(2, output),
    textField(3, `${output}_node`),
    textField(4, type),
    ...attributes,
  ]);

/** A TensorProto among the graph's initialisers. */
const tensor = (name: string, shape: readonly number[], values: ArrayLike<number>): Bytes =>
  messageField(5, [
    ...shape.map((size) => intField(1, size)),
    intField(2, FLOAT),
    textField(8, name),
    bytesField(9, floatBytes(values)),
  ]);

/** A ValueInfoProto: field 11 is an input of the graph, 12 an output. Text is a named dimension. */
function valueInfo(field: 11 | 12, name: string, shape: readonly (number | string)[]): Bytes {
  const dimensions = shape.map((size) =>
    messageField(1, [typeof size === 'number' ? intField(1, size) : textField(2, size)]),
  );
  const type = messageField(1, [intField(1, FLOAT), messageField(2, dimensions)]);
  return messageField(field, [textField(1, name), messageField(2, [type])]);
}

/** Weights, then the activation; the last output is called `output`. */
function layerNodes({ name, weight, relu }: Layer, input: string, output: string): Bytes[] {
  const before = relu ? `${output}_linear` : output;
  const inputs = [input, `${name}.weight`, `${name}.bias`];
  const [kernel = 1] = weight.shape;
  const pad = (kernel - 1) / 2;
  const own =
    weight.shape.length === 2
      ? node('Gemm', inputs, before, [intAttribute('transB', 1)])
      : node('Conv', inputs, before, [
          intsAttribute('kernel_shape', [kernel, kernel]),
          intsAttribute('pads', [pad, pad, pad, pad]),
          intsAttribute('strides', [1, 1]),
        ]);
  return relu ? [own, node('Relu', [before], output)] : [own];
}

function valueNodes(value: GraphValue): Bytes[] {
  const { kind, name } = value;
  switch (kind) {
    case 'sum': {
      const [only] = value.terms;
      if (only && value.terms.length === 1) return layerNodes(only.layer, only.input, name);
      const parts = value.terms.map(({ layer }) => `${layer.name}_out`);
      return [
        ...value.terms.flatMap(({ layer, input }, i) => layerNodes(layer, input, parts[i] ?? '')),
        node('Sum', parts, name),
      ];
    }
    case 'normalise': {
      const inputs = ['scale', 'shift', 'mean', 'variance'].map((part) => `${name}.${part}`);
      const epsilon = floatAttribute('epsilon', EPSILON);
      return [node('BatchNormalization', [value.input, ...inputs], name, [epsilon])];
    }
    case 'pool': {
      const size = [value.factor, value.factor];
      const shape = [intsAttribute('kernel_shape', size), intsAttribute('strides', size)];
      const type = value.type === 'max' ? 'MaxPool' : 'AveragePool';
      return [node(type, [value.input], name, shape)];
    }
    case 'flatten':
      return [node('Flatten', [value.input], name, [intAttribute('axis', 1)])];
    default:
      return value satisfies never;
  }
}

function initialisers(graph: Graph, parameters: Float32Array): Bytes[] {
  const layers = graph.layers.flatMap((use) => {
    const { shape, weight, bias } = channelsFirst(use, parameters);
    const { name } = use.layer;
    return [tensor(`${name}.weight`, shape, weight), tensor(`${name}.bias`, [bias.length], bias)];
  });
  const norms = graph.parts.flatMap(({ values }) =>
    values.flatMap((value) => {
      if (value.kind !== 'normalise') return [];
      const { mean, variance } = value.statistics;
      const shape = [mean.length];
      return [
        tensor(`${value.name}.scale`, shape, new Float32Array(mean.length).fill(1)),
        tensor(`${value.name}.shift`, shape, new Float32Array(mean.length)),
        tensor(`${value.name}.mean`, shape, mean),
        tensor(`${value.name}.variance`, shape, variance),
      ];
    }),
  );
  return [...layers, ...norms];
}

/** One file: a model from `input` [batch, channels, height, width] to `logits` [batch, classes]. */
export function exportOnnx(network: TrainedModel): ExportFile[] {
  const graph = networkGraph(network);
  const { height, width, channels } = graph.input;
  const parts = [
    ...graph.parts.flatMap(({ values }) => values).flatMap(valueNodes),
    textField(2, 'fade_lab_network'),
    ...initialisers(graph, network.parameters),
    valueInfo(11, 'input', ['batch', channels, height, width]),
    valueInfo(12, graph.output, ['batch', graph.classes]),
  ];
  const bytes = concatenate([
    intField(1, IR_VERSION),
    textField(2, 'FaDE Lab'),
    textField(6, descriptionLines(network).join('\n')),
    messageField(7, parts),
    messageField(8, [textField(1, ''), intField(2, OPSET)]),
  ]);
  return [{ name: 'model.onnx', bytes }];
}
