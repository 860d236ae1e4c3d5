import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { addressThrough, startDatabaseProxy } from '#test/database-proxy.ts'
import { freePort } from '#test/free-port.ts'
import { startTestServer } from '../../scripts/test-database.ts'
import type { FaultCase } from './fault-case.ts'
import { attackServer } from './fault-server.ts'

/** A secret that occurs nowhere by chance. */
const canary = () => `canary${randomBytes(8).toString('hex')}`

export const canaries: FaultCase = {
  name: 'canaries',
  title: 'a dozen planted secrets stand in no log, job log, error or metric',
  async run(context) {
    const postgres = await startTestServer()
    const proxyPort = await freePort()
    await using proxy = await startDatabaseProxy(postgres.url, proxyPort)
    const secrets = {
      mirrorUser: canary(),
      mirrorPassword: canary(),
      signature: canary(),
      adminPassword: canary(),
      wrongPassword: canary(),
      bearer: canary(),
      queryToken: canary(),
      provisioned: randomBytes(16)
        .toString('hex')
        .replace(/^(.{12}).(.{3})./, '$14$2a'),
      manufacturerKey: randomBytes(5).toString('hex').toUpperCase(),
      hardwareId: randomBytes(5).toString('hex').toUpperCase(),
      databasePassword: new pg.Client({ connectionString: postgres.url }).password ?? canary(),
      bodyPassword: canary(),
    }
    const mirror = `http://${secrets.mirrorUser}:${secrets.mirrorPassword}@127.0.0.1:${await freePort()}/ENCProdCat.xml?sig=${secrets.signature}`
    const environment = {
      DATABASE_URL: addressThrough(postgres.url, proxyPort),
      PUBLIC_CHARTS_URL: mirror,
      INITIAL_ADMIN_PASSWORD: secrets.adminPassword,
      PROVISIONING_DEFAULT_TOKEN: secrets.provisioned,
      S63_MANUFACTURER_ID: '3130',
      S63_MANUFACTURER_KEY: secrets.manufacturerKey,
      S63_HARDWARE_ID: secrets.hardwareId,
      LOG_LEVEL: 'trace',
    }
    try {
      return await attackServer(context, environment, async (server, broken) => {
        const places: Record<string, string> = {}
        const json = { 'content-type': 'application/json' }
        const keep = async (name: string, asked: ReturnType<typeof server.send>) => {
          places[name] = await asked.then(({ text }) => text).catch(String)
        }
        const login = { username: 'admin', password: secrets.wrongPassword }
        await keep(
          'wrong login',
          server.send('POST', '/api/portal/v1/auth/login', { body: JSON.stringify(login), headers: json }),
        )
        await keep('wrong bearer', server.send('GET', '/api/portal/v1/jobs', { token: secrets.bearer }))
        await keep('wrong token in the query', server.send('GET', `/api/v1/cells?token=${secrets.queryToken}`, { token: null }))
        await keep('token in the query', server.send('GET', `/api/v1/cells?token=${secrets.provisioned}`, { token: null }))
        await keep(
          'broken body',
          server.send('POST', '/api/portal/v1/jobs', { body: `{"${secrets.bodyPassword}`, headers: json }),
        )
        await keep('odd path', server.send('GET', `/api/%ff?token=${secrets.queryToken}`, { token: secrets.provisioned }))
        await keep('permit', server.send('GET', '/api/portal/v1/charts/getPermit'))
        const created = await server.send('POST', '/api/portal/v1/jobs', {
          body: '{"jobType":"refresh-public-charts"}',
          headers: json,
        })
        const { jobId } = JSON.parse(created.text) as { jobId: string }
        for (let i = 0; i < 300; i++) {
          await keep('job', server.send('GET', `/api/portal/v1/jobs/${jobId}`))
          if (/"(failed|cancelled|completed)"/.test(places['job'] ?? '')) break
          await sleep(200)
        }
        await keep('job log', server.send('GET', `/api/portal/v1/jobs/${jobId}/logs`))
        await keep('list of jobs', server.send('GET', '/api/portal/v1/jobs'))
        proxy.goSilent()
        await keep('without database', server.send('GET', '/api/portal/v1/jobs', { timeout: 5_000 }))
        proxy.recover()
        await sleep(2_000)
        await keep('metrics', server.send('GET', '/metrics', { token: null }))
        places['server log'] = server.output()
        for (const [secret, value] of Object.entries(secrets)) {
          const found = Object.entries(places).filter(([, text]) => text.includes(value))
          if (found.length > 0) broken.push(`${secret} stands in: ${found.map(([place]) => place).join(', ')}`)
        }
        return `${Object.keys(secrets).length} secrets, ${Object.keys(places).length} places, ${server.output().length} bytes of log`
      })
    } finally {
      await postgres.stop()
    }
  },
}
