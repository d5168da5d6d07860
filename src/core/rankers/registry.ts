/** Every ranker of a correlation study. To add one is to add a file and a line here. */
import { depth } from './depth.ts';
import { edges } from './edges.ts';
import { fade } from './fade.ts';
import { fadeLast } from './fadeLast.ts';
import { fadeMean } from './fadeMean.ts';
import { fadeMeanLast } from './fadeMeanLast.ts';
import { fadeProbe } from './fadeProbe.ts';
import { flops } from './flops.ts';
import { gradNorm } from './gradNorm.ts';
import { jacobCov } from './jacobCov.ts';
import { leaveOneOut } from './leaveOneOut.ts';
import { naswot } from './naswot.ts';
import { oneShot } from './oneShot.ts';
import { oneShotLoss } from './oneShotLoss.ts';
import { parameters } from './parameters.ts';
import { probe } from './probe.ts';
import { random } from './random.ts';
import { sampledPaths } from './sampledPaths.ts';
import { sinks } from './sinks.ts';
import { snip } from './snip.ts';
import { synflow } from './synflow.ts';
import type { StudyRanker } from './types.ts';

export const STUDY_RANKERS: readonly StudyRanker[] = [
  fade,
  fadeMean,
  fadeLast,
  fadeMeanLast,
  probe,
  fadeProbe,
  leaveOneOut,
  sampledPaths,
  oneShotLoss,
  oneShot,
  parameters,
  flops,
  edges,
  depth,
  sinks,
  synflow,
  gradNorm,
  snip,
  naswot,
  jacobCov,
  random,
];
