/** Commands about files and about the screen itself. */
import type { Action } from './actionTypes.ts';
import { closeDrawer, goTo, showHelp } from './commands.ts';
import type { Lab } from './lab.ts';
import { openFile } from './openFile.ts';
import { type Theme, VIEW_IDS, type ViewId } from './store.ts';
import { runTrains } from './trains.ts';

/** System, then its opposite, then its like: so every press from the system's theme shows. */
function nextTheme(theme: Theme, prefersDark: boolean): Theme {
  const [opposite, like]: readonly [Theme, Theme] = prefersDark
    ? ['light', 'dark']
    : ['dark', 'light'];
  if (theme === 'system') return opposite;
  return theme === opposite ? like : 'system';
}

export const FILE_ACTIONS: readonly Action[] = [
  {
    id: 'export',
    label: 'Export run',
    icon: 'Download',
    key: 'E',
    group: 'file',
    help: 'Save the log as a file that this lab and its command line read.',
    when: (state) => state.run !== null,
    run: async (lab) => {
      const { fileName, bytes } = await lab.session.exportRun();
      lab.platform.download(fileName, bytes, 'application/gzip');
    },
  },
  {
    id: 'open',
    label: 'Open a file',
    icon: 'FolderOpen',
    key: 'O',
    group: 'file',
    help: 'Open an exported run or correlation study.',
    when: (state) => !runTrains(state),
    run: async (lab) => {
      const file = await lab.platform.pickFile('.gz,.jsonl');
      if (file) await openFile(lab, file.name, file.bytes);
    },
  },
];

export const SCREEN_ACTIONS: readonly Action[] = [
  {
    id: 'toggle-theme',
    label: 'Change theme',
    icon: 'SunMoon',
    key: 'T',
    group: 'screen',
    help: 'Dark, light, or as the system has it.',
    when: () => true,
    run: ({ store, platform }) =>
      store.setState(({ theme }) => ({ theme: nextTheme(theme, platform.prefersDark()) })),
  },
  {
    id: 'toggle-tables',
    label: 'Charts as tables',
    icon: 'Table',
    key: 'V',
    group: 'screen',
    help: 'Show the numbers behind every chart.',
    when: () => true,
    run: ({ store }) => store.setState(({ tables }) => ({ tables: !tables })),
  },
  {
    id: 'toggle-help',
    label: 'Keys and help',
    icon: 'Keyboard',
    key: '?',
    group: 'screen',
    help: 'All commands and their keys.',
    when: () => true,
    run: ({ store }) => showHelp(store, !store.getState().help),
  },
  {
    id: 'close',
    label: 'Close',
    icon: 'X',
    key: 'Escape',
    group: 'screen',
    help: 'Close the sheet or drawer on top.',
    when: (state) => state.help || state.drawer !== 'closed',
    run: ({ store }) => (store.getState().help ? showHelp(store, false) : closeDrawer(store)),
  },
];

const VIEW_ICONS: { readonly [V in ViewId]: string } = {
  search: 'Compass',
  correlation: 'ChartScatter',
  architecture: 'Network',
  learn: 'GraduationCap',
  data: 'Images',
};

export const VIEW_ACTIONS: readonly Action[] = VIEW_IDS.map((screen, index) => ({
  id: `view-${screen}` as const,
  label: `${screen[0]?.toUpperCase()}${screen.slice(1)}`,
  icon: VIEW_ICONS[screen],
  key: String(index + 1),
  group: 'screen' as const,
  help: `Go to the ${screen} screen.`,
  when: () => true,
  run: ({ store }: Lab) => goTo(store, screen),
}));
