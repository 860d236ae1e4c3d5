import type { Clock } from '#lib/clock.ts'
import { messageOf } from '#lib/errors.ts'
import type { ProgressLog } from '#lib/progress-log.ts'
import { retry } from '#lib/retry.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { CatalogueError } from '../catalogue/catalogue-error.ts'
import { readCatalogue } from '../catalogue/read-catalogue.ts'
import type { ChartSource } from '../sources/chart-source.ts'
import { openUrl } from '../transfer/open-url.ts'
import { shownAddress } from '../transfer/shown-address.ts'
import { TransferError } from '../transfer/transfer-error.ts'
import type { TransferSettings } from './transfer-settings.ts'

/** The catalogue may be readable later. */
export class CatalogueUnreachableError extends Error {
  override readonly name = 'CatalogueUnreachableError'
}

export interface FetchCatalogueOptions {
  url: URL
  source: Pick<ChartSource, 'format' | 'variable'>
  settings: TransferSettings
  clock: Clock
  log: ProgressLog
  signal: AbortSignal
  /** Called with the share of the catalogue that has arrived, 0 to 1, when its size is known. */
  onProgress(fraction: number): void
}

/**
 * Downloads and parses the catalogue; retries when the connection fails.
 *
 * @throws CatalogueError when a later try cannot help: a wrong address, a redirect loop, an endless body, not a catalogue.
 *   CatalogueUnreachableError when the server is unreachable or keeps failing.
 */
export async function fetchCatalogue(options: FetchCatalogueOptions): Promise<{ catalogue: Catalogue; bytes: number }> {
  const { url, source, settings, clock, log, signal } = options
  try {
    return await retry(() => fetchOnce(options), {
      ...settings.retry,
      clock,
      signal,
      retryable: (error) => error instanceof TransferError && error.retryable,
      onRetry: (error, attempt, wait) =>
        log.warning(
          `The catalogue could not be read (try ${attempt}): ${messageOf(error)}. Retrying in ${(wait / 1000).toFixed(1)} s`,
        ),
    })
  } catch (error) {
    if (!(error instanceof TransferError)) throw error
    const message = `the catalogue cannot be read: ${messageOf(error)}`
    throw error.retryable
      ? new CatalogueUnreachableError(message)
      : new CatalogueError(`${message}. Check ${source.variable} (${shownAddress(url)})`)
  }
}

async function fetchOnce({ url, source, settings, signal, onProgress }: FetchCatalogueOptions) {
  const opened = await openUrl(url, { limits: settings.catalogue, userAgent: settings.userAgent, signal })
  let bytes = 0
  const catalogue = await readCatalogue(opened.body, {
    format: source.format,
    signal,
    onProgress(read) {
      bytes = read
      if (opened.announcedBytes !== null && opened.announcedBytes > 0) onProgress(read / opened.announcedBytes)
    },
  })
  return { catalogue, bytes }
}
