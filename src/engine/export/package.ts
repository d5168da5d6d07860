/** Every export format, and how its files become one download. */
import { zipSync } from 'fflate';
import type { ExportFile, ExportFormat, TrainedModel } from '../../core/trainedModel.ts';
import { exportJson } from './json.ts';
import { exportOnnx } from './onnx.ts';
import { exportPytorch } from './pytorch.ts';
import { exportTfjs } from './tfjs.ts';

const WRITERS: { readonly [format in ExportFormat]: (network: TrainedModel) => ExportFile[] } = {
  tfjs: exportTfjs,
  pytorch: exportPytorch,
  onnx: exportOnnx,
  json: exportJson,
};

export const EXPORT_FORMATS: readonly ExportFormat[] = ['tfjs', 'pytorch', 'onnx', 'json'];

/** The earliest date that a zip file can hold: the same network gives the same bytes. */
const ZIP_DATE = '1980-01-01T00:00:00';

/**
 * The files of a format.
 * @throws LabError `usage` if its normalisation cannot be written down in this format.
 */
export function exportFiles(format: ExportFormat, network: TrainedModel): ExportFile[] {
  return WRITERS[format](network);
}

/** What stands in a file's name for an architecture: `5-a3-1f` for `5:a3.1f`. */
const fileStem = ({ architecture, recipe }: TrainedModel) =>
  `fade-${recipe.dataset}-${architecture.replaceAll(/[^0-9a-z]+/g, '-')}`;

/** One file for one download: the file itself, or a zip of several. */
export function exportPackage(format: ExportFormat, network: TrainedModel): ExportFile {
  const files = exportFiles(format, network);
  const [only] = files;
  const stem = fileStem(network);
  if (only && files.length === 1) {
    return { name: `${stem}${only.name.slice(only.name.lastIndexOf('.'))}`, bytes: only.bytes };
  }
  const entries = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
  const zipped = zipSync(entries, { mtime: ZIP_DATE });
  return { name: `${stem}-${format}.zip`, bytes: new Uint8Array(zipped) };
}
