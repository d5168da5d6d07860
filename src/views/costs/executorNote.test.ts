import { describe, expect, test } from 'vitest';
import type { BackendProbe } from '../../core/run/events.ts';
import { DEFAULT_CONFIG } from '../../core/run/presets.ts';
import { resolveOver } from '../../core/run/resolve.ts';
import { aloneExecutorNote, executorNote } from './executorNote.ts';

const probe = (name: 'webgpu' | 'wasm' | 'cpu', lacks: BackendProbe['lacks'] = {}) => ({
  chosen: { name, adapter: '', reason: '' },
  candidates: [],
  lacks,
});

const second = resolveOver(DEFAULT_CONFIG, { supernet: { alpha: { order: 'second' } } });
const l2 = resolveOver(DEFAULT_CONFIG, { supernet: { normalisation: 'l2' } });

describe('the executor before the start', () => {
  test.each([
    ['webgpu', 'Own shaders (WebGPU)'],
    ['wasm', 'Own kernels (WASM)'],
    ['cpu', 'TensorFlow.js'],
  ] as const)('on %s it is %s, with nothing to explain', (backend, name) => {
    expect(executorNote(DEFAULT_CONFIG, probe(backend))).toMatchObject({ name, reason: '' });
  });

  test('an option that only TensorFlow.js has is named', () => {
    const reason = 'Second-order steps of alpha run on TensorFlow.js only.';
    expect(executorNote(second, probe('webgpu'))).toMatchObject({ name: 'TensorFlow.js', reason });
    expect(executorNote(second, probe('wasm'))).toMatchObject({ name: 'TensorFlow.js', reason });
    expect(executorNote(l2, probe('wasm')).reason).toMatch(/^L2 normalisation/);
    expect(executorNote(l2, probe('webgpu')).reason).toBe('');
  });

  test('what the machine lacks is named', () => {
    const lacks = { wasm: 'There is no SIMD.' };
    expect(executorNote(DEFAULT_CONFIG, probe('wasm', lacks))).toMatchObject({
      name: 'TensorFlow.js',
      reason: 'There is no SIMD.',
    });
  });

  test('before the probe only what is true everywhere is said', () => {
    expect(executorNote(DEFAULT_CONFIG, null).name).toMatch(/fastest/);
    expect(executorNote(l2, null).name).toMatch(/fastest/);
    expect(executorNote(second, null).reason).toMatch(/^Second-order/);
  });

  test('a network alone has no steps of alpha', () => {
    expect(aloneExecutorNote(second, probe('wasm'))).toMatchObject({
      name: 'Own kernels (WASM)',
      reason: '',
    });
  });
});
