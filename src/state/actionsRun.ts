/** Commands that train, move in time, and branch. */
import { roundWord } from '../core/run/rounds.ts';
import { canToggleStudy, toggleStudy } from './actionsStudy.ts';
import type { Action } from './actionTypes.ts';
import type { Lab } from './lab.ts';
import { type LabState, notify } from './store.ts';
import { runPlays, runTrains } from './trains.ts';

const hasRun = (state: LabState) => state.run !== null;
const ended = (state: LabState) => state.status === 'finished';
const inPast = (state: LabState) => state.cursor !== null;

/** On the screen of a study, to play is to measure. */
const onStudy = ({ screen, study }: LabState) => screen === 'correlation' && study.log !== null;

const canPlay = (state: LabState) =>
  state.recorded || (hasRun(state) ? inPast(state) || !ended(state) : state.draft.config !== null);

const canStep = (state: LabState) =>
  !state.recorded && !runTrains(state) && !inPast(state) && canPlay(state);

async function play(lab: Lab, until: 'phase' | 'round' | 'end'): Promise<void> {
  const state = lab.store.getState();
  if (!state.run) {
    if (state.draft.config) await lab.session.start(state.draft.config, { until });
    return;
  }
  // The past is never rewritten: to go on from it is to branch.
  if (inPast(state) && !state.recorded) {
    notify(
      lab.store,
      'info',
      'The cursor is in the past. Branch (B) to go on from here, or press End.',
    );
    return;
  }
  await lab.session.play(until);
}

export const RUN_ACTIONS: readonly Action[] = [
  {
    id: 'start',
    label: 'Start a new run',
    icon: 'Rocket',
    key: 'S',
    group: 'run',
    help: 'Train with the settings as they stand in the drawer.',
    when: (state) => state.draft.config !== null && !runTrains(state),
    run: async (lab) => {
      const { config } = lab.store.getState().draft;
      if (config) await lab.session.start(config);
    },
  },
  {
    id: 'toggle-play',
    label: 'Play or pause',
    labelFor: (state) => (runPlays(state) ? 'Pause' : 'Play'),
    icon: 'Play',
    iconFor: (state) => (runPlays(state) ? 'Pause' : 'Play'),
    key: 'Space',
    group: 'run',
    help: 'Start, go on, or stop after the present step: the search, or the study on its screen.',
    when: (state) => (onStudy(state) ? canToggleStudy(state) : runPlays(state) || canPlay(state)),
    run: (lab) => {
      const state = lab.store.getState();
      if (onStudy(state)) return toggleStudy(lab);
      return runPlays(state) ? lab.session.pause() : play(lab, 'end');
    },
  },
  {
    id: 'step-generation',
    label: 'Step one generation',
    labelFor: ({ live }) => `Step one ${roundWord(live.config)}`,
    icon: 'SkipForward',
    key: 'N',
    group: 'run',
    help: 'Propose, train, measure and learn once, then wait.',
    when: canStep,
    run: (lab) => play(lab, 'round'),
  },
  {
    id: 'step-phase',
    label: 'Step to the next phase',
    icon: 'StepForward',
    key: 'Shift+N',
    group: 'run',
    help: 'Propose, train, measure or learn: one of them, then wait.',
    when: canStep,
    run: (lab) => play(lab, 'phase'),
  },
  {
    id: 'branch',
    label: 'Branch from here',
    icon: 'GitBranch',
    key: 'B',
    group: 'run',
    help: 'A new run that shares the history up to the round at the cursor.',
    when: (state) => hasRun(state) && !runTrains(state),
    run: (lab) => lab.session.branch(),
  },
  {
    id: 'reseed',
    label: 'Restart with another seed',
    icon: 'Dices',
    key: 'R',
    group: 'run',
    help: 'The same settings from the start, with the next seed.',
    when: (state) => state.live.config !== null && !runTrains(state),
    run: async (lab) => {
      const config = lab.store.getState().live.config;
      if (!config) return;
      const seed = (config.search.seed + 1) % 2 ** 31;
      await lab.session.start({ ...config, search: { ...config.search, seed } });
    },
  },
];

export const HISTORY_ACTIONS: readonly Action[] = [
  {
    id: 'back',
    label: 'Back one generation',
    labelFor: ({ view }) => `Back one ${roundWord(view.config)}`,
    icon: 'ChevronLeft',
    key: 'ArrowLeft',
    group: 'history',
    help: 'Show the state at the end of the round before. Nothing is lost.',
    when: (state) => hasRun(state) && state.view.eventCount > 1,
    run: (lab) => lab.session.back(),
  },
  {
    id: 'forward',
    label: 'Forward one generation',
    labelFor: ({ view }) => `Forward one ${roundWord(view.config)}`,
    icon: 'ChevronRight',
    key: 'ArrowRight',
    group: 'history',
    help: 'Show the next round of the log.',
    when: inPast,
    run: (lab) => lab.session.forward(),
  },
  {
    id: 'live',
    label: 'To the latest',
    icon: 'Radio',
    key: 'End',
    group: 'history',
    help: 'Follow the run as it goes on.',
    when: inPast,
    run: (lab) => lab.session.goTo(null),
  },
];
