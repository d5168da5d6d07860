/** An open study: what it is, how far it is, and everything that it says. */
import { studyTrains } from '../../state/trains.ts';
import './StudyScreen.css';
import { type ComponentType, memo, type ReactNode, useEffect, useState } from 'react';
import { Banner } from '../../ui/Banner.tsx';
import { useLabState } from '../page/lab.ts';
import { LoadBar } from '../shell/LoadBar.tsx';
import { ArchitecturesPanel } from './architectures/ArchitecturesPanel.tsx';
import { PairsPanel } from './architectures/PairsPanel.tsx';
import { ScatterPanel } from './architectures/ScatterPanel.tsx';
import { SplitHalfPanel } from './architectures/SplitHalfPanel.tsx';
import { StagesPanel } from './architectures/StagesPanel.tsx';
import { TopKPanel } from './architectures/TopKPanel.tsx';
import { ProgressPanel } from './progress/ProgressPanel.tsx';
import { CurvePanel } from './rankers/CurvePanel.tsx';
import { RankersPanel } from './rankers/RankersPanel.tsx';
import { RegionsPanel } from './rankers/RegionsPanel.tsx';
import { Tiles } from './rankers/Tiles.tsx';
import { StudyHeader } from './StudyHeader.tsx';
import { MoreDialog } from './setup/MoreDialog.tsx';
import { RegionPreview } from './setup/RegionPreview.tsx';
import { type Reported, useReported, useStudy } from './useStudy.ts';
import { Warnings } from './Warnings.tsx';

export function StudyScreen() {
  return (
    <div className="screen-frame" data-testid="study">
      <StudyHeader />
      <LoadBar />
      <ProgressPanel />
      <Result />
      <MoreDialog />
    </div>
  );
}

function Result(): ReactNode {
  const reported = useReported();
  const error = useStudy((study) => study.reportError);
  if (!reported) {
    return error ? (
      <Banner tone="error" title="There is no correlation yet" testId="report-error">
        <p>{error.message}</p>
      </Banner>
    ) : (
      <Waiting />
    );
  }
  return <Panels reported={reported} />;
}

type Column = readonly ComponentType<{ readonly reported: Reported }>[];

/** Side by side on wide screens; each panel redraws only if what it shows has changed. */
const LEFT: Column = [ScatterPanel, TopKPanel, PairsPanel, SplitHalfPanel].map((one) => memo(one));
const RIGHT: Column = [RankersPanel, CurvePanel, StagesPanel, RegionsPanel].map((one) => memo(one));
const Architectures = memo(ArchitecturesPanel);

/** The panels appear one after the other in successive frames, so that none of them is long. */
function Panels({ reported }: { readonly reported: Reported }) {
  const turn = useTurns(LEFT.length + RIGHT.length + 1);
  const column = (panels: Column, count: number) => (
    <div className="study-column">
      {panels.slice(0, count).map((Panel, index) => (
        <Panel key={index} reported={reported} />
      ))}
    </div>
  );
  return (
    <>
      <Warnings reported={reported} />
      <Tiles reported={reported} />
      <div className="study-grid">
        {column(LEFT, Math.ceil(turn / 2))}
        {column(RIGHT, Math.floor(turn / 2))}
      </div>
      {turn > LEFT.length + RIGHT.length && <Architectures reported={reported} />}
    </>
  );
}

/** Counts from one to `total`, a step a frame. */
function useTurns(total: number): number {
  const [turn, setTurn] = useState(1);
  useEffect(() => {
    if (turn >= total) return;
    const frame = requestAnimationFrame(() => setTurn(turn + 1));
    return () => cancelAnimationFrame(frame);
  }, [turn, total]);
  return turn;
}

function Waiting() {
  const count = useStudy(
    ({ view }) => view.architectures.filter(({ evaluations }) => evaluations.length > 0).length,
  );
  const trains = useLabState(studyTrains);
  const region = useStudy(({ view }) => view.config?.region);
  return (
    <div className="study-waiting" role="status">
      <p>
        {count >= 3
          ? 'The figures are being computed…'
          : `A correlation needs at least three architectures trained alone; ${count === 0 ? 'none is' : `${count} ${count === 1 ? 'is' : 'are'}`} so far. ${trains ? 'The first figures appear on their own.' : 'Resume to go on.'}`}
      </p>
      {region && <RegionPreview region={region} />}
    </div>
  );
}
