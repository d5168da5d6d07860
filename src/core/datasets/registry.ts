/**
 * Every data set. To add one is to add a file and a line here; settings, help, command line and the
 * data screen follow. What its files hold, byte for byte, `npm run datasets` writes beside them
 * (`src/data/digests.json`).
 */
import { cifar10 } from './cifar10.ts';
import { fashionMnist } from './fashionMnist.ts';
import { mnist } from './mnist.ts';

export const DATASETS = [mnist, fashionMnist, cifar10] as const;

export type DatasetId = (typeof DATASETS)[number]['id'];
