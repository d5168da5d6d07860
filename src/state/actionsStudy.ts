/** Commands of correlation studies. */
import { toCsv } from '../core/csv.ts';
import { currentRegion } from '../core/run/regionView.ts';
import type { Action } from './actionTypes.ts';
import { askForMore, editStudyDraft, goTo, setUpStudy } from './commands.ts';
import type { Lab } from './lab.ts';
import type { LabState } from './store.ts';
import type { CapturedRegion } from './study/draft.ts';
import { studyFileName } from './study/names.ts';
import { studyTrains } from './trains.ts';

/** True if there is something left to measure. */
const canMeasure = ({ study }: LabState) =>
  study.log !== null && !study.recorded && !study.settingUp && study.status !== 'finished';

/** Whether a study can be paused or gone on with. */
export const canToggleStudy = (state: LabState): boolean => studyTrains(state) || canMeasure(state);

/** Pauses the study, or goes on with it. */
export function toggleStudy({ store, studies }: Lab): void | Promise<void> {
  return studyTrains(store.getState()) ? studies.pause() : studies.resume();
}

const hasResults = ({ study }: LabState) => study.log !== null && study.view.eventCount > 0;

/** The region on the search screen, with its settings; null if there is none. */
export function capturedRegion({ run, view }: LabState): CapturedRegion | null {
  const generation = currentRegion(view);
  if (!run || !view.config || !generation) return null;
  return {
    origin: { kind: 'generation', run: run.id, generation: generation.index },
    title: run.title,
    region: generation.region,
    config: view.config,
  };
}

const encode = (text: string) => new TextEncoder().encode(text);

/** The table of rankers is made where it is needed: it brings every ranker with it. */
async function exportCsv({ store, platform }: Lab): Promise<void> {
  const { log, view } = store.getState().study;
  if (!log) return;
  const { studyTable } = await import('../core/study/table.ts');
  platform.download(studyFileName(log, 'csv'), encode(toCsv(studyTable(view))), 'text/csv');
}

async function exportJson({ store, platform }: Lab): Promise<void> {
  const { log, view, report } = store.getState().study;
  if (!log) return;
  const { config, amount, backend } = view;
  const content = { title: log.title, config, amount, backend, analysis: report?.analysis ?? null };
  const text = `${JSON.stringify(content, null, 2)}\n`;
  platform.download(studyFileName(log, 'json'), encode(text), 'application/json');
}

export const STUDY_ACTIONS: readonly Action[] = [
  {
    id: 'correlate',
    label: 'Correlate this region',
    icon: 'ChartScatter',
    key: 'C',
    group: 'study',
    help: 'Train architectures of this region alone, and see how well its ranks predict them.',
    when: (state) => currentRegion(state.view) !== null,
    run({ store }) {
      const captured = capturedRegion(store.getState());
      if (!captured) return;
      editStudyDraft(store, { source: 'captured', captured });
      setUpStudy(store, true);
      goTo(store, 'correlation');
    },
  },
  {
    id: 'toggle-study',
    label: 'Pause or resume the study',
    labelFor: (state) => (studyTrains(state) ? 'Pause the study' : 'Resume the study'),
    icon: 'Play',
    iconFor: (state) => (studyTrains(state) ? 'Pause' : 'Play'),
    key: 'P',
    group: 'study',
    help: 'Stop after the present step, or go on. What is finished is kept.',
    when: canToggleStudy,
    run: toggleStudy,
  },
  {
    id: 'study-more',
    label: 'Add more',
    icon: 'Plus',
    key: 'M',
    group: 'study',
    help: 'More architectures, seeds or supernets; nothing measured so far is lost.',
    when: (state) => hasResults(state) && !state.study.settingUp,
    run: ({ store }) => {
      askForMore(store, true);
      goTo(store, 'correlation');
    },
  },
  {
    id: 'study-csv',
    label: 'Export the study’s table (CSV)',
    icon: 'Sheet',
    key: 'Shift+C',
    group: 'study',
    help: 'A row for each architecture: sizes, accuracies, and the score of every ranker.',
    when: hasResults,
    run: exportCsv,
  },
  {
    id: 'study-json',
    label: 'Export the study’s statistics (JSON)',
    icon: 'Braces',
    key: 'Shift+J',
    group: 'study',
    help: 'Settings, truth and every figure with its interval.',
    when: hasResults,
    run: exportJson,
  },
  {
    id: 'study-export',
    label: 'Export the study',
    icon: 'Download',
    key: 'Shift+E',
    group: 'study',
    help: 'Save the log as a file that this lab and its command line read.',
    when: hasResults,
    run: async ({ studies, platform }) => {
      const { fileName, bytes } = await studies.exportLog();
      platform.download(fileName, bytes, 'application/gzip');
    },
  },
];
