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

const GalleryPage = lazy(async () => ({
  default: (await import('./views/gallery/GalleryPage.tsx')).GalleryPage,
}));

/** `?bench` measures the machine, `?gallery` shows every chart; otherwise the lab opens. */
function page() {
  const wanted = new URLSearchParams(location.search);
  const Page = wanted.has('bench') ? BenchPage : wanted.has('gallery') ? GalleryPage : null;
  if (!Page) return <App lab={openLab()} />;
  return (
    <Suspense>
      <Page />
    </Suspense>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode>{page()}</StrictMode>);
