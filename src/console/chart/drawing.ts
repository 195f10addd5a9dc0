/** A chart with places: what the layout gives and the page draws. Lengths are in the drawing's own units. */

/** `parallel`: its states hold side by side; `any` stands for every state around it, as where a transition begins. */
export type StateKind = 'atomic' | 'compound' | 'parallel' | 'any';

/** An event that leads along an arrow, and the conditions that must hold. An empty type happens by itself. */
export type ChartEvent = { readonly type: string; readonly conditions: readonly string[] };

/** Names an arrow. */
export function arrowKey(from: string, to: string): string {
  return `${from} → ${to}`;
}

export type Point = { readonly x: number; readonly y: number };
export type Box = Point & { readonly width: number; readonly height: number };

export type DrawnState = Box & {
  readonly path: string;
  readonly name: string;
  readonly kind: StateKind;
  readonly initial: boolean;
  readonly stays: readonly string[];
  /** How many states are around it; the outermost of a region have none. */
  readonly depth: number;
};

export type DrawnArrow = {
  readonly from: string;
  readonly to: string;
  readonly events: readonly ChartEvent[];
  /** Where it runs: a line with corners, from its beginning to its head. */
  readonly points: readonly Point[];
  /** Where its label lies, a line for each event. */
  readonly label: Box & { readonly lines: readonly string[] };
};

/** A region: states from the outermost in, so that whatever is drawn later lies on what is around it. */
export type DrawnRegion = {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly states: readonly DrawnState[];
  readonly arrows: readonly DrawnArrow[];
};

export type DrawnChart = readonly DrawnRegion[];
