import type { Accounts } from '#accounts/accounts.ts'
import type { Cells } from '#charts/cells/cells.ts'
import type { Uploads } from '#charts/uploads/uploads.ts'
import type { Exports } from '#exports/exports.ts'
import { silentLog } from '#lib/log.ts'
import type { Bathymetry } from '#reports/bathymetry/bathymetry.ts'
import type { UserReports } from '#reports/points/user-reports.ts'
import type { Styles } from '#styles/styles.ts'
import type { Tiles } from '#tiles/create-tiles.ts'
import type { Webhooks } from '#webhooks/webhooks.ts'
import type { JobsService } from './base/jobs-service.ts'
import { createServer } from './server.ts'

/** The OpenAPI document of the server, without a database: the routes are built, and no request is made. */
export async function describeApi(version: string): Promise<object> {
  const noRequests = (): never => {
    throw new Error('a server built to be described takes no requests')
  }
  const unused = async (): Promise<never> => noRequests()
  const jobs: JobsService = {
    list: unused,
    listSummaries: unused,
    counts: unused,
    get: unused,
    getSummary: unused,
    log: unused,
    create: unused,
    creatableTypes: () => [],
    isAdministrative: () => false,
    countActive: unused,
    cancel: unused,
    retry: unused,
    subscribe: () => () => {},
    treeLogs: unused,
  }
  const uploads: Uploads = {
    limit: 0,
    userPermit: null,
    receive: unused,
    discard: unused,
    nextId: unused,
    record: unused,
    list: unused,
    count: unused,
    find: unused,
    markDeleted: unused,
    markAllDeleted: unused,
    previewDeletion: unused,
    reports: unused,
  }
  const cells: Cells = {
    list: unused,
    extent: unused,
    coverages: noRequests,
    classes: unused,
    file: unused,
    get: unused,
    permits: unused,
    publicFailures: unused,
  }
  const accounts: Accounts = {
    provision: unused,
    login: unused,
    authenticate: unused,
    recognise: unused,
    recall: () => null,
    logout: unused,
    changePassword: unused,
    listSessions: unused,
    endSession: unused,
    forget: noRequests,
    tokens: { list: unused, create: unused, update: unused, delete: unused },
    hasDefaultPassword: unused,
    administration: new Proxy({} as Accounts['administration'], { get: () => unused }),
  }
  const styles: Styles = { list: unused, get: unused, create: unused, update: unused, delete: unused, find: unused }
  const reports: UserReports = { create: unused, vote: unused, delete: unused, list: unused, activeSince: noRequests }
  const bathymetry: Bathymetry = { maximumSoundings: 0, create: unused, list: unused, get: unused }
  const tiles = new Proxy({} as Tiles, { get: () => unused })
  const exports = new Proxy({} as Exports, { get: () => unused })
  const webhooks = new Proxy({} as Webhooks, { get: () => unused })
  const instance = { details: unused, diagnostics: unused }
  const services = {
    accounts,
    jobs,
    uploads,
    cells,
    tiles,
    styles,
    reports,
    bathymetry,
    webhooks,
    exports,
    instance,
    noaaAgreement: { get: unused, accept: unused },
  }
  const app = createServer({ ...services, health: [], log: silentLog(), version })
  await app.ready()
  const document = app.swagger()
  await app.close()
  return document
}
