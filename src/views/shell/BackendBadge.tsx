/** Which backend computes, and why: `WebGPU · adapter`, or `WASM: no WebGPU adapter`; more on a click. */
import { Cpu } from 'lucide-react';
import type { BackendInfo } from '../../core/run/events.ts';
import { BACKEND_NAMES } from '../../core/run/executors.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { useLabState } from '../page/lab.ts';
import { backendFacts, backendInfo } from './backendFacts.ts';

function labelOf(info: BackendInfo): string {
  const detail = info.name === 'webgpu' ? info.adapter : info.reason;
  if (!detail) return BACKEND_NAMES[info.name];
  return info.name === 'webgpu' ? `WebGPU · ${detail}` : `${BACKEND_NAMES[info.name]}: ${detail}`;
}

export function BackendBadge() {
  const info = useLabState(backendInfo);
  return (
    <Popover
      label="What computes here"
      className="badge backend-badge"
      title="What computes here, and why"
      testId="backend-badge"
      content={
        <>
          <Cpu size={14} aria-hidden />
          <span>{info ? labelOf(info) : 'Backend: chosen at start'}</span>
        </>
      }
    >
      <BackendPanel />
    </Popover>
  );
}

/** Rendered while it is open only, so that it may follow everything. */
function BackendPanel() {
  const facts = backendFacts(useLabState((state) => state));
  if (facts.length === 0) {
    return <p>WebGPU is used if this browser has an adapter, WASM otherwise.</p>;
  }
  return <Facts facts={facts} />;
}
