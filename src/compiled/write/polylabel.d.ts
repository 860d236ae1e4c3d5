declare module 'polylabel' {
  /** Returns the pole of inaccessibility of a polygon, with its distance from the outline. */
  export default function polylabel(
    polygon: readonly (readonly [number, number])[][],
    precision?: number,
  ): number[] & { distance: number }
}
