/** The event of a survived loss: what it says, what it changes, and what it must not change. */
import { describe, expect, it } from 'vitest';
import { logDigest } from '../log/digest.ts';
import { decodeLog, encodeLog } from '../log/lines.ts';
import type { RunConfig } from './config.ts';
import { deviceLossSentence } from './deviceLoss.ts';
import type { DeviceLost, RunEvent } from './events.ts';
import { cursorAtRound, resumePrefix } from './history.ts';
import { RUN_LOG } from './log.ts';
import { stopsOf } from './phase.ts';
import { reduceLog } from './reducer.ts';
import { startedEvent, syntheticConfig, syntheticEvents, syntheticLog } from './testing.ts';

const LOST: DeviceLost = {
  type: 'device/lost',
  at: 7,
  wall: 75,
  round: 1,
  job: 0,
  supernet: 0,
  step: 3,
  message: 'a cable',
  from: { job: 0, supernet: 0, step: 2 },
};

const calm = syntheticEvents({ generations: 2, finished: true });
// Header, seven events of generation 0, the start of generation 1, and three steps.
const PLACE = 1 + 7 + 1 + 3;
const shaken: readonly RunEvent[] = calm.toSpliced(PLACE, 0, LOST);

describe('device/lost', () => {
  it('never enters the digest', () => {
    expect(logDigest(RUN_LOG, shaken)).toBe(logDigest(RUN_LOG, calm));
  });

  it('survives a file, and is checked when it comes from one', () => {
    const log = { ...syntheticLog(), events: shaken };
    const text = encodeLog(RUN_LOG, log);
    expect(decodeLog(RUN_LOG, text, 'run.jsonl')).toEqual(log);
    const from = '"from":{"job":0,"supernet":0,"step":2}';
    expect(text).toContain(from);
    const wrong = text.replace(from, from.replace('2', '-2'));
    expect(() => decodeLog(RUN_LOG, wrong, 'run.jsonl')).toThrow(/from\.step/);
  });

  it('is shown in its generation, and changes nothing else', () => {
    expect(reduceLog(shaken, PLACE).lost).toBeNull();
    const view = reduceLog(shaken, PLACE + 1);
    expect(view.lost).toBe(LOST);
    expect(view.phase).toBe('training');
    expect(reduceLog(shaken)).toEqual({
      ...reduceLog(calm),
      eventCount: shaken.length,
      lost: LOST,
    });
    const next = startedEvent(syntheticConfig(), 2);
    expect(reduceLog([...shaken.slice(0, PLACE + 1), next]).lost).toBeNull();
  });

  it('is no place to stop at, and stays in what a resumed run keeps', () => {
    expect(stopsOf(shaken).map(({ phase }) => phase)).toEqual(
      stopsOf(calm).map(({ phase }) => phase),
    );
    expect(cursorAtRound(shaken, 1)).toBe(cursorAtRound(calm, 1) + 1);
    const broken = shaken.slice(0, PLACE + 2);
    const { events } = resumePrefix(broken, { round: 1, job: 0, supernet: 0, step: 4 });
    expect(events).toEqual(broken);
  });
});

describe('the sentence', () => {
  function runOf(supernets: number, method = 'pseudo-gradient'): RunConfig {
    const config = syntheticConfig();
    return {
      ...config,
      ranker: { ...config.ranker, supernets },
      method: { id: method, options: {} },
    };
  }

  it('names the steps', () => {
    expect(
      deviceLossSentence({ ...LOST, step: 120, from: { supernet: 0, step: 100 } }, runOf(1)),
    ).toBe('The GPU was lost at step 120; training went on from step 100.');
  });

  it('names the supernets of an ensemble, and the start', () => {
    const lost = { ...LOST, supernet: 1, step: 20, from: { supernet: 0, step: 100 } };
    expect(deviceLossSentence(lost, runOf(2))).toBe(
      'The GPU was lost at step 20 of supernet 2; training went on from step 100 of supernet 1.',
    );
    expect(deviceLossSentence({ ...lost, from: { supernet: 0, step: 0 } }, runOf(2))).toMatch(
      /from the start of the generation\.$/,
    );
    expect(
      deviceLossSentence(
        { ...LOST, step: 4, from: { supernet: 0, step: 0 } },
        runOf(1, 'local-search'),
      ),
    ).toBe('The GPU was lost at step 4; training went on from its start.');
  });
});
