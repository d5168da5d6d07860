/** The program of a thread that does a part of every step of the training thread; see open.ts. */
import { serveTeam } from '../../engine/executors/wasm/helper.ts';
import { ownPort } from '../port.ts';

serveTeam(ownPort());
