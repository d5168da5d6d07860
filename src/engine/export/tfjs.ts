/**
 * A TensorFlow.js layers model: model.json (Keras' functional format) and weights.bin, for
 * `tf.loadLayersModel`. Images are [batch, height, width, channels], as in the lab.
 */

import { concatenate } from '../../core/gzip.ts';
import type { ExportFile, TrainedModel } from '../../core/trainedModel.ts';
import { type Bytes, floatBytes, textBytes } from './bytes.ts';
import { descriptionLines, exactnessSentence } from './describe.ts';
import { EPSILON, type Graph, type GraphValue, type Layer, networkGraph } from './graph.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface KerasLayer {
  readonly name: string;
  readonly class_name: string;
  readonly config: { readonly [key: string]: Json };
  readonly inputs: readonly string[];
}

const layerJson = ({ name, class_name, config, inputs }: KerasLayer): Json => ({
  class_name,
  name,
  config: { name, trainable: true, ...config },
  inbound_nodes: inputs.length === 0 ? [] : [inputs.map((input): Json => [input, 0, 0, {}])],
});

function weighted({ name, weight, bias, relu }: Layer, input: string): KerasLayer {
  const shared = { activation: relu ? 'relu' : 'linear', use_bias: true };
  const [kernel = 1] = weight.shape;
  return weight.shape.length === 2
    ? { name, class_name: 'Dense', inputs: [input], config: { units: bias.size, ...shared } }
    : {
        name,
        class_name: 'Conv2D',
        inputs: [input],
        config: {
          filters: bias.size,
          kernel_size: [kernel, kernel],
          strides: [1, 1],
          padding: 'same',
          data_format: 'channels_last',
          dilation_rate: [1, 1],
          ...shared,
        },
      };
}

function pooling(value: Extract<GraphValue, { kind: 'pool' }>, input: string): KerasLayer {
  const { name, factor, type } = value;
  const size = [factor, factor];
  return {
    name,
    class_name: type === 'max' ? 'MaxPooling2D' : 'AveragePooling2D',
    inputs: [input],
    config: { pool_size: size, strides: size, padding: 'valid', data_format: 'channels_last' },
  };
}

/** Layers of one value, the one that stands for it last. */
function layersOf(value: GraphValue, nameOf: (value: string) => string): KerasLayer[] {
  const { kind, name } = value;
  switch (kind) {
    case 'sum': {
      const terms = value.terms.map(({ layer, input }) => weighted(layer, nameOf(input)));
      if (terms.length === 1) return terms;
      const inputs = terms.map((term) => term.name);
      return [...terms, { name, class_name: 'Add', inputs, config: {} }];
    }
    case 'normalise': {
      const config = { axis: -1, momentum: 0.99, epsilon: EPSILON, center: false, scale: false };
      return [{ name, class_name: 'BatchNormalization', inputs: [nameOf(value.input)], config }];
    }
    case 'pool':
      return [pooling(value, nameOf(value.input))];
    case 'flatten':
      return [{ name, class_name: 'Flatten', inputs: [nameOf(value.input)], config: {} }];
    default:
      return value satisfies never;
  }
}

/** All layers in the order of computation, and the name of the last. */
function kerasLayers({ input, parts }: Graph): KerasLayer[] {
  const { height, width, channels } = input;
  const layers: KerasLayer[] = [
    {
      name: 'input',
      class_name: 'InputLayer',
      inputs: [],
      config: {
        batch_input_shape: [null, height, width, channels],
        dtype: 'float32',
        sparse: false,
      },
    },
  ];
  const names = new Map([['input', 'input']]);
  for (const value of parts.flatMap(({ values }) => values)) {
    layers.push(...layersOf(value, (name) => names.get(name) ?? name));
    names.set(value.name, layers.at(-1)?.name ?? value.name);
  }
  return layers;
}

interface NamedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly bytes: Bytes;
}

function weightsOf(value: GraphValue, parameters: Float32Array): NamedWeight[] {
  if (value.kind === 'normalise') {
    const { mean, variance } = value.statistics;
    const weight = (part: string, values: readonly number[]): NamedWeight => ({
      name: `${value.name}/${part}`,
      shape: [values.length],
      bytes: floatBytes(values),
    });
    return [weight('moving_mean', mean), weight('moving_variance', variance)];
  }
  if (value.kind !== 'sum') return [];
  return value.terms.flatMap(({ layer: { name, weight, bias } }) =>
    [weight, bias].map(({ shape, offset, size }, i) => ({
      name: `${name}/${i === 0 ? 'kernel' : 'bias'}`,
      shape,
      bytes: floatBytes(parameters.subarray(offset, offset + size)),
    })),
  );
}

/** model.json and weights.bin, to be kept in one folder. */
export function exportTfjs(network: TrainedModel): ExportFile[] {
  const graph = networkGraph(network);
  const layers = kerasLayers(graph);
  const weights = graph.parts
    .flatMap(({ values }) => values)
    .flatMap((value) => weightsOf(value, network.parameters));
  const { recipe, architecture } = network;
  const model: Json = {
    format: 'layers-model',
    generatedBy: 'FaDE Lab',
    convertedBy: null,
    modelTopology: {
      class_name: 'Functional',
      config: {
        name: 'fade_lab_network',
        layers: layers.map(layerJson),
        input_layers: [['input', 0, 0]],
        output_layers: [[layers.at(-1)?.name ?? 'classifier', 0, 0]],
      },
      keras_version: '2.6.0',
      backend: 'tensorflow',
    },
    weightsManifest: [
      {
        paths: ['weights.bin'],
        weights: weights.map(({ name, shape }): Json => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: {
      architecture,
      description: descriptionLines(network),
      predictions: exactnessSentence(network),
      classes: recipe.classes,
      imagePooling: recipe.imagePooling,
      mean: recipe.mean,
      std: recipe.std,
    },
  };
  return [
    { name: 'model.json', bytes: textBytes(`${JSON.stringify(model, null, 1)}\n`) },
    { name: 'weights.bin', bytes: concatenate(weights.map(({ bytes }) => bytes)) },
  ];
}
