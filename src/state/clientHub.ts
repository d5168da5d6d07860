/** One worker for everybody: who asks for a client shares it, and hears all that it says. */
import {
  type ClientHandlers,
  createWorkerClient,
  type WorkerClient,
  type WorkerLike,
} from '../worker/client/training.ts';

/** Makes a client that hears through `handlers`. All clients of a hub are the same worker. */
export type ConnectClient = (handlers: ClientHandlers) => WorkerClient;

/** A hub; no worker is started before the first request. */
export function createClientHub(spawn: () => WorkerLike, baseUrl: string): ConnectClient {
  const listeners: ClientHandlers[] = [];
  const client = createWorkerClient(spawn, {
    baseUrl,
    onEvents: (...said) => {
      for (const one of listeners) one.onEvents?.(...said);
    },
    onStudyEvents: (...said) => {
      for (const one of listeners) one.onStudyEvents?.(...said);
    },
    onStudyProgress: (...said) => {
      for (const one of listeners) one.onStudyProgress?.(...said);
    },
    onCheckpoint: (...said) => {
      for (const one of listeners) one.onCheckpoint?.(...said);
    },
    onCurve: (...said) => {
      for (const one of listeners) one.onCurve?.(...said);
    },
    onNotice: (...said) => {
      for (const one of listeners) one.onNotice?.(...said);
    },
    onWarning: (...said) => {
      for (const one of listeners) one.onWarning?.(...said);
    },
    onTeam: (...said) => {
      for (const one of listeners) one.onTeam?.(...said);
    },
    onDied: (...said) => {
      for (const one of listeners) one.onDied?.(...said);
    },
  });
  return (handlers) => {
    listeners.push(handlers);
    return client;
  };
}
