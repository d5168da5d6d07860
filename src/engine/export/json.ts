/** The lab's own file of a trained network: its settings, its figures and its weights, as JSON. */
import { architectureId, readArchitecture } from '../../core/cellId.ts';
import { LabError } from '../../core/errors.ts';
import { parseConfig } from '../../core/run/validate.ts';
import { configFromVersion3 } from '../../core/run/version3.ts';
import type {
  Calibration,
  ExportFile,
  ImageRecipe,
  TrainedModel,
} from '../../core/trainedModel.ts';
import { alonePlan } from '../evaluate.ts';
import { bytesToFloats, floatBytes, fromBase64, textBytes, toBase64 } from './bytes.ts';
import { descriptionLines } from './describe.ts';

const FORMAT = 'fade-lab-network';
const VERSION = 1;

/** One file, `network.json`. Weights are float32, little-endian, in Base64. */
export function exportJson(network: TrainedModel): ExportFile[] {
  const { architecture, plan, parameters, calibration, recipe, training } = network;
  const { input, slots, classes } = plan;
  const json = {
    format: FORMAT,
    version: VERSION,
    description: descriptionLines(network),
    architecture,
    input,
    classes,
    recipe,
    training,
    calibration,
    slots: slots.map(({ name, shape, offset }) => ({ name, shape, offset })),
    weights: toBase64(floatBytes(parameters)),
  };
  return [{ name: 'network.json', bytes: textBytes(`${JSON.stringify(json, null, 1)}\n`) }];
}

type Fields = { readonly [key: string]: unknown };

const damaged = (what: string) =>
  new LabError(
    'log-damaged',
    `This is no network that the lab exported: ${what}. Export it again as JSON.`,
    { what },
  );

function fieldsOf(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null) return { ...value };
  throw damaged(`${what} is missing`);
}

function numberOf(fields: Fields, key: string): number {
  const value = fields[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw damaged(`${key} is not a number`);
}

function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value === 'string') return value;
  throw damaged(`${key} is not a text`);
}

const figureOf = (fields: Fields, key: string) =>
  fields[key] === null ? null : numberOf(fields, key);

function listOf<T>(fields: Fields, key: string, is: (value: unknown) => value is T): T[] {
  const value = fields[key];
  if (Array.isArray(value) && value.every(is)) return value;
  throw damaged(`${key} is not the list that it should be`);
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string';
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function recipeOf(value: unknown): ImageRecipe {
  const fields = fieldsOf(value, 'recipe');
  return {
    dataset: textOf(fields, 'dataset'),
    name: textOf(fields, 'name'),
    classes: listOf(fields, 'classes', isText),
    imagePooling: numberOf(fields, 'imagePooling') === 2 ? 2 : 1,
    mean: listOf(fields, 'mean', isNumber),
    std: listOf(fields, 'std', isNumber),
  };
}

function calibrationOf(value: unknown): Calibration | null {
  if (value === null) return null;
  const fields = fieldsOf(value, 'calibration');
  return {
    images: numberOf(fields, 'images'),
    cells: listOf(fields, 'cells', isFields).map((cell) => ({
      mean: listOf(cell, 'mean', isNumber),
      variance: listOf(cell, 'variance', isNumber),
    })),
  };
}

function trainingOf(value: unknown): TrainedModel['training'] {
  const fields = fieldsOf(value, 'training');
  return {
    config: parseConfig(configFromVersion3(fields.config)),
    seed: numberOf(fields, 'seed'),
    steps: numberOf(fields, 'steps'),
    accuracy: figureOf(fields, 'accuracy'),
    loss: figureOf(fields, 'loss'),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged('it is not JSON');
  }
}

function weightsOf(text: string): Float32Array {
  try {
    return bytesToFloats(fromBase64(text));
  } catch {
    throw damaged('its weights are not Base64');
  }
}

/**
 * Reads what `exportJson` wrote.
 * @throws LabError `log-damaged` naming what is wrong, `config-invalid` for settings that cannot be.
 */
export function readNetworkJson(text: string): TrainedModel {
  const file = fieldsOf(parse(text), 'the file');
  if (file.format !== FORMAT || file.version !== VERSION) {
    throw damaged(`its format is not ${FORMAT} ${VERSION}`);
  }
  const architecture = textOf(file, 'architecture');
  const training = trainingOf(file.training);
  const input = fieldsOf(file.input, 'input');
  const shape = {
    height: numberOf(input, 'height'),
    width: numberOf(input, 'width'),
    channels: numberOf(input, 'channels'),
    classes: numberOf(file, 'classes'),
  };
  const plan = alonePlan(training.config, shape, architectureId(readArchitecture(architecture)));
  const parameters = weightsOf(textOf(file, 'weights'));
  if (parameters.length !== plan.parameterCount) {
    throw damaged(`it has ${parameters.length} weights, not ${plan.parameterCount}`);
  }
  return {
    architecture,
    plan,
    parameters,
    calibration: calibrationOf(file.calibration),
    recipe: recipeOf(file.recipe),
    training,
  };
}
