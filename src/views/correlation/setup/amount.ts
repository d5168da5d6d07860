/** The fields of an amount, for the form of a study and for the dialog that asks for more. */
import type { NumberField } from '../../../core/run/fields.ts';
import { FEWEST_ARCHITECTURES, type StudyAmount } from '../../../core/study/config.ts';
import { STUDY_BOUNDS } from '../../../core/study/validate.ts';

export type AmountField = NumberField & { readonly path: keyof StudyAmount };

const NONE: StudyAmount = { architectures: 0, seeds: 0, supernets: 0 };

/** @param most Architectures there are. @param fewest What is asked for already. */
export function amountFields(most: number, fewest: StudyAmount = NONE): readonly AmountField[] {
  const [fewestSeeds, mostSeeds] = STUDY_BOUNDS.seeds;
  const [fewestSupernets, mostSupernets] = STUDY_BOUNDS.supernets;
  return [
    {
      kind: 'integer',
      path: 'architectures',
      label: 'Architectures',
      help: 'Trained alone, spread over the predicted order. 30 or more make intervals usable.',
      minimum: Math.max(FEWEST_ARCHITECTURES, fewest.architectures),
      maximum: most,
    },
    {
      kind: 'integer',
      path: 'seeds',
      label: 'Seeds of each',
      help: 'Trainings of every architecture. Two or more tell how noisy the truth is.',
      minimum: Math.max(fewestSeeds, fewest.seeds),
      maximum: mostSeeds,
    },
    {
      kind: 'integer',
      path: 'supernets',
      label: 'Supernets',
      help: 'Trained with different seeds; their average ranks better than one.',
      minimum: Math.max(fewestSupernets, fewest.supernets),
      maximum: mostSupernets,
    },
  ];
}
