/** Entry point: styles, the lab, the page. */
import './ui/tokens.css';
import './ui/base.css';
import './ui/widgets.css';
import './ui/panels.css';
import './ui/forms.css';
import './views/layout.css';
import './views/search.css';
import './views/study-charts.css';
import './views/inspector.css';
import './views/pages.css';
import './views/reading.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './views/App.tsx';
import { openLab } from './views/startup.ts';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App lab={openLab()} />
    </StrictMode>,
  );
}
