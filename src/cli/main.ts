/**
 * The lab's engine without a browser: `npm run --silent fade -- <command>`. Results go to stdout,
 * progress and errors to stderr. Exit codes: 0 done, 1 the run failed, 2 bad usage.
 */
import { toErrorRecord } from '../core/errors.ts';
import { commandHelp, parseArgs, unknownWord } from './args.ts';
import { cellsCommand } from './commands/cells.ts';
import { checkCommand } from './commands/check.ts';
import { correlateCommand } from './commands/correlate.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { exportCommand } from './commands/export.ts';
import { infoCommand } from './commands/info.ts';
import { methodsCommand, spacesCommand } from './commands/methods.ts';
import { regionsCommand } from './commands/regions.ts';
import { searchCommand } from './commands/search.ts';
import { type Command, EXIT, type Io } from './io.ts';

const COMMANDS: readonly Command[] = [
  searchCommand,
  correlateCommand,
  regionsCommand,
  evaluateCommand,
  exportCommand,
  methodsCommand,
  spacesCommand,
  cellsCommand,
  checkCommand,
  infoCommand,
];

export function overview(): string {
  const lines = COMMANDS.map(({ spec }) => `  ${spec.name.padEnd(11)}${spec.summary}`);
  return [
    'Usage: npm run --silent fade -- <command> [options]',
    ...lines,
    '  help       Explains a command: fade -- help search',
  ].join('\n');
}

function find(name: string): Command {
  const known = COMMANDS.map(({ spec }) => spec.name);
  const command = COMMANDS.find(({ spec }) => spec.name === name);
  if (!command) throw unknownWord('command', name, known);
  return command;
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined) {
    io.err(overview());
    return EXIT.usage;
  }
  if (name === 'help' || name === '--help') {
    io.out(rest[0] === undefined ? overview() : commandHelp(find(rest[0]).spec));
    return EXIT.done;
  }
  const command = find(name);
  if (rest.includes('--help')) {
    io.out(commandHelp(command.spec));
    return EXIT.done;
  }
  return command.run(parseArgs(command.spec, rest), io);
}

/** Runs one command; every error becomes a sentence on stderr and an exit code. */
export async function runCommand(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (thrown) {
    const { code, message } = toErrorRecord(thrown);
    io.err(message);
    const isUsage = code === 'usage' || code === 'config-invalid';
    return isUsage ? EXIT.usage : EXIT.failed;
  }
}

/** A status line that is rewritten in place, and cleared before anything else is printed. */
function terminal(stream: NodeJS.WriteStream) {
  let shown = false;
  const clear = () => {
    if (shown) stream.write('\r\u001b[K');
    shown = false;
  };
  const show = (line: string) => {
    clear();
    stream.write(line.slice(0, (stream.columns ?? 80) - 1));
    shown = true;
  };
  return { clear, show };
}

export interface Environment {
  readonly projectRoot: string;
  /** Bundles `runnerThread.ts` and gives its path. */
  readonly runnerProgram: () => Promise<string>;
  /** The same for `teamThread.ts`. */
  readonly teamProgram: () => Promise<string>;
}

/** Entry of scripts/fade.mjs. */
export async function main(
  argv: readonly string[],
  { projectRoot, runnerProgram, teamProgram }: Environment,
): Promise<number> {
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  process.once('SIGINT', interrupt);
  const status = terminal(process.stderr);
  const print = (stream: NodeJS.WriteStream) => (line: string) => {
    status.clear();
    stream.write(`${line}\n`);
  };
  const code = await runCommand(argv, {
    projectRoot,
    cwd: process.env.INIT_CWD ?? process.cwd(),
    out: print(process.stdout),
    err: print(process.stderr),
    status: process.stderr.isTTY ? status.show : null,
    clock: () => performance.now(),
    signal: abort.signal,
    runnerProgram,
    teamProgram,
  });
  status.clear();
  process.removeListener('SIGINT', interrupt);
  return code;
}
