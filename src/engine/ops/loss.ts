/** Softmax cross-entropy, its gradient, and the count of correct answers. */
import * as tf from '../tf.ts';

function logSumExp(logits: tf.Tensor2D): tf.Tensor2D {
  const highest = tf.max(logits, 1, true);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(logits, highest)), 1, true)), highest) as tf.Tensor2D;
}

/** Mean cross-entropy in nats. `logits` [B,K], `oneHot` [B,K]; result scalar. */
export function crossEntropy(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  const batch = logits.shape[0];
  const operation = tf.customGrad((...inputs) => {
    const [logitsIn, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
    const logProbabilities = tf.sub(logitsIn, logSumExp(logitsIn));
    save([logProbabilities]);
    return {
      value: tf.neg(tf.div(tf.sum(tf.mul(logProbabilities, oneHot)), batch)) as tf.Scalar,
      gradFunc: (dy, saved) =>
        tf.mul(tf.sub(tf.exp(saved[0] as tf.Tensor), oneHot), tf.div(dy, batch)),
    };
  });
  return operation(logits) as tf.Scalar;
}

/** Images whose highest logit is that of the label (scalar count; a tie counts as correct). */
export function correctCount(logits: tf.Tensor2D, oneHot: tf.Tensor2D): tf.Scalar {
  const labelled = tf.sum(tf.mul(logits, oneHot), 1);
  return tf.sum(tf.cast(tf.greaterEqual(labelled, tf.max(logits, 1)), 'float32')) as tf.Scalar;
}
