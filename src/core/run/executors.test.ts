import { describe, expect, it } from 'vitest';
import { chooseExecutor, EXECUTORS, type ExecutorNeeds, executorNeeds } from './executors.ts';
import { resolveConfig } from './resolve.ts';

const NEEDS: ExecutorNeeds = {
  kernel: 3,
  normalisation: 'batch',
  order: 'joint',
};

describe('chooseExecutor', () => {
  it('takes the fast one of the backend, without a word', () => {
    expect(chooseExecutor(NEEDS, 'wasm')).toEqual({ id: 'wasm', reason: '' });
    expect(chooseExecutor(NEEDS, 'webgpu')).toEqual({ id: 'webgpu', reason: '' });
    expect(chooseExecutor(NEEDS, 'cpu')).toEqual({ id: 'stock', reason: '' });
  });

  it.each([
    ['normalisation', { normalisation: 'l2' }],
    ['order', { order: 'second' }],
    ['kernel', { kernel: 9 }],
  ] as const)('falls back where the fast one lacks the %s, and says why', (_, missing) => {
    const { id, reason } = chooseExecutor({ ...NEEDS, ...missing }, 'wasm');
    expect(id).toBe('stock');
    expect(reason).toMatch(/^[A-Z].+\.$/);
  });

  it('takes the preferred one, and says why if it cannot', () => {
    expect(chooseExecutor(NEEDS, 'wasm', 'stock')).toEqual({ id: 'stock', reason: '' });
    const elsewhere = chooseExecutor(NEEDS, 'cpu', 'wasm');
    expect(elsewhere.id).toBe('stock');
    expect(elsewhere.reason).toContain('wasm');
  });

  it('asks what the machine lacks', () => {
    const without = (id: string) => (id === 'stock' ? true : 'No SIMD here.');
    const choice = chooseExecutor(NEEDS, 'wasm', 'auto', without);
    expect(choice).toEqual({ id: 'stock', reason: 'No SIMD here.' });
  });

  it('knows what a config needs', () => {
    expect(executorNeeds(resolveConfig({ preset: 'quick' }))).toEqual(NEEDS);
  });

  it('ends with the one that can do everything', () => {
    const last = EXECUTORS.at(-1);
    expect(last?.id).toBe('stock');
    expect(last?.supports({ ...NEEDS, normalisation: 'l2', order: 'second' })).toBe(true);
  });
});
