/** Below this zoom the shoreline comes from the background map alone. */
export const FIRST_CHART_ZOOM = 4
