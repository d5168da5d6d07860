/** `cells`: the cells on n vertices up to isomorphism. */
import { enumerateClasses } from '../../core/cellSpace.ts';
import { type Command, EXIT, printJson } from '../io.ts';

/** Seven vertices have 243,668 classes, eight 20 million: too many to list. */
const LARGEST = 6;

export const cellsCommand: Command = {
  spec: {
    name: 'cells',
    summary: 'Lists the cells on N vertices up to isomorphism, as edge masks.',
    positional: [],
    options: [
      {
        kind: 'integer',
        name: 'vertices',
        minimum: 2,
        maximum: LARGEST,
        help: 'Vertices of a cell; 5 unless given.',
      },
      { kind: 'flag', name: 'json', help: 'Print {vertices, classes, masks}.' },
    ],
  },
  async run(args, io) {
    const vertices = args.integer('vertices') ?? 5;
    const masks = enumerateClasses(vertices);
    if (args.flag('json')) {
      printJson(io, { vertices, classes: masks.length, masks });
    } else {
      io.out(`${masks.length} cells on ${vertices} vertices`);
      io.out(masks.join(' '));
    }
    return EXIT.done;
  },
};
