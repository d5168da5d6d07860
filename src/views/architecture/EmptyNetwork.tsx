/** Before an architecture is chosen, or when the settings cannot build the one that was. */
import { Network } from 'lucide-react';
import { goTo } from '../../state/commands.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useLab } from '../page/lab.ts';
import { NameForm } from './NameForm.tsx';
import { openListed, useLists } from './useNetwork.ts';

export function EmptyNetwork({ problem }: { readonly problem: string | null }) {
  const { store } = useLab();
  const lists = useLists();
  const [list] = lists;
  const first = list?.items[0];
  return (
    <section className="architecture-empty" data-testid="architecture-empty">
      <p className="eyebrow">Networks</p>
      <h1 className="page-title">One architecture, from the inside</h1>
      <p className="lead">
        See a whole network stage by stage, train it alone, look at what it gets right and wrong,
        draw a digit for it, compare it with another, and take it with you.
      </p>
      {problem !== null && (
        <Banner tone="notice" title="This architecture does not fit">
          <p>{problem}</p>
        </Banner>
      )}
      <div className="architecture-start">
        {list && first ? (
          <Button
            kind="primary"
            size="l"
            icon={<Network size={18} aria-hidden />}
            data-testid="open-best"
            onClick={() => openListed(store, first)}
          >
            Open the first of “{list.name}”
          </Button>
        ) : (
          <Button
            kind="primary"
            size="l"
            onClick={() => goTo(store, 'search')}
            data-testid="go-to-search"
          >
            Start a search to find some
          </Button>
        )}
        <NameForm />
      </div>
    </section>
  );
}
