/**
 * Every chart with every fixture, in light and in dark: the page at `?gallery`. It shows how charts look
 * empty, crowded and at their extremes, without a run that leads there.
 */
import './gallery.css';
import { useEffect, useState } from 'react';
import { charts, type Specimen } from '../../viz/charts.ts';
import { PageTop } from '../PageTop.tsx';
import { GallerySpecimen } from './GallerySpecimen.tsx';

interface Exhibit {
  readonly id: string;
  readonly title: string;
  readonly specimens: readonly Specimen[];
}

const loadAll = (): Promise<Exhibit[]> =>
  Promise.all(
    charts.map(async ({ id, title, specimens }) => ({ id, title, specimens: await specimens() })),
  );

export function GalleryPage() {
  const [exhibits, setExhibits] = useState<readonly Exhibit[]>([]);
  useEffect(() => {
    let shown = true;
    loadAll().then((all) => {
      if (shown) setExhibits(all);
    });
    return () => {
      shown = false;
    };
  }, []);
  return (
    <div className="gallery-page">
      <PageTop title="Gallery" />
      <main className="gallery">
        <header>
          <p className="eyebrow">Gallery</p>
          <h1>Every chart, from empty to crowded</h1>
          <p className="lead">
            The charts of the lab with made-up data: the smallest model, a typical one, crowds, long
            names and extreme values, in light and dark. Below each stands what a screen reader
            says.
          </p>
          <nav aria-label="Charts">
            <ul className="gallery-links">
              {exhibits.map(({ id, title }) => (
                <li key={id}>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
        </header>
        {exhibits.map(({ id, title, specimens }) => (
          <section key={id} id={id} aria-labelledby={`${id}-title`} data-testid={`gallery-${id}`}>
            <h2 id={`${id}-title`}>{title}</h2>
            {specimens.map((specimen) => (
              <GallerySpecimen key={specimen.name} specimen={specimen} />
            ))}
          </section>
        ))}
      </main>
    </div>
  );
}
