// Who is looking: the token of the address, or the session of a sign-in, which lasts as long as the browser tab.

const KEY = 'chartroom-session'
const folder = document.documentElement.dataset.folder ?? ''

/** Address of a path of the server, which may live in a sub-folder. */
export const addressOf = (path) => `${location.origin}${folder}${path}`

/** The bearer token; null when the user must sign in. */
export function currentToken() {
  return new URLSearchParams(location.search).get('token') ?? sessionStorage.getItem(KEY)
}

/** Whether the token came with a sign-in, so that signing out makes sense. */
export const isSession = () => sessionStorage.getItem(KEY) !== null && !new URLSearchParams(location.search).has('token')

/** Signs in. @throws Error with a sentence for the user. */
export async function signIn(username, password) {
  const response = await fetch(addressOf('/api/portal/v1/auth/login'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!response.ok) throw new Error(await problemOf(response))
  const { token } = await response.json()
  sessionStorage.setItem(KEY, token.id)
}

/** Ends the session here and on the server. */
export async function signOut() {
  const token = sessionStorage.getItem(KEY)
  sessionStorage.removeItem(KEY)
  if (token === null) return
  const headers = { authorization: `Bearer ${token}` }
  await fetch(addressOf('/api/portal/v1/auth/logout'), { method: 'POST', headers }).catch(() => undefined)
}

/** Drops a session that the server no longer knows. */
export const forgetSession = () => sessionStorage.removeItem(KEY)

/** Calls the API with the token. @throws Error with a sentence for the user and the HTTP `status`. */
export async function call(path, options = {}) {
  const headers = { authorization: `Bearer ${currentToken()}`, ...options.headers }
  const response = await fetch(addressOf(path), { ...options, headers })
  if (!response.ok) throw Object.assign(new Error(await problemOf(response)), { status: response.status })
  return await response.json()
}

async function problemOf(response) {
  const problem = await response.json().catch(() => ({}))
  return problem.detail ?? `The server answered with HTTP ${response.status}.`
}
