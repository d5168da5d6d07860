/** FaDE in short: the paper's claims and this lab's own choices, kept apart. */
import './LearnView.css';
import { goTo } from '../../state/commands.ts';
import { Button } from '../../ui/Button.tsx';
import { useLab } from '../page/lab.ts';
import { CellFigure, Citation, Formula, Sub, Var } from './parts.tsx';

export function LearnView() {
  const { store } = useLab();
  return (
    <article className="learn" aria-labelledby="learn-title">
      <header>
        <p className="eyebrow">Learn</p>
        <h1 className="page-title" id="learn-title">
          One training run ranks them all
        </h1>
        <p className="lead">
          To find a good network, one would like to train every candidate and compare. FaDE trains
          one network that contains all candidates of a small region, and reads from its mixing
          weights which of them deserve attention.
        </p>
      </header>
      <Space />
      <Supernet />
      <Ranks />
      <OuterSearch />
      <Caveats />
      <Citation />
      <Button kind="primary" size="l" onClick={() => goTo(store, 'search')}>
        Watch it happen
      </Button>
    </article>
  );
}

function Space() {
  return (
    <section>
      <h2>1 · The space</h2>
      <p>
        A <strong>cell</strong> is a directed graph on <Var>n</Var> ordered vertices; edges go from
        a lower vertex to a higher one. Every edge is an operation, such as a 3×3 convolution with
        ReLU. A vertex sums what comes in. INPUT feeds each vertex without predecessor; each vertex
        without successor feeds OUTPUT through one more operation.
      </p>
      <CellFigure />
      <p>
        Two cells that differ by the names of their vertices only count as one. For 2, 3, 4, 5 and 6
        vertices there are 2, 6, 31, 302 and 5,984 different cells. An <strong>architecture</strong>{' '}
        is a chain of <Var>S</Var> stages, each an input convolution, a cell and pooling, and a
        linear classifier at the end.
      </p>
    </section>
  );
}

function Supernet() {
  return (
    <section>
      <h2>2 · The supernet of a region</h2>
      <p>
        A <strong>region</strong> gives each stage <Var>k</Var> candidate cells, so it holds{' '}
        <Var>k</Var>
        <sup>S</sup> architectures. Its supernet keeps the candidates of a stage side by side and
        mixes their outputs:
      </p>
      <Formula label="x becomes the sum over i of w s i times N of cell s i of the stage's input convolution of x">
        <Var>x</Var> ← Σ<Sub>i</Sub> <Var>w</Var>
        <Sub>s,i</Sub> · N(cell<Sub>s,i</Sub>(conv<Sub>s</Sub>(<Var>x</Var>))), {'  '}
        <Var>w</Var>
        <Sub>s</Sub> = softmax(<Var>α</Var>
        <Sub>s</Sub>)
      </Formula>
      <p>
        The <Var>α</Var> are trained by gradient descent along with the weights. That costs{' '}
        <Var>S</Var>·<Var>k</Var> cells instead of <Var>k</Var>
        <sup>S</sup> networks: linear instead of exponential.
      </p>
    </section>
  );
}

function Ranks() {
  return (
    <section>
      <h2>3 · The ranks</h2>
      <p>
        After training, the averaged weight <Var>ᾱ</Var> of a cell tells how much the supernet came
        to rely on it. The score of an architecture is the product of the weights of its cells:
      </p>
      <Formula label="rank of a is the sum over stages s of the logarithm of alpha bar s i s">
        rank(<Var>a</Var>) = Σ<Sub>s</Sub> ln <Var>ᾱ</Var>
        <Sub>s,iₛ</Sub>
      </Formula>
      <p>
        As the score is additive, the best few of <Var>k</Var>
        <sup>S</sup> architectures are found without listing them all. Ranks are relative to their
        region: scores of different generations must not be compared.
      </p>
    </section>
  );
}

function OuterSearch() {
  return (
    <section>
      <h2>4 · The outer search</h2>
      <p>
        Relative ranks suit a search without memory. For each stage the lab keeps edge probabilities{' '}
        <Var>θ</Var>, draws a batch of cells from them, ranks it, and takes a step along the{' '}
        <strong>pseudo-gradient</strong>, which points to the edges of the cells that did better
        than average:
      </p>
      <Formula label="g is the sum over i of W i minus one over k, times a i minus theta; theta moves by eta times g, clipped">
        <Var>g</Var> = Σ<Sub>i</Sub> (<Var>W</Var>
        <Sub>i</Sub> − 1/<Var>k</Var>)(<Var>a</Var>
        <Sub>i</Sub> − <Var>θ</Var>), {'  '}
        <Var>θ</Var> ← clip(<Var>θ</Var> + <Var>η</Var> <Var>g</Var>)
      </Formula>
      <p>
        Here <Var>a</Var>
        <Sub>i</Sub> holds the edge bits of candidate <Var>i</Var>, and <Var>W</Var> the softmax of
        the ranks. Each later batch holds an elite (the best cell of the last batch), an immigrant
        (drawn without regard to <Var>θ</Var>), and cells drawn from <Var>θ</Var>.
      </p>
    </section>
  );
}

function Caveats() {
  return (
    <section>
      <h2>What the paper claims, and what is ours</h2>
      <ul className="plain-list">
        <li>
          <strong>The paper:</strong> ranks on finite regions correlate with true performance (about
          0.8 on CIFAR-10); ranking costs linear instead of exponential work; relative ranks suit a
          batch-wise evolutionary search with a pseudo-gradient.
        </li>
        <li>
          <strong>This lab:</strong> letting <Var>α</Var> move only in the last part of training,
          Gumbel noise on the mixing weights, the bounds of <Var>θ</Var>, and the elite and
          immigrant of each batch. They were found by experiment and can all be changed in the
          settings.
        </li>
        <li>
          <strong>Keep in mind:</strong> at small budgets the accuracy of one architecture varies
          with its seed about as much as between architectures. A rank is an estimate, not a
          verdict.
        </li>
      </ul>
    </section>
  );
}
