/** What the rounds of a search are called: a search over regions has generations. */
import { findMethod } from '../method/registry.ts';
import type { MethodDescriptor, MethodType } from '../method/types.ts';
import type { RunConfig } from './config.ts';

const descriptorOf = (config: RunConfig | null): MethodDescriptor | null =>
  findMethod(config?.method.id)?.descriptor ?? null;

/** Of a config, or of the lab's usual search as long as there is none. */
export const roundWord = (config: RunConfig | null): MethodDescriptor['round'] =>
  descriptorOf(config)?.round ?? 'generation';

/** The word at the beginning of a sentence. */
export const roundTitle = (config: RunConfig | null): 'Generation' | 'Round' =>
  roundWord(config) === 'generation' ? 'Generation' : 'Round';

/** Whether a search ranks regions or trains architectures alone. */
export const methodKind = (config: RunConfig | null): MethodType =>
  descriptorOf(config)?.kind ?? 'region';
