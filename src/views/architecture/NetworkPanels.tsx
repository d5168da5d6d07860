/** The whole network as a drawing; two of them, with their difference, when one is compared. */
import { useMemo } from 'react';
import { networkChart } from '../../viz/network/index.ts';
import type { NetworkModel } from '../../viz/network/model.ts';
import { parseStageKey } from '../../viz/shared/keys.ts';
import { ChartPanel } from '../ChartPanel.tsx';
import { choose, useChoices } from './choices.ts';
import { type Built, fileStem } from './useNetwork.ts';

const HELP =
  'Every stage from left to right: its input layer, its cell with each operation, its pooling, the shapes between them, and what each part costs for one image.';

const COMPARED =
  'The same network with its differences from the other: solid edges are only here, dashed ones only there.';

function onSelect(key: string): void {
  const stage = parseStageKey(key);
  if (stage === null) return;
  choose({ stage: useChoices.getState().stage === stage ? null : stage });
}

interface DrawingProps {
  readonly built: Built;
  readonly other: Built | null;
  readonly testId: string;
}

function Drawing({ built, other, testId }: DrawingProps) {
  const stage = useChoices((choices) => choices.stage);
  const { id, shape } = built;
  const compare = other?.id ?? null;
  const model = useMemo<NetworkModel>(
    () => ({ shape, architecture: id, compare, selected: stage === null ? null : { stage } }),
    [shape, id, compare, stage],
  );
  return (
    <ChartPanel
      testId={testId}
      title={other ? `${id} beside ${other.id}` : 'The network'}
      help={other ? COMPARED : HELP}
      kind={networkChart}
      model={model}
      file={fileStem('network', id)}
      onSelect={onSelect}
      empty={null}
    />
  );
}

interface NetworkPanelsProps {
  readonly built: Built;
  readonly compared: Built | null;
}

export function NetworkPanels({ built, compared }: NetworkPanelsProps) {
  return (
    <div className="network-drawings">
      <Drawing built={built} other={compared} testId="network" />
      {compared && <Drawing built={compared} other={built} testId="network-compared" />}
    </div>
  );
}
