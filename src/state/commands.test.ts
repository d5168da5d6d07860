import { describe, expect, it } from 'vitest';
import { syntheticConfig } from '../core/run/testing.ts';
import * as commands from './commands.ts';
import { createLabStore, INITIAL_STATE } from './store.ts';

describe('commands of the page', () => {
  it('change what they name and nothing else', () => {
    const store = createLabStore();
    commands.openDrawer(store, 'runs');
    commands.goTo(store, 'learn');
    commands.showHelp(store, true);
    commands.allowShortcuts(store, false);
    commands.noteBattery(store, true);
    expect(store.getState()).toEqual({
      ...INITIAL_STATE,
      drawer: 'runs',
      screen: 'learn',
      help: true,
      shortcuts: false,
      onBattery: true,
    });
    commands.closeDrawer(store);
    expect(store.getState().drawer).toBe('closed');
  });

  it('choose a network with the settings of its list', () => {
    const store = createLabStore();
    const config = syntheticConfig(4);
    commands.chooseNetwork(store, '4:3.5', config);
    expect(store.getState()).toMatchObject({ architecture: '4:3.5', architectureConfig: config });
  });

  it('change one field of a study’s form, and keep the others', () => {
    const store = createLabStore();
    commands.editStudyDraft(store, { seeds: 5 });
    commands.editStudyDraft(store, { proxies: false });
    commands.setUpStudy(store, true);
    commands.askForMore(store, true);
    expect(store.getState().study).toEqual({
      ...INITIAL_STATE.study,
      draft: { ...INITIAL_STATE.study.draft, seeds: 5, proxies: false },
      settingUp: true,
      adding: true,
    });
  });
});
