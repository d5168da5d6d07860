/** The program of a thread that does a part of every step of the training thread; see open.ts. */
import { serveTeam } from '../../engine/executors/wasm/helper.ts';
import type { ToHelper } from '../../engine/executors/wasm/teamProtocol.ts';

serveTeam({
  post: (message) => self.postMessage(message),
  listen: (message) =>
    self.addEventListener('message', ({ data }: MessageEvent<ToHelper>) => message(data)),
  close: () => self.close(),
});
