/** Studies to open: those that ship with the lab, and one's own. */
import { BookOpen } from 'lucide-react';
import type { ShippedStudy } from '../../../state/study/slice.ts';
import { useCommand } from '../../page/lab.ts';
import { StudyRows } from '../../runs/StudyRows.tsx';
import { useStudy } from '../useStudy.ts';
import { fetchShipped } from './shipped.ts';

export function ShippedStudies() {
  const shipped = useStudy((study) => study.shipped);
  if (shipped.length === 0) return null;
  return (
    <section className="study-list" aria-labelledby="shipped-title">
      <h2 id="shipped-title">Recorded studies</h2>
      <p className="note-text">Measured beforehand and shipped with the lab: open at once.</p>
      <ul className="study-cards">
        {shipped.map((study) => (
          <ShippedCard key={study.file} study={study} />
        ))}
      </ul>
    </section>
  );
}

function ShippedCard({ study }: { readonly study: ShippedStudy }) {
  const command = useCommand();
  const open = () =>
    command(({ studies }) => studies.openShipped(study, () => fetchShipped(study)));
  return (
    <li>
      <button
        type="button"
        className="study-card"
        data-testid={`shipped-${study.dataset}`}
        onClick={open}
      >
        <BookOpen size={18} aria-hidden />
        <span>
          <strong>{study.title}</strong>
          <span className="note-text">{study.about}</span>
        </span>
      </button>
    </li>
  );
}

export function StoredStudies() {
  const studies = useStudy((study) => study.studies);
  if (studies.length === 0) return null;
  return (
    <section className="study-list" aria-labelledby="stored-title">
      <h2 id="stored-title">Your studies</h2>
      <StudyRows />
    </section>
  );
}
