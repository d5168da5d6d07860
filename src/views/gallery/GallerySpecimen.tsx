/** One fixture of a chart in both themes, with its description. Drawn once it comes near the window. */
import { useEffect, useRef, useState } from 'react';
import type { Specimen } from '../../viz/charts.ts';
import type { Chart as ChartKind } from '../../viz/shared/chart.ts';
import { Chart } from '../Chart.tsx';

const THEMES = ['light', 'dark'] as const;

/** Draws whatever the specimen is of. One object, so that charts redraw on other specimens only. */
const KIND: Pick<ChartKind<Specimen>, 'render'> = {
  render: (svg, specimen, options) => specimen.draw(svg, options),
};

/** Two hundred drawings at once would hold the page for seconds. */
const NEAR = '800px';

export function GallerySpecimen({ specimen }: { readonly specimen: Specimen }) {
  const article = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = article.current;
    if (!element || near) return;
    const observer = new IntersectionObserver(
      (entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: NEAR },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [near]);
  return (
    <article ref={article} className="specimen" data-drawn={near}>
      <h3>{specimen.name}</h3>
      <div className="specimen-themes">
        {THEMES.map((theme) => (
          <div key={theme} className="specimen-drawing" data-theme={theme}>
            {near && <Chart kind={KIND} model={specimen} />}
          </div>
        ))}
      </div>
      <p className="specimen-words">{specimen.description}</p>
    </article>
  );
}
