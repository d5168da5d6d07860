/** The datasets that ship with the lab: what they hold, how they are split, where they come from. */
import './DatasetsView.css';
import { DATASETS } from '../../core/datasets/registry.ts';
import type { DatasetFacts, ImageCounts } from '../../core/datasets/types.ts';
import { formatCount } from '../../core/format.ts';
import { getPath } from '../../core/paths.ts';
import { editDraft } from '../../state/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { useLab, useLabState } from '../page/lab.ts';
import { LoadBar } from '../shell/LoadBar.tsx';

export function DatasetsView() {
  return (
    <section className="data-view" aria-labelledby="data-title">
      <header>
        <p className="eyebrow">Data</p>
        <h1 className="page-title" id="data-title">
          Real images, served from this page
        </h1>
        <p className="lead">
          Class-balanced subsets ship with the lab as gzipped IDX files. They are loaded when a run
          needs them, kept as bytes and normalised batch by batch. Nothing is fetched from
          elsewhere, and nothing leaves your machine.
        </p>
        <LoadBar />
      </header>
      <div className="dataset-cards">
        {DATASETS.map((facts) => (
          <DatasetCard key={facts.id} facts={facts} />
        ))}
      </div>
      <section className="data-note">
        <h2>How a run uses them</h2>
        <p>
          The seed of a run draws three disjoint parts: <strong>training</strong> images for the
          weights, <strong>validation</strong> images for α and for probes, and{' '}
          <strong>test</strong> images that no search ever sees. Images can be halved by 2×2 average
          pooling (28 → 14, 32 → 16), which makes a step about four times cheaper.
        </p>
      </section>
    </section>
  );
}

const countsOf = ({ train, test }: ImageCounts) => `${formatCount(train)} + ${formatCount(test)}`;

function DatasetCard({ facts }: { readonly facts: DatasetFacts }) {
  const { store } = useLab();
  const { id, width, height, channels } = facts;
  const chosen = useLabState((state) => getPath(state.draft.values, 'task.dataset') === id);
  return (
    <article className="dataset-card" data-testid={`dataset-card-${id}`}>
      <h2>{facts.name}</h2>
      <p>{facts.explanation}</p>
      <Facts
        facts={[
          ['Image', `${width} × ${height}, ${channels === 1 ? 'grey' : 'colour'}`],
          ['Shipped', countsOf(facts.shipped)],
          ['Full set', countsOf(facts.full)],
          ['Classes', `${facts.classes.length}, balanced`],
          ['Licence', facts.licence],
        ]}
      />
      <ol className="class-list" aria-label={`Classes of ${facts.name}`}>
        {facts.classes.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
      <p className="fine-text">{facts.citation}</p>
      <Button
        kind={chosen ? 'plain' : 'primary'}
        disabled={chosen}
        onClick={() => {
          editDraft(store, 'task.dataset', id);
        }}
      >
        {chosen ? 'Used by the next run' : 'Use for the next run'}
      </Button>
    </article>
  );
}
