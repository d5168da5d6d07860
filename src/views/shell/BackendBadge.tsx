/** Which backend computes, and why: `WebGPU · adapter`, or `WASM: no WebGPU adapter`. */
import { Cpu } from 'lucide-react';
import type { BackendInfo } from '../../core/run/events.ts';
import { BACKEND_NAMES } from '../../core/run/executors.ts';
import { useLabState } from '../lab.ts';

function labelOf(info: BackendInfo): string {
  const detail = info.name === 'webgpu' ? info.adapter : info.reason;
  if (!detail) return BACKEND_NAMES[info.name];
  return info.name === 'webgpu' ? `WebGPU · ${detail}` : `${BACKEND_NAMES[info.name]}: ${detail}`;
}

export function BackendBadge() {
  const probe = useLabState((state) => state.backend?.chosen ?? null);
  const ofRun = useLabState((state) => state.view.backend);
  const recorded = useLabState((state) => state.recorded);
  const info = recorded ? probe : (ofRun ?? probe);
  const text = info ? labelOf(info) : 'Backend: chosen at start';
  const title = info
    ? [info.adapter, info.reason].filter(Boolean).join(' · ')
    : 'WebGPU is used if this browser has an adapter, WASM otherwise.';
  return (
    <span className="badge backend-badge" data-testid="backend-badge" title={title}>
      <Cpu size={14} aria-hidden />
      <span>{text}</span>
    </span>
  );
}
