/** What every chart is given and gives back, whatever it draws. */

export interface ChartOptions {
  /** Width of the drawing in CSS pixels. */
  readonly width: number;
  /** Wished height; each chart has a sensible one of its own. */
  readonly height?: number | undefined;
  /** False: no transitions (fast runs, reduced motion). */
  readonly motion: boolean;
  /** Key of the mark under the pointer or in focus, null when it leaves. */
  readonly onHover?: ((key: string | null) => void) | undefined;
  readonly onSelect?: ((key: string) => void) | undefined;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a renderer returns: the height that it took. */
export interface Rendered {
  readonly height: number;
}

/** The same facts as the drawing, for the table view and CSV. */
export interface ChartTable {
  readonly columns: string[];
  readonly rows: (string | number)[][];
}
