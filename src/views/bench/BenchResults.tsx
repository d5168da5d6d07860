/** The tables, and ways to take them along. */
import { Braces, Copy } from 'lucide-react';
import { useState } from 'react';
import { type BenchReport, reportJson, reportMarkdown } from '../../core/bench/report.ts';
import { tableOf } from '../../core/bench/tables.ts';
import type { BenchState } from '../../state/bench/controller.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { platform } from '../page/platform.ts';

const machine = () => ({
  browser: navigator.userAgent,
  cores: navigator.hardwareConcurrency ?? null,
});

/** On the clipboard, or as a file where that is closed to the page. Returns what was done. */
async function hand(text: string, what: string, fileName: string): Promise<string> {
  if (await platform.copy(text)) return `Copied as ${what}.`;
  platform.download(fileName, new TextEncoder().encode(text), 'text/plain');
  return `The clipboard is closed to this page: saved as ${fileName} instead.`;
}

const FORMATS = [
  { id: 'markdown', name: 'Markdown', file: 'benchmarks.md', icon: Copy, write: reportMarkdown },
  { id: 'json', name: 'JSON', file: 'benchmarks.json', icon: Braces, write: reportJson },
] as const;

export function BenchResults({ state }: { readonly state: BenchState }) {
  const [said, say] = useState('');
  const { results, missed } = state;
  if (results.length === 0) return null;
  const report = (): BenchReport => ({ machine: machine(), results, missed });
  const copy = async (...what: Parameters<typeof hand>) => say(await hand(...what));
  return (
    <section className="bench-results" aria-labelledby="bench-results-title">
      <header className="bench-results-head">
        <h2 id="bench-results-title">Results</h2>
        {FORMATS.map(({ id, name, file, icon: Icon, write }) => (
          <Button
            key={id}
            size="s"
            icon={<Icon size={16} aria-hidden />}
            data-testid={`bench-${id}`}
            onClick={() => void copy(write(report()), name, file)}
          >
            Copy as {name}
          </Button>
        ))}
        <span role="status" className="note-text" data-testid="bench-said">
          {said}
        </span>
      </header>
      {results.map((result, i) => {
        const { caption, columns, rows, notes } = tableOf(result);
        return (
          <article key={i} className="panel bench-table" data-testid={`bench-${result.benchmark}`}>
            <h3>{caption}</h3>
            <DataTable caption={caption} columns={columns} rows={rows} />
            {notes.map((note) => (
              <p key={note} className="note-text">
                {note}
              </p>
            ))}
          </article>
        );
      })}
    </section>
  );
}
