/** What a chart is, and what every chart is given and gives back, whatever it draws. */

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

/** A telling case of a chart: drawn in the gallery, and by the tests of every chart. */
export interface Fixture<Model> {
  readonly name: string;
  readonly model: Model;
}

/** One chart: the entry that its folder exports, and all that a screen needs to show it. */
export interface Chart<Model> {
  /** Its folder under `viz`. */
  readonly id: string;
  readonly title: string;
  /**
   * Draws the model into the svg, and can be called again and again with others: marks keep their
   * identity by key, and the same model again changes nothing.
   */
  readonly render: (svg: SVGSVGElement, model: Model, options: ChartOptions) => Rendered;
  /** The model in one or two sentences: the accessible name of the drawing. */
  readonly describe: (model: Model) => string;
  readonly table: (model: Model) => ChartTable;
  /** Empty or smallest, typical, crowded, extreme; loaded on demand, as no screen needs them. */
  readonly fixtures: () => Promise<readonly Fixture<Model>[]>;
}
