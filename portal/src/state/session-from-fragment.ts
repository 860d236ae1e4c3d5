/**
 * The session in the fragment of a sign-in address (`/sign-in#session=...`), which `npm run demo` prints. Browsers never send a fragment to
 * the server, so the session reaches no log; the page must remove it from the history at once (`history.replaceState`).
 *
 * @param fragment `location.hash`, with or without its `#`.
 * @returns the 32 hexadecimal digits, or null when there is no valid session.
 */
export function sessionFromFragment(fragment: string): string | null {
  const session = new URLSearchParams(fragment.replace(/^#/, '')).get('session')
  return session !== null && /^[0-9a-f]{32}$/.test(session) ? session : null
}
