/** One line that says what one sees, and the way to a run of one's own. */
import { SlidersHorizontal } from 'lucide-react';
import { formatCount } from '../../core/format.ts';
import { methodById } from '../../core/method/registry.ts';
import { architectureCount } from '../../core/region.ts';
import type { RunConfig, SpaceConfig } from '../../core/run/config.ts';
import { datasetName } from '../../core/run/datasets.ts';
import { currentRegion } from '../../core/run/regionView.ts';
import { roundWord } from '../../core/run/rounds.ts';
import { openDrawer } from '../../state/commands.ts';
import type { LabState } from '../../state/store.ts';
import { Button } from '../../ui/Button.tsx';
import { useLab, useLabState } from '../page/lab.ts';
import { PresetPicker } from '../settings/PresetPicker.tsx';
import { LoadBar } from '../shell/LoadBar.tsx';
import { StartButton } from './StartButton.tsx';

export function Hero() {
  const first = useLabState((state) => state.recorded || state.run === null);
  return first ? <Welcome /> : <RunLine />;
}

function Welcome() {
  return (
    <section className="hero" aria-labelledby="hero-title">
      <div>
        <h1 id="hero-title">One training run ranks every architecture.</h1>
        <Sentence />
        <LoadBar />
      </div>
      <div className="hero-start">
        <PresetPicker withHelp={false} />
        <div className="hero-actions">
          <StartButton label="Start your own search" testId="start" size="l" />
          <SettingsButton />
        </div>
      </div>
    </section>
  );
}

function sentenceOf({ view, recorded }: LabState): string {
  const region = currentRegion(view);
  if (!view.config || !region) {
    return 'Candidate cells of each stage are trained side by side in your browser; their mixing weights become ranks, and an evolutionary search proposes the next candidates.';
  }
  const { space, task } = view.config;
  const count = formatCount(architectureCount(region.region));
  return `${recorded ? 'Recorded run: ' : ''}${space.stages} stages of ${candidatesText(space)} candidate cells learn ${datasetName(task.dataset)} side by side, and how much the network leans on each ranks all ${count} architectures.`;
}

function Sentence() {
  return <p>{useLabState(sentenceOf)}</p>;
}

export function SettingsButton() {
  const { store } = useLab();
  const wrong = useLabState((state) => state.draft.issues.length);
  return (
    <Button
      icon={<SlidersHorizontal size={16} aria-hidden />}
      data-testid="settings-open"
      aria-haspopup="dialog"
      onClick={() => openDrawer(store, 'settings')}
    >
      {wrong > 0 ? `Settings (${wrong} to correct)` : 'Settings'}
    </Button>
  );
}

/** 5, or 5, 3 where stages offer different numbers. */
const candidatesText = ({ candidates }: SpaceConfig) =>
  new Set(candidates).size === 1 ? String(candidates[0]) : candidates.join(', ');

/** What a run is, in one line. */
function lineOf({ task, space, supernet, method }: RunConfig): string {
  const { kind, name } = methodById(method.id).descriptor;
  const head = `${datasetName(task.dataset)} · ${space.stages} stages`;
  return kind === 'region'
    ? `${head} × ${candidatesText(space)} candidates of ${space.vertices} vertices · ${supernet.steps} steps a supernet`
    : `${head} of ${space.vertices} vertices · ${name}, ${supernet.steps} steps an architecture`;
}

/** Above a run of one's own: what it is, in one line. */
function RunLine() {
  const run = useLabState((state) => state.run);
  const config = useLabState((state) => state.view.config);
  const parent = useLabState((state) => state.view.parent);
  return (
    <section className="run-line" aria-label="This run">
      <div>
        <h1>{run?.title ?? 'A run'}</h1>
        <p>
          {config && lineOf(config)}
          {parent && config && ` · branched after ${roundWord(config)} ${parent.round + 1}`}
        </p>
        <LoadBar />
      </div>
      <div className="hero-actions">
        <SettingsButton />
        <StartButton label="New search" testId="start" />
      </div>
    </section>
  );
}
