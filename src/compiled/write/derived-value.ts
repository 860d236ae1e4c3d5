/** A property that the compiler derives; `true` is the only truth value, because what is false is left out. */
export type DerivedValue = string | number | true

/** The derived properties of a feature by name (docs/tiles.md). */
export type DerivedProperties = Map<string, DerivedValue>
