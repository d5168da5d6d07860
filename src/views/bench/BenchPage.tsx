/**
 * How fast is this machine? The page at `?bench`: it stands alone, without run, study or recording,
 * so that nothing else computes while it measures.
 */
import './bench.css';
import { useState } from 'react';
import { useStore } from 'zustand';
import { createBench } from '../../state/bench/controller.ts';
import { PageTop } from '../PageTop.tsx';
import { BenchForm } from './BenchForm.tsx';
import { BenchProgress } from './BenchProgress.tsx';
import { BenchResults } from './BenchResults.tsx';

const baseUrl = () => new URL('./', document.baseURI).href;

export function BenchPage() {
  const [bench] = useState(() => createBench({ baseUrl: baseUrl() }));
  const state = useStore(bench.store);
  return (
    <div className="bench-page">
      <PageTop title="Benchmarks" />
      <main className="bench">
        <header>
          <p className="eyebrow">Benchmarks</p>
          <h1 className="page-title">How fast does this machine train?</h1>
          <p className="lead">
            Our own executors against stock TensorFlow.js, both measured here and in turn, in the
            thread that trains. Times are medians after a warm-up. Keep this tab in front, close
            others, and plug in a laptop. Nothing leaves your machine.
          </p>
        </header>
        <BenchForm bench={bench} state={state} />
        {state.status !== 'idle' && <BenchProgress state={state} />}
        <BenchResults state={state} />
      </main>
    </div>
  );
}
