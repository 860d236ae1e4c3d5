/** Numbers that the user sets, in metres: the safety depth (S), and where shallow and deep water begin. */
export type DepthSetting = 'safetyDepth' | 'shallowDepth' | 'deepDepth'

/** Switches that a condition may test. */
export type FlagSetting =
  | 'twoShades'
  | 'isolatedShallow'
  | 'shallowPattern'
  | 'showLowAccuracy'
  | 'showEncBoundaries'
  | 'showOverscale'

/** What the user sets and the rules depend on. Depths are in metres. */
export interface PortrayalSettings
  extends Readonly<Record<DepthSetting, number>>,
    Readonly<Partial<Record<FlagSetting, boolean>>> {}

/** One side of a comparison: a number. An attribute without a value takes `missing`; if that is null, the comparison fails. */
export type Operand =
  | { kind: 'number'; value: number }
  | { kind: 'setting'; setting: DepthSetting }
  | { kind: 'attribute'; attribute: string; missing: Operand | null }
  | { kind: 'sum'; of: readonly [Operand, Operand] }

export type Comparison = '<' | '<=' | '>' | '>=' | '='

/**
 * When a row applies: a tree over the properties of a tile feature and the settings. Lists are strings such as `3,4,3`. An empty
 * value counts as none.
 */
export type Condition =
  | { kind: 'always' }
  | { kind: 'all'; of: readonly Condition[] }
  | { kind: 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  /** The attribute has a value; for a derived flag such as `lowAccuracy`, it is true. */
  | { kind: 'given'; attribute: string }
  /** The whole value is one of these, as the tiles write it as a string: `3`, or `3,4,3` for a list. */
  | { kind: 'equals'; attribute: string; values: readonly string[] }
  /** The list holds one of these as a whole member. */
  | { kind: 'holds'; attribute: string; values: readonly string[] }
  /** The first member of the list is one of these. */
  | { kind: 'begins'; attribute: string; values: readonly string[] }
  | { kind: 'compare'; left: Operand; operator: Comparison; right: Operand }
  | { kind: 'flag'; setting: FlagSetting }
