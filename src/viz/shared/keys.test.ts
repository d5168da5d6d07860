import { describe, expect, it } from 'vitest';
import {
  brushKey,
  candidateKey,
  classKey,
  confusionKey,
  LIVE_KEY,
  memberKey,
  parseBrushKey,
  parseCandidateKey,
  parseClassKey,
  parseConfusionKey,
  parseEdgeKey,
  parseGenerationKey,
  parseMemberKey,
  parseStageKey,
  parseStepKey,
  stageKey,
  stepKey,
} from './keys.ts';

describe('keys of the run charts', () => {
  it('reads its own keys and refuses others', () => {
    expect(parseCandidateKey(candidateKey(2, 11))).toEqual({ stage: 2, candidate: 11 });
    expect(parseMemberKey(memberKey(3, 1, 4))).toEqual({
      generation: 3,
      stage: 1,
      candidate: 4,
    });
    expect(parseGenerationKey(LIVE_KEY)).toBeNull();
    expect(parseEdgeKey('e:0:9')).toEqual({ stage: 0, edge: 9 });
    expect(parseStepKey(stepKey(250))).toBe(250);
  });
});

describe('keys of the study charts', () => {
  it('reads its own keys and refuses others', () => {
    expect(parseBrushKey(brushKey(['5:a3.1f', '5:0.1']))).toEqual(['5:a3.1f', '5:0.1']);
    expect(parseBrushKey(brushKey([]))).toEqual([]);
    expect(parseBrushKey('5:a3.1f')).toBeNull();
    expect(parseStageKey(stageKey(2))).toBe(2);
    expect(parseStageKey('b:2')).toBeNull();
    expect(parseConfusionKey(confusionKey(3, 5))).toEqual({ truth: 3, predicted: 5 });
    expect(parseClassKey(classKey(7))).toBe(7);
    expect(parseClassKey('k:x')).toBeNull();
  });
});
