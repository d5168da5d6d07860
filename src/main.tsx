/** Entry point: styles, the lab, the page. */
import './ui/tokens.css';
import './ui/base.css';
import './ui/forms.css';
import './ui/status.css';
import { lazy, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './views/App.tsx';
import { openLab } from './views/page/startup.ts';

const BenchPage = lazy(async () => ({
  default: (await import('./views/bench/BenchPage.tsx')).BenchPage,
}));

/** `?bench` measures the machine; otherwise the lab opens. */
const page = () =>
  new URLSearchParams(location.search).has('bench') ? (
    <Suspense>
      <BenchPage />
    </Suspense>
  ) : (
    <App lab={openLab()} />
  );

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode>{page()}</StrictMode>);
