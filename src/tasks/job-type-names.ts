/** Every job type of the product. At boot the engine checks that each has exactly one handler. */
export const JOB_TYPE_NAMES = [
  'refresh-public-charts',
  'index-public-encs',
  'clear-tiles',
  'recompile-cells',
  'vacuum-analyze',
] as const
