import type { Page } from 'playwright-core'
import type { PortalPageOptions } from '#test/browser/portal-page.ts'
import { clickForColours } from './draw-styles.ts'

/** The records that the pictures of the tour open. */
export interface TourSetting {
  /** The job that has refreshed the charts. */
  job: string
  /** An upload that has been read. */
  upload: number
  /** A style with its own colours. */
  style: number
  /** An account beside that of the administrator. */
  account: number
  /** Handle of a token. */
  token: string
  /** Latitude and longitude of a lit buoy. */
  buoy: readonly [number, number]
}

/** A picture of docs/tour.md. To add a page, add its stop here and its section there. */
export interface TourStop {
  /** Name of the file, without its ending. */
  name: string
  address(setting: TourSetting): string
  /** Resolves when the page shows what the picture is for. */
  reach(page: Page): Promise<unknown>
  viewport?: PortalPageOptions['viewport']
  /** Of the window in pixels, where the page is higher than others. */
  height?: number
  scheme?: PortalPageOptions['scheme']
}

const byText = (text: string | RegExp) => async (page: Page) => await page.getByText(text).first().waitFor()
const chartInUse = async (page: Page) =>
  await page
    .locator('footer')
    .getByText(/DEMO[A-Z] \d+\.\d+, 1:/)
    .waitFor()

export const TOUR_STOPS: readonly TourStop[] = [
  { name: 'jobs', address: () => '/jobs', reach: async (page) => await page.locator('tr[data-job]').first().waitFor() },
  { name: 'job', address: ({ job }) => `/jobs/${job}`, reach: byText(/cells indexed/) },
  {
    name: 'map',
    address: ({ buoy }) => `/map?at=${buoy.join(',')},14&pick=${buoy.join(',')}&theme=day`,
    reach: async (page) => {
      await chartInUse(page)
      await page.locator('article').first().waitFor()
    },
  },
  {
    name: 'map-phone',
    address: ({ buoy }) => `/map?at=${buoy.join(',')},13&theme=night`,
    reach: chartInUse,
    viewport: 'phone',
    scheme: 'night',
  },
  { name: 'upload', address: ({ upload }) => `/charts/uploads/${upload}`, reach: byText('XX5HARBB') },
  {
    name: 'styles',
    address: () => '/styles',
    reach: async (page) => await page.locator('img').nth(1).waitFor(),
  },
  {
    name: 'style',
    address: ({ style }) => `/styles/${style}`,
    reach: clickForColours,
  },
  { name: 'tokens', address: () => '/tokens', reach: byText('Plotter on the bridge') },
  {
    name: 'snippet',
    address: ({ token }) => `/tokens?use=${token}`,
    reach: async (page) => await page.getByRole('region', { name: 'Snippet for MapLibre' }).waitFor(),
  },
  {
    name: 'exports',
    address: () => '/exports?box=-35.05,42.85,-34.8,43.05',
    reach: async (page) => {
      await page.getByText(/^about [\d.]+ MB$/).waitFor()
      await page.getByText('Completed').first().waitFor()
    },
    height: 1_180,
  },
  { name: 'account', address: ({ account }) => `/admin/accounts/${account}`, reach: byText('deckhand@ship.example') },
  { name: 'server', address: () => '/admin/server', reach: byText('DATA_DIR') },
]
