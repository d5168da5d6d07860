/**
 * One reader a package: its files in, `{ height, width, channels, train, test }` out, where a part
 * is `{ pixels, labels }` in the order that the data set is kept in.
 */
import { PNG } from 'pngjs';

/** Official IDX files, in their own order. */
function readMnist(read, readIdx) {
  const part = (name) => {
    const images = readIdx(read(`data/${name}-images-idx3-ubyte`), `${name}-images`);
    const labels = readIdx(read(`data/${name}-labels-idx1-ubyte`), `${name}-labels`);
    return { pixels: images.data, labels: labels.data };
  };
  return { height: 28, width: 28, channels: 1, train: part('train'), test: part('t10k') };
}

const FASHION = { classes: 10, size: 28 * 28, test: 1000, train: 6000 };

/**
 * One JSON file a class: 1,000 images, then 6,000, with blank records (in class 0) where two files
 * were joined. The first 1,000 become the test part, the other 6,000 the training part; there is no
 * order across classes, so they are dealt in turn: image 0 of each class, image 1 of each class, …
 */
function readFashionMnist(read) {
  const { classes, size, test, train } = FASHION;
  const parts = {
    test: { pixels: new Uint8Array(test * classes * size), labels: new Uint8Array(test * classes) },
    train: {
      pixels: new Uint8Array(train * classes * size),
      labels: new Uint8Array(train * classes),
    },
  };
  for (let label = 0; label < classes; label++) {
    const records = JSON.parse(read(`src/clothes/${label}.json`).toString('utf8')).data;
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

/** PNG files of 1,024 × 10,000 pixels, one image a row; labels as a JSON list. */
function readCifar10(read) {
  const side = 32;
  const part = (names, labelFile) => {
    const labels = Uint8Array.from(JSON.parse(read(labelFile).toString('utf8')));
    const pixels = new Uint8Array(labels.length * side * side * 3);
    let to = 0;
    for (const name of names) {
      const png = PNG.sync.read(read(name));
      if (png.width !== side * side || png.height !== 10_000) {
        throw new Error(`${name}: ${png.width}×${png.height}, not 1024×10000`);
      }
      for (let from = 0; from < png.data.length; from += 4) {
        pixels[to++] = png.data[from];
        pixels[to++] = png.data[from + 1];
        pixels[to++] = png.data[from + 2];
      }
    }
    if (to !== pixels.length) throw new Error(`${labelFile}: does not fit the images`);
    return { pixels, labels };
  };
  const batches = [1, 2, 3, 4, 5].map((batch) => `data_batch_${batch}.png`);
  return {
    height: side,
    width: side,
    channels: 3,
    train: part(batches, 'train_lables.json'),
    test: part(['test_batch.png'], 'test_lables.json'),
  };
}

export const READERS = {
  mnist: readMnist,
  'fashion-mnist': readFashionMnist,
  'cifar-10': readCifar10,
};
