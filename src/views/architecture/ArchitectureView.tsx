/** One architecture: its network, its training alone, what it says of images, and its exports. */
import './ArchitectureView.css';
import { useMemo } from 'react';
import { useLabState } from '../page/lab.ts';
import { LoadBar } from '../shell/LoadBar.tsx';
import { ConfusionPanel } from './ConfusionPanel.tsx';
import { DrawPanel } from './DrawPanel.tsx';
import { EmptyNetwork } from './EmptyNetwork.tsx';
import { ExportPanel } from './ExportPanel.tsx';
import { NetworkHeader } from './NetworkHeader.tsx';
import { NetworkPanels } from './NetworkPanels.tsx';
import { SamplesPanel } from './SamplesPanel.tsx';
import { TrainPanel } from './TrainPanel.tsx';
import { type Built, settingsOf, tryBuild, useCompared, useTraining } from './useNetwork.ts';

export function ArchitectureView() {
  const id = useLabState((state) => state.architecture);
  const config = useLabState(settingsOf);
  const tried = useMemo(() => (id === null ? null : tryBuild(id, config)), [id, config]);
  if (!tried) return <EmptyNetwork problem={null} />;
  if ('problem' in tried) return <EmptyNetwork problem={tried.problem} />;
  return <Network built={tried.built} />;
}

function Network({ built }: { readonly built: Built }) {
  const compared = useCompared(built.config);
  const training = useTraining(built);
  const trained = training.outcome?.trained ?? null;
  return (
    <div className="screen-frame" data-testid="architecture">
      <NetworkHeader built={built} compared={compared} />
      <LoadBar />
      <NetworkPanels built={built} compared={compared} />
      <div className="architecture-columns">
        <TrainPanel built={built} compared={compared} training={training} />
        <DrawPanel built={built} model={trained?.model ?? null} />
        <ConfusionPanel trained={trained} />
        <SamplesPanel trained={trained} />
      </div>
      <ExportPanel built={built} model={trained?.model ?? null} />
    </div>
  );
}
