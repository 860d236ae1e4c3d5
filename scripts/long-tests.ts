/**
 * Test files that take minutes of processor time together, so that the whole run would exceed twenty minutes on two cores. They run with
 * `npm test -- --all`, and each alone when it is named; run them before a release, and after changes to what they cover.
 */
export const LONG_TESTS: readonly string[] = [
  'test/browser/raster-clients.test.ts',
  'test/e2e/killed-deletion.test.ts',
  'test/portal/chart-journey.test.ts',
  'test/portal/chart-states.test.ts',
  'test/portal/page-states.test.ts',
]
