/** The datasets that ship with the lab: what they hold, how they are split, where they come from. */
import { DATASET_SHAPES } from '../../core/run/datasets.ts';
import { getPath } from '../../core/run/paths.ts';
import { editDraft } from '../../state/store.ts';
import { Button } from '../../ui/Button.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { formatCount } from '../../ui/format.ts';
import { useLab, useLabState } from '../lab.ts';
import { LoadBar } from '../shell/LoadBar.tsx';
import { DATASET_FACTS, type DatasetFacts } from './facts.ts';

export function DatasetsView() {
  return (
    <section className="data-view" aria-labelledby="data-title">
      <header>
        <p className="eyebrow">Data</p>
        <h1 id="data-title">Real images, served from this page</h1>
        <p className="lead">
          Class-balanced subsets ship with the lab as gzipped IDX files. They are loaded when a run
          needs them, kept as bytes and normalised batch by batch. Nothing is fetched from
          elsewhere, and nothing leaves your machine.
        </p>
        <LoadBar />
      </header>
      <div className="dataset-cards">
        {DATASET_FACTS.map((facts) => (
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

function DatasetCard({ facts }: { readonly facts: DatasetFacts }) {
  const { store } = useLab();
  const chosen = useLabState((state) => getPath(state.draft.values, 'task.dataset') === facts.id);
  const shape = DATASET_SHAPES[facts.id];
  return (
    <article className="dataset-card" data-testid={`dataset-card-${facts.id}`}>
      <h2>{facts.name}</h2>
      <p>{facts.about}</p>
      <Facts
        facts={[
          ...(shape
            ? [
                [
                  'Image',
                  `${shape.width} × ${shape.height}, ${shape.channels === 1 ? 'grey' : 'colour'}`,
                ] as const,
              ]
            : []),
          ['Shipped', `${formatCount(facts.shipped.train)} + ${formatCount(facts.shipped.test)}`],
          ['Full set', facts.full],
          ['Classes', '10, balanced'],
          ['Licence', facts.licence],
        ]}
      />
      <ol className="class-list" aria-label={`Classes of ${facts.name}`}>
        {facts.classes.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ol>
      <p className="source">{facts.source}</p>
      <Button
        kind={chosen ? 'plain' : 'primary'}
        disabled={chosen}
        onClick={() => {
          editDraft(store, 'task.dataset', facts.id);
        }}
      >
        {chosen ? 'Used by the next run' : 'Use for the next run'}
      </Button>
    </article>
  );
}
