/** `cells`: the cells on n vertices up to isomorphism. */
import { cellId } from '../../core/cellId.ts';
import { enumerateClasses } from '../../core/cellSpace.ts';
import { type Command, EXIT, printJson } from '../io.ts';

/** Seven vertices have 243,668 classes, eight 20 million: too many to list. */
const LARGEST = 6;

export const cellsCommand: Command = {
  spec: {
    name: 'cells',
    summary: 'Lists the cells on N vertices up to isomorphism, by id.',
    positional: [],
    options: [
      {
        kind: 'integer',
        name: 'vertices',
        minimum: 2,
        maximum: LARGEST,
        help: 'Vertices of a cell; 5 unless given.',
      },
      { kind: 'flag', name: 'json', help: 'Print {vertices, classes, cells}.' },
    ],
  },
  async run(args, io) {
    const vertices = args.integer('vertices') ?? 5;
    const cells = enumerateClasses(vertices).map((mask) => cellId(vertices, mask));
    if (args.flag('json')) {
      printJson(io, { vertices, classes: cells.length, cells });
    } else {
      io.out(`${cells.length} cells on ${vertices} vertices`);
      io.out(cells.join(' '));
    }
    return EXIT.done;
  },
};
