// The server of `npm run bench -- jobs --only events`: `events-server.ts <url> <jobs per round>`. A process of its own, to measure its
// memory. The message 'run' starts a round of jobs; 'memory' is answered after a garbage collection.

import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAccounts } from '#accounts/accounts.ts'
import { createCells } from '#charts/cells/cells.ts'
import { createNoaaAgreement } from '#charts/refresh/noaa-agreement.ts'
import { createUploads } from '#charts/uploads/uploads.ts'
import { openDatabase } from '#db/database.ts'
import { createServer } from '#http/server.ts'
import { createJobs } from '#jobs/jobs.ts'
import { systemClock } from '#lib/clock.ts'
import { silentLog } from '#lib/log.ts'
import { createFolderStore } from '#storage/folder-store.ts'
import { createStyles } from '#styles/styles.ts'
import { createTestExports } from '#test/exports.ts'
import { createTestInstance } from '#test/instance.ts'
import { jobType } from '#test/jobs.ts'
import { createTestReports } from '#test/reports.ts'
import { unusedTiles } from '#test/tiles.ts'
import { createTestWebhooks } from '#test/webhooks.ts'

const [, , url = '', count = '100'] = process.argv
const ROUNDS = 10
const PAUSE = 40

/** Two steps of ten rounds, each with a line and progress, as subscribers see of an import. */
const busy = jobType(
  'busy',
  async (job) => {
    for (const name of ['step_one', 'step_two'])
      await job.step(name, async (step) => {
        for (let round = 1; round <= ROUNDS; round++) {
          job.log.info(`${name}: round ${round} of ${ROUNDS}, cell US5CN${round}0M read without warnings`)
          step.progress(round / ROUNDS)
          await sleep(PAUSE)
        }
      })
    return { cells: 2 * ROUNDS }
  },
  { steps: ['step_one', 'step_two'].map((name) => ({ name, weight: 1 })) },
)

const log = silentLog()
const { db } = openDatabase({ url })
const accounts = createAccounts({ db, clock: systemClock, log, secretKey: randomBytes(32) })
await accounts.provision({ adminUsername: 'admin', adminPassword: 'admin', defaultToken: null })
const login = await accounts.login({ username: 'admin', password: 'admin', clientAddress: '127.0.0.1' })
const concurrency = { import: 1, maintenance: 1, light: 8, export: 1 }
const jobs = createJobs({ db, url, names: ['busy'], types: [busy], log, concurrency, soleWorker: false })
await jobs.start()
const storage = createFolderStore('unused-blobs')
const uploads = createUploads({ db, storage, userPermit: null })
const cells = createCells({ db, storage })
const app = createServer({
  accounts,
  jobs,
  uploads,
  cells,
  tiles: unusedTiles(),
  styles: createStyles({ db, clock: systemClock }),
  noaaAgreement: createNoaaAgreement(db),
  exports: createTestExports({ db, storage, tiles: unusedTiles() }),
  instance: createTestInstance({ db, storage }),
  ...createTestReports({ db }).services,
  webhooks: createTestWebhooks(db),
  health: [],
  log,
  version: 'bench',
})
await app.listen({ host: '127.0.0.1', port: 0 })

let most = 0
setInterval(() => {
  most = Math.max(most, process.memoryUsage().heapUsed)
}, 100).unref()

process.on('message', async (message) => {
  if (message === 'run') {
    const ids: string[] = []
    for (let n = 0; n < Number(count); n++) ids.push((await jobs.create({ jobType: 'busy', accountId: null })).jobId)
    process.send?.({ ids })
  } else {
    const before = most
    global.gc?.()
    const { rss, heapUsed, arrayBuffers, external } = process.memoryUsage()
    process.send?.({ rss, heap: heapUsed, most: before, buffers: arrayBuffers + external })
    most = 0
  }
})
process.send?.({ port: (app.server.address() as AddressInfo).port, token: login.token.id })
