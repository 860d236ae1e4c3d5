import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { connect } from '#cli/client/api-client.ts'
import { writeDemoMirror } from '#demo/write-demo-mirror.ts'
import { coastIsShown } from './coast-is-shown.ts'
import { type PortalServer, signIn, startPortalServer } from './portal-server.ts'
import { refreshCharts } from './refresh-charts.ts'

/** The real server with its portal and the invented coast, and two users who share nothing but the charts. */
export interface DemoPortal extends PortalServer {
  /** Bearer strings of sessions of two users of two accounts, neither of them an administrator. */
  kim: string
  lee: string
  /** Sends a request with a session and JSON, and reads the answer. */
  call(session: string, method: string, route: string, json?: unknown): Promise<{ status: number; body: unknown }>
}

const PASSWORD = 'a long password'

export async function startDemoPortal(): Promise<DemoPortal> {
  const mirror = await mkdtemp(path.join(tmpdir(), 'chartroom-mirror-'))
  await writeDemoMirror(mirror)
  const server = await startPortalServer({ PUBLIC_CHARTS_URL: pathToFileURL(path.join(mirror, 'ENCProdCat.xml')).href })
  const call: DemoPortal['call'] = async (session, method, route, json) => {
    const headers = { authorization: `Bearer ${session}`, 'content-type': 'application/json' }
    const answer = await fetch(server.url + route, {
      method,
      headers,
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  await refreshCharts({ api: () => connect(server.url, 'admin', 'admin') })
  const admin = await server.session()
  await coastIsShown(server.url, admin)
  const userOf = async (name: string): Promise<string> => {
    const given = { name: `${name}'s boats`, username: name, password: PASSWORD }
    const { status, body } = await call(admin, 'POST', '/api/portal/v1/admin/createAccount', given)
    if (status !== 200) throw new Error(`the account of ${name} was not made: ${JSON.stringify(body)}`)
    return await signIn(server.url, { username: name, password: PASSWORD })
  }
  return {
    ...server,
    kim: await userOf('kim'),
    lee: await userOf('lee'),
    call,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await rm(mirror, { recursive: true, force: true })
    },
  }
}
