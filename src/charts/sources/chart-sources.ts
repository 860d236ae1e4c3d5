import type { ChartSource } from './chart-source.ts'
import { noaa } from './noaa.ts'
import { usace } from './usace.ts'

/** Every source of public charts, in the order in which a refresh reads them. */
export const CHART_SOURCES: readonly ChartSource[] = [noaa, usace]
