/** The paper, ready to be cited. */
const BIBTEX = `@article{neumeyer2024fade,
  title   = {Efficient {NAS} with {FaDE} on Hierarchical Spaces},
  author  = {Neumeyer, Simon and Stier, Julian and Granitzer, Michael},
  journal = {arXiv preprint arXiv:2404.16218},
  year    = {2024}
}`;

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
