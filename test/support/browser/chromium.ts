import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/** Path of the Chromium of this machine: `CHROMIUM`, or one of the usual places; null when there is none. */
function findChromium(): string | null {
  const named = process.env['CHROMIUM']
  if (named !== undefined) return named
  return PLACES.find((place) => existsSync(place)) ?? null
}

/**
 * Option of a test that needs Chromium: false where it is installed, else the reason of the skip. In continuous integration (`CI`) nothing
 * is skipped: a test without its browser fails.
 */
export const withoutChromium: string | false =
  findChromium() === null && !process.env['CI'] && 'needs Chromium: install it, or name it in CHROMIUM'

/**
 * Starts Chromium without a window and with software rendering, so that pictures do not depend on a graphics card.
 *
 * @param more arguments, such as `--host-resolver-rules=MAP boat.test 127.0.0.1`.
 * @throws Error when there is none; tests ask `withoutChromium` first.
 */
export async function openChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('Chromium is not installed')
  const args = [
    '--no-sandbox',
    '--use-gl=angle',
    '--use-angle=swiftshader',
    '--enable-unsafe-swiftshader',
    '--disable-lcd-text',
    '--disable-gpu-rasterization',
  ]
  return await chromium.launch({ executablePath, args: [...args, ...more] })
}
