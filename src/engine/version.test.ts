import { expect, test } from 'vitest';
import { ENGINE_VERSION, otherVersionNote } from './version.ts';

test('going on with a log of another version is said, and nothing else', () => {
  expect(otherVersionNote('run', null)).toBe('');
  expect(otherVersionNote('run', { engineVersion: ENGINE_VERSION })).toBe('');
  expect(otherVersionNote('study', { engineVersion: '0' })).toMatch(
    /^This study was begun by version 0 of the engine and goes on with version \d/,
  );
});
