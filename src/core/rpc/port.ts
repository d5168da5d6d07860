/** One end of the way between two threads. What goes over it is plain data, in order. */
export interface Port<In, Out> {
  post(message: Out): void;
  /** Called once, before anything is posted. `died` gets a sentence about why. */
  listen(message: (message: In) => void, died: (why: string) => void): void;
  /** Ends the other thread, or this end's interest in it. */
  close(): void;
}
