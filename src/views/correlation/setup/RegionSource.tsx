/** Where the region of a new study comes from. */
import { useId } from 'react';
import { capturedRegion } from '../../../state/actionsStudy.ts';
import type { LabState } from '../../../state/store.ts';
import type { CapturedRegion, StudyDraft } from '../../../state/study/draft.ts';
import { OptionCard } from '../../../ui/OptionCard.tsx';
import { useLab, useLabState } from '../../page/lab.ts';
import { SettingsButton } from '../../search/Hero.tsx';
import { PresetPicker } from '../../settings/PresetPicker.tsx';
import { type Plan, useEditDraft } from './plan.ts';
import { RegionPreview } from './RegionPreview.tsx';

type Source = StudyDraft['source'];

const whatIs = ({ title, origin }: CapturedRegion) =>
  `Generation ${origin.generation + 1} of “${title}”`;

const DRAWN: readonly { readonly id: Source; readonly name: string; readonly help: string }[] = [
  {
    id: 'depth-stratified',
    name: 'A cell of each depth',
    help: 'Drawn anew with the seed of the settings, shallow to deep: architectures that differ much.',
  },
  {
    id: 'random',
    name: 'Random cells',
    help: 'Drawn anew as a first generation is: density first, then edges.',
  },
];

const hasRegion = (state: LabState) => capturedRegion(state) !== null;

interface RegionSourceProps {
  readonly draft: StudyDraft;
  readonly plan: Plan;
}

export function RegionSource({ draft, plan }: RegionSourceProps) {
  const { store } = useLab();
  const edit = useEditDraft();
  const name = useId();
  const onSearch = useLabState(hasRegion);
  const offered = draft.captured !== null || onSearch;
  const choose = (source: Source) => {
    const captured =
      source === 'captured' ? (draft.captured ?? capturedRegion(store.getState())) : draft.captured;
    edit({ source, captured, touched: false });
  };
  const option = (id: Source, label: string, help: string) => (
    <OptionCard
      key={id}
      group={name}
      label={label}
      help={help}
      checked={draft.source === id}
      testId={`source-${id}`}
      onChange={() => choose(id)}
    />
  );
  return (
    <>
      <fieldset className="sources">
        <legend>Region</legend>
        {offered &&
          option(
            'captured',
            draft.captured ? whatIs(draft.captured) : 'The region on the search screen',
            'The candidates that the search proposed, with the settings of that run.',
          )}
        {DRAWN.map(({ id, name: label, help }) => option(id, label, help))}
      </fieldset>
      {draft.source !== 'captured' && (
        <div className="setup-settings">
          <PresetPicker withHelp={false} />
          <SettingsButton />
        </div>
      )}
      {plan.ok && <RegionPreview region={plan.study.config.region} />}
    </>
  );
}
