import type { App } from '#http/base/app.ts'
import { codeOf } from '#lib/errors.ts'

/**
 * Listens, and returns the address for people: no final slash.
 *
 * @throws Error that says which setting to change.
 */
export async function listenAt(server: App, host: string, port: number): Promise<string> {
  await server.listen({ host, port }).catch((error: unknown) => {
    throw explainListenError(error, host, port)
  })
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = codeOf(error)
  if (code === 'EADDRINUSE') return new Error(`port ${port} is already in use on ${host}: stop what listens there, or set PORT`)
  if (code === 'EACCES') return new Error(`port ${port} may not be opened by this user: set PORT to one above 1023`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new Error(`HOST ${host} is not an address of this machine`)
  if (code === 'EINVAL') {
    return new Error(
      `HOST ${host} cannot be listened on: it takes an address that is not only of the local link, such as 0.0.0.0 or ::`,
    )
  }
  return error
}
