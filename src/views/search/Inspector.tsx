/** The drawer at the right: a chosen cell or architecture, large, with its facts. */
import { X } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { type RegionView, regionsOf } from '../../core/run/regionView.ts';
import { IconButton } from '../../ui/Button.tsx';
import { useLabState } from '../page/lab.ts';
import { ArchitectureSheet } from './ArchitectureSheet.tsx';
import { CellSheet } from './CellSheet.tsx';
import { choose, type Selected, useSelection } from './selection.ts';

const titleOf = (selected: Selected) =>
  selected.kind === 'cell'
    ? `Stage ${selected.at.stage + 1}, candidate ${selected.at.candidate + 1}`
    : `Architecture ${selected.choice.map((candidate) => candidate + 1).join(' › ')}`;

export function Inspector() {
  const selected = useSelection((state) => state.selected);
  const live = useLabState((state) => state.live);
  const generation = useMemo(
    () => (selected && regionsOf(live).find((one) => one.index === selected.generation)) ?? null,
    [live, selected],
  );
  useEffect(() => {
    if (!selected) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !document.querySelector('dialog[open]')) choose(null);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [selected]);
  if (!selected || !generation) return null;
  return (
    <aside className="inspector" aria-label="Inspector" data-testid="inspector">
      <header>
        <div>
          <p className="eyebrow">Generation {generation.index + 1}</p>
          <h2>{titleOf(selected)}</h2>
        </div>
        <IconButton label="Close the inspector" shortcut="Esc" onClick={() => choose(null)}>
          <X size={18} aria-hidden />
        </IconButton>
      </header>
      <Sheet selected={selected} generation={generation} />
    </aside>
  );
}

function Sheet({
  selected,
  generation,
}: {
  readonly selected: Selected;
  readonly generation: RegionView;
}) {
  const config = useLabState((state) => state.live.config);
  if (!config) return null;
  return selected.kind === 'cell' ? (
    <CellSheet at={selected.at} generation={generation} config={config} />
  ) : (
    <ArchitectureSheet choice={selected.choice} generation={generation} config={config} />
  );
}
