/**
 * Test files that take minutes of processor time together, so that the whole run would exceed twenty minutes on two cores. They run with
 * `npm test -- --all`, and each alone when it is named; run them before a release, and after changes to what they cover.
 */
export const LONG_TESTS: readonly string[] = [
  'test/browser/raster-clients.test.ts',
  'test/e2e/backup.test.ts',
  'test/e2e/killed-deletion.test.ts',
  'test/e2e/s3-cluster.test.ts',
  'test/portal/all-charts.test.ts',
  'test/portal/chart-journey.test.ts',
  'test/portal/chart-states.test.ts',
  'test/portal/exports-page.test.ts',
  'test/portal/page-states.test.ts',
  'test/portal/reports-panel.test.ts',
  'test/portal/styles-page.test.ts',
  'test/portal/tokens-page.test.ts',
]
