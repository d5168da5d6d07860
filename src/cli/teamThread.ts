/** The program of a thread that does a part of every training step; see team.ts. */
import { serveTeam } from '../engine/executors/wasm/helper.ts';
import { ownPort } from './threads.ts';

serveTeam(ownPort());
