/**
 * The contract of a search method: pure ask and tell. What it remembers is plain data folded from the
 * answers it was told, so a log of answers is enough to go on; chance is passed in.
 */
import type * as v from 'valibot';
import { LabError } from '../errors.ts';
import type { Field } from '../fields.ts';
import type { Random } from '../random.ts';
import type { ArchitectureId } from '../space/ids.ts';
import type { Space } from '../space/types.ts';
import type { Answer, Incumbent, Job, Origin } from './jobs.ts';

/** What a method asks for decides what it is. */
export type MethodType = 'region' | 'black-box';

export type MethodOptions = { readonly [name: string]: number | string | boolean };

/** One way in which a method tries something new. */
export interface OriginKind {
  readonly kind: string;
  /** One or two words, e.g. “immigrant”. */
  readonly label: string;
  /** One or two sentences about one that was born so, with its numbers. */
  readonly explain: (origin: Origin) => string;
}

export interface MethodDescriptor {
  readonly id: string;
  readonly name: string;
  /** One sentence. */
  readonly explanation: string;
  readonly source: string;
  readonly kind: MethodType;
  /** What a round is called: a region search has generations. */
  readonly round: 'generation' | 'round';
  /** What has happened once it was told the answers of a round, e.g. “Pseudo-gradient taken”. */
  readonly told: string;
  readonly origins: readonly OriginKind[];
  /** Options, with paths `method.options.<name>`. */
  readonly fields: readonly Field[];
  readonly defaults: MethodOptions;
}

/** What a method searches, and within which limits. */
export interface MethodContext {
  readonly space: Space;
  /** Candidates of each stage of a region. */
  readonly candidates: readonly number[];
  /** Training steps of an architecture alone. */
  readonly steps: number;
  /** Complete: defaults filled in, every value within its bounds. */
  readonly options: MethodOptions;
}

export interface Told<State, Note> {
  readonly state: State;
  /** What the method's own panel shows of this round. */
  readonly note: Note;
  readonly incumbent: Incumbent | null;
  /** Architectures none of which beats another in everything, where the method keeps such a set. */
  readonly front?: readonly ArchitectureId[];
}

/** A method as its author writes it. `State` and `Note` are plain JSON. */
export interface Method<State, Note> {
  readonly descriptor: MethodDescriptor;
  readonly noteSchema: v.GenericSchema<unknown, Note>;
  /** True, or a sentence that says why the method cannot search this space. */
  accepts(space: Space): true | string;
  /** @throws LabError `config-invalid` for options that do not fit the space. */
  init(context: MethodContext, random: Random): State;
  /** What is to be measured next; null if there is nothing left to try. */
  ask(state: State, context: MethodContext, random: Random): readonly Job[] | null;
  /**
   * The answers to the last jobs, in their order; the last ones may be missing where the budget ended,
   * but never all.
   */
  tell(
    state: State,
    answers: readonly Answer[],
    context: MethodContext,
    random: Random,
  ): Told<State, Note>;
}

/** A search under way: immutable; telling it something gives the next. */
export interface Search {
  /** What it remembers, plain data. */
  readonly memory: unknown;
  ask(random: Random): readonly Job[] | null;
  tell(
    answers: readonly Answer[],
    random: Random,
  ): Omit<Told<unknown, unknown>, 'state'> & { readonly next: Search };
}

/** A method as everyone else sees it: what it remembers is its own business. */
export interface RegisteredMethod {
  readonly descriptor: MethodDescriptor;
  readonly noteSchema: v.GenericSchema<unknown, unknown>;
  accepts(space: Space): true | string;
  /** @throws LabError `config-invalid` where the method, its options and the space do not fit. */
  begin(context: MethodContext, random: Random): Search;
}

/** Hides what a method remembers behind the searches that it begins. */
export function registered<State, Note>(method: Method<State, Note>): RegisteredMethod {
  const at = (state: State, context: MethodContext): Search => ({
    memory: state,
    ask: (random) => method.ask(state, context, random),
    tell(answers, random) {
      const { state: after, ...told } = method.tell(state, answers, context, random);
      return { ...told, next: at(after, context) };
    },
  });
  return {
    descriptor: method.descriptor,
    noteSchema: method.noteSchema,
    accepts: (space) => method.accepts(space),
    begin(context, random) {
      const verdict = method.accepts(context.space);
      if (verdict !== true) throw new LabError('config-invalid', verdict, { field: 'method.id' });
      return at(method.init(context, random), context);
    },
  };
}
