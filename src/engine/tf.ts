/**
 * The only door to TensorFlow.js. The lean packages instead of the union `@tensorflow/tfjs`, so that
 * the worker stays small; gradients are registered here, once.
 */
import '@tensorflow/tfjs-core/dist/register_all_gradients';

export * from '@tensorflow/tfjs-core';
