import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { freePort } from './free-port.ts'

const operations = path.resolve(import.meta.dirname, '../../docs/operations.md')

export interface ProxyAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface ProxyRequest {
  method?: string
  headers?: Record<string, string>
  body?: Buffer
  /** Address on the loopback network that the request comes from: the client, as the proxy sees it. */
  from?: string
}

/** nginx with TLS in front of a server, configured by the example in docs/operations.md. */
export interface NginxProxy {
  /** `https://127.0.0.1:<port>`, without the sub-folder. */
  origin: string
  /** Opens a response; the caller reads it. */
  open(url: string, options?: ProxyRequest): Promise<IncomingMessage>
  fetch(url: string, options?: ProxyRequest): Promise<ProxyAnswer>
  close(): Promise<void>
}

/** Why a test with nginx cannot run here; false when it can. */
export function nginxMissing(): string | false {
  for (const [command, argument] of [
    ['nginx', '-v'],
    ['openssl', 'version'],
  ] as const) {
    try {
      execFileSync(command, [argument], { stdio: 'ignore' })
    } catch {
      return `${command} is not installed`
    }
  }
  return false
}

/** @param upstream port of the server on 127.0.0.1. @throws Error with nginx's output when it does not start. */
export async function startNginx(upstream: number): Promise<NginxProxy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chartroom-nginx-'))
  const file = (name: string) => path.join(folder, name)
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject]
  execFileSync('openssl', [...made, '-keyout', file('key.pem'), '-out', file('cert.pem')], { stdio: 'ignore' })
  const port = await freePort()
  await writeFile(file('nginx.conf'), configuration({ folder, port, location: await documentedLocation(upstream) }))
  const child = spawn('nginx', ['-p', folder, '-c', file('nginx.conf'), '-e', 'stderr'], { stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const ca = await readFile(file('cert.pem'))
  const origin = `https://127.0.0.1:${port}`

  async function open(url: string, { method = 'GET', headers = {}, body, from }: ProxyRequest = {}): Promise<IncomingMessage> {
    const length = body === undefined ? {} : { 'content-length': String(body.length) }
    const local = from === undefined ? {} : { localAddress: from }
    const sent = request(url, { method, ca, agent: false, headers: { ...headers, ...length }, ...local })
    sent.end(body)
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    return response
  }
  async function close(): Promise<void> {
    if (child.exitCode === null) {
      child.kill('SIGQUIT')
      await once(child, 'exit')
    }
    await rm(folder, { recursive: true, force: true })
  }

  for (const deadline = performance.now() + 20_000; ; await setTimeout(20)) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await close()
      throw new Error(`nginx did not start: ${output}`)
    }
    try {
      ;(await open(origin)).resume()
      break
    } catch {
      // Not listening yet.
    }
  }
  return {
    origin,
    open,
    async fetch(url, options) {
      const response = await open(url, options)
      const body = Buffer.concat(await response.toArray())
      return { status: response.statusCode ?? 0, headers: response.headers, body }
    },
    close,
  }
}

/** The example of the documentation, for another port of the server. */
async function documentedLocation(upstream: number): Promise<string> {
  const example = /```nginx\n([\s\S]+?)```/.exec(await readFile(operations, 'utf8'))?.[1]
  if (!example?.includes('127.0.0.1:9909')) throw new Error('docs/operations.md has no example for nginx')
  return example.replace('127.0.0.1:9909', `127.0.0.1:${upstream}`)
}

function configuration({ folder, port, location }: { folder: string; port: number; location: string }): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  ${kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${folder}/cert.pem;
    ssl_certificate_key ${folder}/key.pem;
    ${location}
  }
}
`
}
