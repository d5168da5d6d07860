/** What a reader wants to know of each dataset before a byte of it is loaded. */
export interface DatasetFacts {
  readonly id: string;
  readonly name: string;
  readonly about: string;
  /** Images that ship with the lab. */
  readonly shipped: { readonly train: number; readonly test: number };
  readonly full: string;
  readonly licence: string;
  readonly source: string;
  readonly classes: readonly string[];
}

export const DATASET_FACTS: readonly DatasetFacts[] = [
  {
    id: 'fashion-mnist',
    name: 'Fashion-MNIST',
    about:
      'Photographs of clothes from a shop catalogue. Harder than digits, as quick to train on.',
    shipped: { train: 10_000, test: 4_000 },
    full: '60,000 + 10,000',
    licence: 'MIT',
    source: 'Xiao, Rasul, Vollgraf: Fashion-MNIST, a novel image dataset, 2017.',
    classes: [
      'T-shirt',
      'Trousers',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Trainer',
      'Bag',
      'Ankle boot',
    ],
  },
  {
    id: 'mnist',
    name: 'MNIST',
    about: 'Handwritten digits. Nearly every network reads them well, so differences are small.',
    shipped: { train: 10_000, test: 4_000 },
    full: '60,000 + 10,000',
    licence: 'CC BY-SA 3.0',
    source: 'LeCun, Cortes, Burges: The MNIST database of handwritten digits, 1998.',
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  {
    id: 'cifar-10',
    name: 'CIFAR-10',
    about: 'Small colour photographs. Architectures differ most here: the set to measure on.',
    shipped: { train: 6_000, test: 2_000 },
    full: '50,000 + 10,000',
    licence: 'No licence stated; free for research',
    source: 'Krizhevsky: Learning multiple layers of features from tiny images, 2009.',
    classes: ['Aeroplane', 'Car', 'Bird', 'Cat', 'Deer', 'Dog', 'Frog', 'Horse', 'Ship', 'Lorry'],
  },
];
