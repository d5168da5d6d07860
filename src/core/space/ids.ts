/**
 * Ids are the only currency of logs, exports, drawings and the command line: canonical, readable,
 * parseable. What an id looks like is its space's business; everyone else passes it on.
 */
declare const kind: unique symbol;

/** Names a part of an architecture that a region can offer by itself: a cell, e.g. `5:1e6`. */
export type PartId = string & { readonly [kind]: 'part' };

/** Names an architecture, e.g. `5:1e6.372`. */
export type ArchitectureId = string & { readonly [kind]: 'architecture' };
