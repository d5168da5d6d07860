/** Checks the layers alone: `node scripts/layers.mjs`. */
import { layersHold } from './lib/layers.mjs';

process.exitCode = (await layersHold()) ? 0 : 1;
