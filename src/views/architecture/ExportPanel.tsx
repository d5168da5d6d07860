/** The trained network as a file for other tools, and its drawing as a picture. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ExportFormat, TrainedModel } from '../../core/trainedModel.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { standaloneSvg, svgToPng } from '../../viz/shared/export.ts';
import { useCommand } from '../page/lab.ts';
import { type Built, fileStem } from './useNetwork.ts';

interface FormatFacts {
  readonly format: ExportFormat;
  readonly name: string;
  readonly about: string;
}

const FORMATS: readonly FormatFacts[] = [
  {
    format: 'tfjs',
    name: 'TensorFlow.js',
    about: 'Layers model: model.json and weights.bin, for tf.loadLayersModel.',
  },
  {
    format: 'pytorch',
    name: 'PyTorch',
    about: 'A module as readable source, and its weights as safetensors.',
  },
  { format: 'onnx', name: 'ONNX', about: 'One file for ONNX Runtime and what else reads it.' },
  {
    format: 'json',
    name: 'JSON',
    about: 'Settings, figures and weights; the command line exports it again.',
  },
];

const MIME: { readonly [ending: string]: string } = {
  zip: 'application/zip',
  json: 'application/json',
};
const mimeOf = (name: string) =>
  MIME[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

interface ExportPanelProps {
  readonly built: Built;
  readonly model: TrainedModel | null;
}

export function ExportPanel({ built, model }: ExportPanelProps) {
  const command = useCommand();
  const [busy, setBusy] = useState<ExportFormat | null>(null);
  const save = (format: ExportFormat) =>
    command(async ({ networks, platform }) => {
      if (!model) return;
      setBusy(format);
      try {
        const { name, bytes } = await networks.exportModel(model, format);
        platform.download(name, bytes, mimeOf(name));
      } finally {
        setBusy(null);
      }
    });
  return (
    <Panel
      testId="export-network"
      title="Take it with you"
      help="Exported networks give the same predictions as here. The files say how images must be prepared."
    >
      {!model && (
        <p className="panel-hint">Train the network to export it. Its drawing can be saved now.</p>
      )}
      <ul className="export-list">
        {FORMATS.map(({ format, name, about }) => (
          <li key={format}>
            <Button
              icon={<Download size={15} aria-hidden />}
              disabled={!model || busy !== null}
              onClick={() => save(format)}
              data-testid={`export-${format}`}
            >
              {name}
            </Button>
            <p>{about}</p>
          </li>
        ))}
        <li>
          <DrawingButtons id={built.id} />
          <p>The drawing of the network.</p>
        </li>
      </ul>
      {model?.calibration && (
        <p className="panel-hint">
          Batch norm is exported with the statistics of {model.calibration.images} training images:
          predictions equal those of the lab with these statistics, as for a drawing.
        </p>
      )}
    </Panel>
  );
}

function networkDrawing(): SVGSVGElement {
  const svg = document.querySelector<SVGSVGElement>('svg[data-testid="network-drawing"]');
  if (!svg) throw new Error('The network is not drawn.');
  return svg;
}

function DrawingButtons({ id }: { readonly id: string }) {
  const command = useCommand();
  const stem = fileStem('network', id);
  const svg = () =>
    command(({ platform }) => {
      const text = standaloneSvg(networkDrawing());
      platform.download(`${stem}.svg`, new TextEncoder().encode(text), 'image/svg+xml');
    });
  const png = () =>
    command(async ({ platform }) => {
      const picture = await svgToPng(networkDrawing(), 2);
      platform.download(`${stem}.png`, new Uint8Array(await picture.arrayBuffer()), 'image/png');
    });
  return (
    <span className="export-pictures">
      <Button icon={<Download size={15} aria-hidden />} onClick={svg}>
        SVG
      </Button>
      <Button icon={<Download size={15} aria-hidden />} onClick={png}>
        PNG
      </Button>
    </span>
  );
}
