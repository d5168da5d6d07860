/** What happens when the page opens: stored run or recording, share link, preferences, backend. */
import { LabError, toErrorRecord } from '../../core/errors.ts';
import { noteBattery, openDrawer } from '../../state/commands.ts';
import { createLab } from '../../state/createLab.ts';
import type { Lab } from '../../state/lab.ts';
import { decodeShare } from '../../state/share.ts';
import { type LabState, notify, setDraft } from '../../state/store.ts';
import { watchBattery } from './battery.ts';
import { platform } from './platform.ts';

const PREFERENCES = 'fade-lab/preferences';
const THEMES: readonly LabState['theme'][] = ['light', 'dark', 'system'];

/** How long the first screen has the machine to itself before the training thread is woken. */
const PROBE_AFTER_MS = 2500;

/** What the reader chose on an earlier visit. */
export function readPreferences(): Partial<LabState> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PREFERENCES) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    const theme = 'theme' in stored ? THEMES.find((one) => one === stored.theme) : undefined;
    const off = 'shortcuts' in stored && stored.shortcuts === false;
    return { ...(theme ? { theme } : {}), ...(off ? { shortcuts: false } : {}) };
  } catch {
    return {}; // Preferences are a comfort: without storage the defaults do.
  }
}

function keepPreferences({ store }: Lab): void {
  store.subscribe(({ theme, shortcuts }, before) => {
    if (theme === before.theme && shortcuts === before.shortcuts) return;
    try {
      localStorage.setItem(PREFERENCES, JSON.stringify({ theme, shortcuts }));
    } catch {
      // As above.
    }
  });
}

function report({ store }: Lab, thrown: unknown): void {
  const error = toErrorRecord(thrown);
  notify(store, 'error', error.message, error);
}

function readLink(lab: Lab): void {
  try {
    const config = decodeShare(location.hash);
    if (!config) return;
    setDraft(lab.store, config);
    openDrawer(lab.store, 'settings');
    notify(
      lab.store,
      'info',
      'The settings of the link are filled in. Nothing runs until you start.',
    );
  } catch (thrown) {
    report(lab, thrown);
  }
}

async function fetchRecorded(): Promise<Uint8Array> {
  const address = new URL('runs/recorded.jsonl.gz', document.baseURI);
  const response = await fetch(address);
  if (!response.ok) {
    throw new LabError('log-damaged', `The recorded run could not be read (${response.status}).`);
  }
  return new Uint8Array(await response.arrayBuffer());
}

async function showSomething(lab: Lab): Promise<void> {
  // Both at once: the recording never waits for storage that is slow to open.
  const bytes = fetchRecorded();
  bytes.catch(() => undefined);
  const restored = await lab.session.restore();
  if (!restored) await lab.session.loadRecorded(() => bytes);
  await lab.studies.restore();
}

/** Tells once if the GPU cannot be used, whoever found out: the probe, or a run that started. */
function watchBackend({ store }: Lab): void {
  const stop = store.subscribe(({ backend, recorded, live }) => {
    const info = backend?.chosen ?? (recorded ? null : live.backend);
    if (!info) return;
    stop();
    if (info.name === 'webgpu') return;
    const why = info.reason || 'this browser has no WebGPU adapter';
    notify(
      store,
      'info',
      `Training runs on ${info.name.toUpperCase()}: ${why}. Everything works, only slower than on a GPU.`,
    );
  });
}

function probeWhenIdle(lab: Lab): void {
  setTimeout(() => {
    const { status, backend } = lab.store.getState();
    if (backend || status === 'starting' || status === 'running') return;
    lab.session.probeBackend('auto').catch((thrown: unknown) => report(lab, thrown));
  }, PROBE_AFTER_MS);
}

/** What is still gathered is stored when the page is hidden: it may never be shown again. */
function storeWhenHidden({ session }: Lab): void {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void session.flush();
  });
}

/** Makes the lab and sets it going. */
export function openLab(): Lab {
  const baseUrl = new URL('./', document.baseURI).href;
  const lab = createLab({ platform, baseUrl, initial: readPreferences() });
  keepPreferences(lab);
  watchBackend(lab);
  watchBattery(navigator, (onBattery) => noteBattery(lab.store, onBattery));
  storeWhenHidden(lab);
  readLink(lab);
  showSomething(lab).catch((thrown: unknown) => report(lab, thrown));
  probeWhenIdle(lab);
  return lab;
}
