import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BackendInfo } from '../../core/run/events.ts';
import { reduceLog } from '../../core/run/reducer.ts';
import { syntheticLog } from '../../core/run/testing.ts';
import { INITIAL_STATE, type LabState, makeDraft } from '../../state/store.ts';
import { backendFacts, backendInfo } from './backendFacts.ts';

const WHY = 'Threads need a page of their own.';

const on = (name: BackendInfo['name'], more: Partial<LabState> = {}): LabState => ({
  ...INITIAL_STATE,
  backend: { chosen: { name, adapter: '', reason: '' }, candidates: [], lacks: {} },
  ...more,
});

const fact = (state: LabState, name: string) =>
  backendFacts(state).find(([key]) => key === name)?.[1];

afterEach(() => void vi.unstubAllGlobals());

describe('what computes here', () => {
  it('is not known before the probe', () => {
    expect(backendInfo(INITIAL_STATE)).toBe(null);
    expect(backendFacts(INITIAL_STATE)).toEqual([]);
  });

  it('is named with threads, and with the reason where there is only one', () => {
    const alone = on('wasm', { team: { threads: 1, reason: WHY } });
    expect(fact(alone, 'Trains with')).toBe('Own kernels (WASM)');
    expect(fact(alone, 'Threads')).toBe(`One thread. ${WHY}`);
    const four = on('wasm', { team: { threads: 4, reason: '' } });
    expect(fact(four, 'Threads')).toBe('4 threads share each step.');
  });

  it('has no threads to speak of on a GPU or with TensorFlow.js', () => {
    const team = { threads: 4, reason: '' };
    expect(fact(on('webgpu', { team }), 'Threads')).toBe(undefined);
    const second = makeDraft({
      ...INITIAL_STATE.draft.config,
      supernet: { ...INITIAL_STATE.draft.config?.supernet, normalisation: 'l2' },
    });
    const stock = on('wasm', { team, draft: second });
    expect(fact(stock, 'Trains with')).toBe(
      'TensorFlow.js. L2 normalisation runs on TensorFlow.js only.',
    );
    expect(fact(stock, 'Threads')).toBe(undefined);
  });

  it('tells of jobs on the screen of studies', () => {
    vi.stubGlobal('navigator', { hardwareConcurrency: 4 });
    const state = on('wasm', { team: { threads: 3, reason: '' }, screen: 'correlation' });
    expect(fact(state, 'Threads')).toBe('3 trainings at once, one thread each.');
  });

  it('goes by the header of an open run, but not by that of a recording', () => {
    const view = reduceLog(syntheticLog().events);
    const { header } = view;
    if (!header) throw new Error('no header');
    const state = on('webgpu', { view });
    expect(backendInfo(state)).toEqual(header.backend);
    expect(backendInfo({ ...state, recorded: true })?.name).toBe('webgpu');
  });
});
