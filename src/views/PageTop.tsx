/** The top of a page that stands beside the lab: benchmarks, gallery. Names the page, sets its theme. */
import './pageTop.css';
import { useEffect } from 'react';
import { applyTheme } from './page/platform.ts';
import { readPreferences } from './page/startup.ts';

export function PageTop({ title }: { readonly title: string }) {
  useEffect(() => {
    document.title = `${title}: FaDE Lab`;
    applyTheme(readPreferences().theme ?? 'system');
  }, [title]);
  return (
    <header className="page-top">
      <a className="brand" href="./" aria-label="FaDE Lab: back to the lab">
        <img src="./favicon.svg" alt="" width="26" height="26" />
        <span>FaDE Lab</span>
      </a>
      <a href="./">Back to the lab</a>
    </header>
  );
}
