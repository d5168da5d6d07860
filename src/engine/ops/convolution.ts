/**
 * Convolution and dense layers with bias and optional ReLU as single operations with gradients of
 * our own. The WASM backend has no filter gradient and its input gradient is slow, so both are
 * written as convolutions, which every backend has. NHWC, odd kernels, stride 1, same padding:
 *
 *   dz = dy · [y > 0]
 *   dW = transpose₁₂₀₃(conv(xᵀ [Ci,H,W,B], dzᵀ [H,W,B,Co] as the filter, padding (k−1)/2))
 *   dX = conv(dz, W flipped in space and transposed in channels)
 *   db = Σ dz
 */
import * as tf from '../tf.ts';

export type Activation = 'relu' | 'linear';

function fusedConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor4D {
  return tf.engine().runKernel('FusedConv2D', { x, filter, bias }, {
    strides: [1, 1],
    pad: 'same',
    dataFormat: 'NHWC',
    dilations: [1, 1],
    dimRoundingMode: null,
    activation,
    leakyreluAlpha: 0,
  } as unknown as tf.NamedAttrMap);
}

/** Σ over all axes but the last, as a product with a row of ones (fast on every backend). [C] */
export function sumRows(x: tf.Tensor): tf.Tensor1D {
  const columns = x.shape[x.shape.length - 1] as number;
  const rows = x.size / columns;
  return tf.tidy(() =>
    tf.reshape(tf.matMul(tf.fill([1, rows], 1), tf.reshape(x, [rows, columns])), [columns]),
  );
}

function gate<T extends tf.Tensor>(dy: T, y: tf.Tensor, activation: Activation): T {
  return activation === 'relu' ? tf.mul(dy, tf.step(y)) : dy;
}

export function filterGradient(x: tf.Tensor4D, dz: tf.Tensor4D, kernel: number): tf.Tensor4D {
  const images = tf.transpose(x, [3, 1, 2, 0]);
  const filter = tf.transpose(dz, [1, 2, 0, 3]);
  const pad = (kernel - 1) / 2;
  const gradient = tf.conv2d(images, filter, 1, [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ]);
  return tf.transpose(gradient, [1, 2, 0, 3]);
}

export function inputGradient(dz: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D {
  const flipped = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(dz, flipped, 1, 'same');
}

/**
 * y = act(conv(x, filter) + bias). `x` [B,H,W,Ci], `filter` [k,k,Ci,Co] with odd k, `bias` [Co];
 * result [B,H,W,Co].
 */
export function convolve(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor4D {
  const operation = tf.customGrad((...inputs) => {
    const [xIn, filterIn, biasIn, save] = inputs as unknown as [
      tf.Tensor4D,
      tf.Tensor4D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const y = fusedConv2d(xIn, filterIn, biasIn, activation);
    save([xIn, filterIn, y]);
    return {
      value: y,
      gradFunc: (dy, saved) => {
        const [xs, fs, ys] = saved as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
        const dz = gate(dy as tf.Tensor4D, ys, activation);
        return [inputGradient(dz, fs), filterGradient(xs, dz, fs.shape[0]), sumRows(dz)];
      },
    };
  });
  return operation(x, filter, bias) as tf.Tensor4D;
}

/** As `convolve`, for the images themselves: no gradient of `x` is computed. */
export function convolveInput(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor4D {
  const operation = tf.customGrad((...inputs) => {
    const [filterIn, biasIn, save] = inputs as unknown as [
      tf.Tensor4D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const y = fusedConv2d(x, filterIn, biasIn, activation);
    save([y]);
    return {
      value: y,
      gradFunc: (dy, saved) => {
        const dz = gate(dy as tf.Tensor4D, saved[0] as tf.Tensor, activation);
        return [filterGradient(x, dz, filter.shape[0]), sumRows(dz)];
      },
    };
  });
  return operation(filter, bias) as tf.Tensor4D;
}

/** y = act(x · weight + bias). `x` [B,I], `weight` [I,O], `bias` [O]; result [B,O]. */
export function dense(
  x: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: Activation,
): tf.Tensor2D {
  const operation = tf.customGrad((...inputs) => {
    const [xIn, weightIn, biasIn, save] = inputs as unknown as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor1D,
      tf.GradSaveFunc,
    ];
    const sum = tf.add(tf.matMul(xIn, weightIn), biasIn);
    const y = activation === 'relu' ? tf.relu(sum) : sum;
    save([xIn, weightIn, y]);
    return {
      value: y,
      gradFunc: (dy, saved) => {
        const [xs, ws, ys] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
        const dz = gate(dy as tf.Tensor2D, ys, activation);
        return [tf.matMul(dz, ws, false, true), tf.matMul(xs, dz, true, false), sumRows(dz)];
      },
    };
  });
  return operation(x, weight, bias) as tf.Tensor2D;
}
