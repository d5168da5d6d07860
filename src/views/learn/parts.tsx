/** What the learn screen shows besides text: formulas, a drawn cell, the citation. */
import type { ReactNode } from 'react';

export const Var = ({ children }: { readonly children: ReactNode }) => <var>{children}</var>;
export const Sub = ({ children }: { readonly children: ReactNode }) => <sub>{children}</sub>;

/** A formula as text, with words for those who listen. */
export function Formula({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <p className="formula">
      <span aria-hidden="true">{children}</span>
      <span className="visually-hidden">{label}</span>
    </p>
  );
}

const VERTICES = [
  { x: 150, y: 60 },
  { x: 150, y: 160 },
  { x: 270, y: 110 },
  { x: 390, y: 110 },
] as const;

/** A cell of four vertices, drawn by hand to explain the joints of INPUT and OUTPUT. */
export function CellFigure() {
  const [a, b, c, d] = VERTICES;
  return (
    <figure className="cell-figure">
      <svg
        viewBox="0 0 540 220"
        role="img"
        aria-label="A cell with four vertices: INPUT feeds vertices 0 and 1 by identity; operations lead from 0 and 1 to 2, from 2 to 3, and from 3 to OUTPUT."
      >
        <g className="cell-identity">
          <path d={`M60 110 L${a.x} ${a.y}`} />
          <path d={`M60 110 L${b.x} ${b.y}`} />
        </g>
        <g className="cell-operation">
          <path d={`M${a.x} ${a.y} L${c.x} ${c.y}`} />
          <path d={`M${b.x} ${b.y} L${c.x} ${c.y}`} />
          <path d={`M${c.x} ${c.y} L${d.x} ${d.y}`} />
          <path d={`M${d.x} ${d.y} L490 110`} />
        </g>
        <circle className="cell-port" cx="60" cy="110" r="8" />
        <circle className="cell-port" cx="490" cy="110" r="8" />
        {VERTICES.map(({ x, y }, vertex) => (
          <g key={vertex}>
            <circle className="cell-vertex" cx={x} cy={y} r="15" />
            <text x={x} y={y + 5}>
              {vertex}
            </text>
          </g>
        ))}
        <text x="60" y="140">
          INPUT
        </text>
        <text x="490" y="140">
          OUTPUT
        </text>
      </svg>
      <figcaption>
        Dashed: identity. Solid: an operation. This cell has three edges and one sink, hence four
        operations.
      </figcaption>
    </figure>
  );
}

const BIBTEX = `@article{neumeyer2024fade,
  title   = {Efficient {NAS} with {FaDE} on Hierarchical Spaces},
  author  = {Neumeyer, Simon and Stier, Julian and Granitzer, Michael},
  journal = {arXiv preprint arXiv:2404.16218},
  year    = {2024}
}`;

/** The paper, ready to be cited. */
export function Citation() {
  return (
    <section>
      <h2>Citation</h2>
      <p>
        Neumeyer, Stier, Granitzer: <cite>Efficient NAS with FaDE on Hierarchical Spaces</cite>,
        2024.{' '}
        <a href="https://arxiv.org/abs/2404.16218" rel="noreferrer">
          arXiv 2404.16218
        </a>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways in narrow windows. */}
      <pre className="bibtex" tabIndex={0}>
        {BIBTEX}
      </pre>
    </section>
  );
}
