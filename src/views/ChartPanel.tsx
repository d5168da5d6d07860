/** A chart in its panel, with the table view and the export menu that every chart has. */
import { type ReactNode, useRef } from 'react';
import { toCsv } from '../core/csv.ts';
import type { Lab } from '../state/lab.ts';
import { DataTable } from '../ui/DataTable.tsx';
import type { MenuItem } from '../ui/Menu.tsx';
import { Panel } from '../ui/Panel.tsx';
import type { Chart as ChartKind } from '../viz/shared/chart.ts';
import { standaloneSvg, svgToPng } from '../viz/shared/export.ts';
import { Chart } from './Chart.tsx';
import { useCommand, useLabState } from './page/lab.ts';

interface ChartPanelProps<Model> {
  readonly title: string;
  readonly help: string;
  readonly kind: ChartKind<Model>;
  /** Null: there is nothing to draw yet, and `empty` says so. */
  readonly model: Model | null;
  readonly empty: ReactNode;
  /** Stem of exported files. */
  readonly file: string;
  readonly fill?: boolean;
  readonly height?: number;
  readonly onHover?: (key: string | null) => void;
  readonly onSelect?: (key: string) => void;
  readonly before?: ReactNode;
  readonly after?: ReactNode;
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly testId?: string;
}

const encode = (text: string) => new TextEncoder().encode(text);
const PNG_SCALE = 2;

export function ChartPanel<Model>(props: ChartPanelProps<Model>) {
  const { title, help, kind, model, empty, file, before, after, aside, className, testId } = props;
  const svg = useRef<SVGSVGElement>(null);
  const command = useCommand();
  const tables = useLabState((state) => state.tables);

  const save = (write: (lab: Lab, svg: SVGSVGElement, model: Model) => unknown) => () =>
    command((lab) => (svg.current && model !== null ? write(lab, svg.current, model) : undefined));
  const exports: readonly MenuItem[] = [
    {
      id: 'svg',
      label: 'Drawing (SVG)',
      onSelect: save(({ platform }, drawing) =>
        platform.download(`${file}.svg`, encode(standaloneSvg(drawing)), 'image/svg+xml'),
      ),
    },
    {
      id: 'png',
      label: 'Picture (PNG)',
      onSelect: save(async ({ platform }, drawing) => {
        const picture = await svgToPng(drawing, PNG_SCALE);
        platform.download(`${file}.png`, new Uint8Array(await picture.arrayBuffer()), 'image/png');
      }),
    },
    {
      id: 'csv',
      label: 'Numbers (CSV)',
      onSelect: save(({ platform }, _, facts) =>
        platform.download(`${file}.csv`, encode(toCsv(kind.table(facts))), 'text/csv'),
      ),
    },
  ];

  return (
    <Panel
      title={title}
      help={help}
      className={className}
      aside={aside}
      startAsTable={tables}
      table={
        model === null ? undefined : () => <DataTable caption={title} {...kind.table(model)} />
      }
      exports={exports}
      empty={model === null ? empty : undefined}
      testId={testId}
    >
      {before}
      {model !== null && (
        <Chart
          kind={kind}
          model={model}
          svgRef={svg}
          {...(props.fill === undefined ? {} : { fill: props.fill })}
          {...(props.height === undefined ? {} : { height: props.height })}
          onHover={props.onHover}
          onSelect={props.onSelect}
          testId={testId ? `${testId}-drawing` : undefined}
        />
      )}
      {after}
    </Panel>
  );
}
