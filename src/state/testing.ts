/** A lab without browser and training: a scripted worker that tells made-up runs. */
import type { RunConfig } from '../core/run/config.ts';
import type { RunEvent } from '../core/run/events.ts';
import {
  NOWHERE,
  phaseEndedBy,
  type StopPhase,
  standingAfter,
  standingOf,
} from '../core/run/phase.ts';
import { syntheticEvents } from '../core/run/testing.ts';
import { createInlineStatistics } from '../worker/client/statistics.testing.ts';
import { createFakeWorker, type FakeWorker } from '../worker/client/training.testing.ts';
import type { Checkpoint, RequestBody, RunUntil, ToWorker } from '../worker/protocol/training.ts';
import { createLab } from './createLab.ts';
import type { Lab, Platform } from './lab.ts';
import type { LabStorage } from './storage/open.ts';
import { createScriptedStudy, type ScriptedStudy } from './study/testing.ts';

/** Whether a phase ends a request. */
const ends = (phase: StopPhase, until: RunUntil) =>
  phase === 'finished' ||
  (phase === 'moved' && until === 'round') ||
  (phase !== 'started' && until === 'phase');

export interface ScriptedWorker {
  readonly worker: FakeWorker;
  /** Bodies of the `start` requests. */
  readonly starts: RequestBody<'start'>[];
  /** Says the next `count` events (all up to the end of the request by default). */
  tell(count?: number): void;
  checkpoint(checkpoint: Checkpoint): void;
  /** Its part for correlation studies. */
  readonly study: ScriptedStudy;
}

/** A worker that says the events of a made-up run, when told to. */
export function createScriptedWorker(generations: number): ScriptedWorker {
  const starts: RequestBody<'start'>[] = [];
  let pending: { id: number; until: RunUntil } | null = null;
  let run = '';
  let ahead: RunEvent[] = [];
  let standing = NOWHERE;

  const begin = (body: RequestBody<'start'>) => {
    starts.push(body);
    run = body.run;
    const whole = syntheticEvents({ config: body.config, generations, finished: true });
    ahead = whole.slice(body.events.length);
    standing = standingOf(body.events);
  };

  const onPost = (message: ToWorker, worker: FakeWorker) => {
    if (message.kind === 'cancel' && pending?.id === message.id) {
      pending = null;
      worker.reply(message.id, { phase: 'proposed', round: 0 });
    }
    if (message.kind !== 'request') return;
    if (message.type === 'stop') worker.reply(message.id, null);
    if (message.type === 'start') begin(message.body);
    if (message.type === 'start' || message.type === 'advance') {
      pending = { id: message.id, until: message.body.until };
    }
  };

  const study = createScriptedStudy();
  const worker = createFakeWorker((message, fake) => {
    onPost(message, fake);
    study.onPost(message, fake);
  });
  return {
    worker,
    study,
    starts,
    checkpoint: (checkpoint) => worker.push('checkpoint', { run, checkpoint }),
    tell(count = Number.POSITIVE_INFINITY) {
      for (let told = 0; told < count && pending; told++) {
        const event = ahead.shift();
        if (!event) return;
        worker.push('events', { run, events: [event] });
        const phase = phaseEndedBy(standing, event);
        standing = standingAfter(standing, event);
        if (phase === null || !ends(phase, pending.until)) continue;
        const { id } = pending;
        pending = null;
        worker.reply(id, { phase, round: Math.max(0, standing.round) });
      }
    },
  };
}

export interface TestLab extends Lab {
  /** The latest worker; fails if none was started. */
  script(): ScriptedWorker;
  readonly scripts: readonly ScriptedWorker[];
  readonly downloads: { readonly fileName: string; readonly bytes: Uint8Array }[];
}

/** A lab over the given storage. Its clock ticks by seconds. */
export function createTestLab(storage: LabStorage, config: RunConfig): TestLab {
  const scripts: ScriptedWorker[] = [];
  const downloads: { fileName: string; bytes: Uint8Array }[] = [];
  let second = 0;
  const platform: Platform = {
    prefersDark: () => false,
    download: (fileName, bytes) => void downloads.push({ fileName, bytes }),
    pickFile: async () => {
      const last = downloads.at(-1);
      return last ? { name: last.fileName, bytes: last.bytes } : null;
    },
    copy: async () => true,
  };
  const spawn = () => {
    const script = createScriptedWorker(config.search.generations);
    scripts.push(script);
    return script.worker;
  };
  const lab = createLab({
    platform,
    baseUrl: './',
    spawn,
    openStorage: async () => storage,
    createStatistics: createInlineStatistics,
    now: () => new Date(Date.UTC(2026, 0, 1) + 1000 * second++).toISOString(),
    delayMs: 1,
  });
  return {
    ...lab,
    scripts,
    downloads,
    script() {
      const script = scripts.at(-1);
      if (!script) throw new Error('no worker was started');
      return script;
    },
  };
}
