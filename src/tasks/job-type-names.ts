/** Every job type of the product. The engine checks at startup that each has exactly one handler. */
export const JOB_TYPE_NAMES = [
  'refresh-public-charts',
  'index-public-encs',
  'user-upload',
  'index-custom-encs',
  'delete-upload',
  'delete-user',
  'delete-account',
  'clear-tiles',
  'recompile-cells',
  'vacuum-analyze',
  'backup',
  'expire-user-reports',
  'export-charts',
] as const
