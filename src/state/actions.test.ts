import { describe, expect, it, vi } from 'vitest';
import { packLog } from '../core/log/file.ts';
import { RUN_LOG } from '../core/run/log.ts';
import { syntheticConfig, syntheticLog } from '../core/run/testing.ts';
import { ACTIONS, actionForKey, dispatch } from './actions.ts';
import { createMemoryStorage } from './storage/open.ts';
import { editDraft, setDraft, showRun } from './store.ts';
import { createTestLab } from './testing.ts';

const config = syntheticConfig(4);
const press = (key: string, shiftKey = false) => ({
  key,
  shiftKey,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
});

function openLab() {
  const lab = createTestLab(createMemoryStorage(), config);
  setDraft(lab.store, config);
  const possible = () =>
    ACTIONS.filter((action) => action.when(lab.store.getState())).map((action) => action.id);
  return { lab, possible };
}

describe('actions', () => {
  it('have different ids and keys', () => {
    for (const of of ['id', 'key'] as const) {
      expect(new Set(ACTIONS.map((action) => action[of])).size).toBe(ACTIONS.length);
    }
  });

  it('are found by key, unless the browser means something else by it', () => {
    expect(actionForKey(press(' '))?.id).toBe('toggle-play');
    expect(actionForKey(press('n'))?.id).toBe('step-generation');
    expect(actionForKey(press('N', true))?.id).toBe('step-phase');
    expect(actionForKey(press('?', true))?.id).toBe('toggle-help');
    expect(actionForKey(press('2'))?.id).toBe('view-correlation');
    expect(actionForKey(press('Escape'))?.id).toBe('close');
    expect(actionForKey({ ...press('r'), ctrlKey: true })).toBeNull();
    expect(actionForKey(press('q'))).toBeNull();
  });

  it('are possible when they make sense', () => {
    const { lab, possible } = openLab();
    expect(possible()).toContain('start');
    expect(possible()).not.toContain('export');
    expect(possible()).not.toContain('close');
    showRun(lab.store, syntheticLog({ finished: true }), { status: 'finished' });
    expect(possible()).toContain('branch');
    expect(possible()).not.toContain('toggle-play');
    expect(possible()).not.toContain('live');
    lab.session.back();
    expect(possible()).toEqual(expect.arrayContaining(['live', 'forward', 'toggle-play']));
    editDraft(lab.store, 'space.vertices', 99);
    expect(possible()).not.toContain('start');
  });

  it('start, pause, and say that the past is not rewritten', async () => {
    const { lab } = openLab();
    void dispatch(lab, 'toggle-play');
    await vi.waitFor(() => expect(lab.scripts[0]?.starts.length).toBe(1));
    lab.script().tell(9);
    await dispatch(lab, 'toggle-play');
    await vi.waitFor(() => expect(lab.store.getState().status).toBe('paused'));
    await dispatch(lab, 'back');
    const before = lab.store.getState().run;
    await dispatch(lab, 'toggle-play');
    expect(lab.store.getState().notices.at(-1)?.text).toContain('Branch (B)');
    expect(lab.store.getState().run).toBe(before);
    await dispatch(lab, 'branch');
    expect(lab.store.getState().run?.id).not.toBe(before?.id);
  });

  it('restart with another seed', async () => {
    const { lab } = openLab();
    showRun(lab.store, syntheticLog({ config, finished: true }), { status: 'finished' });
    void dispatch(lab, 'reseed');
    await vi.waitFor(() => expect(lab.scripts[0]?.starts[0]?.config.search.seed).toBe(2));
  });

  it('export and open', async () => {
    const { lab } = openLab();
    showRun(lab.store, syntheticLog({ finished: true }), { status: 'finished' });
    await dispatch(lab, 'export');
    expect(lab.downloads).toHaveLength(1);
    await dispatch(lab, 'open');
    expect(lab.store.getState().run?.events).toHaveLength(16);
  });

  it('show what went wrong as a notice', async () => {
    const { lab } = openLab();
    const bytes = (await packLog(RUN_LOG, syntheticLog())).slice(0, 50);
    lab.platform.download('cut.gz', bytes, '');
    expect(await dispatch(lab, 'open')).toBe(true);
    expect(lab.store.getState().notices[0]?.error?.code).toBe('log-damaged');
  });

  it('change the screen', async () => {
    const { lab } = openLab();
    await dispatch(lab, 'toggle-help');
    await dispatch(lab, 'toggle-tables');
    await dispatch(lab, 'toggle-theme');
    await dispatch(lab, 'view-learn');
    expect(lab.store.getState()).toMatchObject({
      help: true,
      tables: true,
      theme: 'dark',
      screen: 'learn',
    });
    await dispatch(lab, 'close');
    expect(lab.store.getState().help).toBe(false);
    expect(await dispatch(lab, 'close')).toBe(false);
  });
});
