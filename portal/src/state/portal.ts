import { type AdminApi, createAdminApi } from '../api/admin-api.ts'
import { createApiClient } from '../api/api-client.ts'
import { type ChartsApi, createChartsApi } from '../api/charts-api.ts'
import { createExportsApi, type ExportsApi } from '../api/exports-api.ts'
import { createPortalApi, type PortalApi } from '../api/portal-api.ts'
import { createRequester, type Requester } from '../api/request.ts'
import { createSessionStore, type SessionStore } from '../api/session-store.ts'
import { createStylesApi, type StylesApi } from '../api/styles-api.ts'
import { createTokensApi, type TokensApi } from '../api/tokens-api.ts'
import { createWebhooksApi, type WebhooksApi } from '../api/webhooks-api.ts'
import type { Observable } from '../lib/observable.ts'
import { createServerClock, type ServerClock } from '../lib/server-clock.ts'
import { createJobList, type JobList } from '../live/job-list.ts'
import { createJobStore, type JobStore } from '../live/job-store.ts'
import { createLive, type Live } from '../live/live.ts'
import { createStreamSlots } from '../live/stream-slots.ts'
import { browserTimers } from '../live/timers.ts'
import { createSendFile } from '../uploads/send-file.ts'
import { createUploadQueue, type UploadQueue } from '../uploads/upload-queue.ts'
import { createPreferences, type Preferences } from './preferences.ts'
import { sessionFromFragment } from './session-from-fragment.ts'

/** Everything that the pages share. */
export interface Portal {
  /** The address that the portal lies at, with a slash at its end. */
  base: string
  api: PortalApi
  charts: ChartsApi
  exports: ExportsApi
  tokens: TokensApi
  styles: StylesApi
  admin: AdminApi
  webhooks: WebhooksApi
  requester: Requester
  session: SessionStore
  clock: ServerClock
  store: JobStore
  /** Files on their way to the server; sending continues whatever page is shown. */
  uploads: UploadQueue
  live: Live
  /** The top-level jobs at work, for the pill of the shell. */
  active: JobList
  preferences: Observable<Preferences>
}

/** Connects the parts; the session comes from the URL, this window, this device or another window. */
export async function createPortal(): Promise<Portal> {
  const base = document.baseURI
  const session = createSessionStore(
    { session: storage('sessionStorage'), local: storage('localStorage') },
    channel('chartroom-session'),
  )
  const token = sessionFromFragment(location.hash)
  if (token !== null) {
    history.replaceState(history.state, '', location.pathname + location.search)
    session.signIn({ token, username: '', userId: null, keep: false })
  }
  await session.borrow(120)

  const clock = createServerClock(Date.now)
  const requester = createRequester({ base, session, clock })
  const client = createApiClient(requester, base)
  const api = createPortalApi(client, requester)
  const exports = createExportsApi(client)
  const tokens = createTokensApi(client)
  const charts = createChartsApi(requester, base)
  const styles = createStylesApi(requester, client, base)
  const admin = createAdminApi(requester, base)
  const webhooks = createWebhooksApi(requester, base)
  const uploads = createUploadQueue(createSendFile(base, session), () => performance.now(), session.over)
  const store = createJobStore({ timers: browserTimers, nextFrame: (draw) => requestAnimationFrame(draw) })
  const slots = createStreamSlots(channel('chartroom-streams'), () => live.streams())
  const live: Live = createLive({
    timers: browserTimers,
    async connect(lastEventId, signal) {
      // As if the server had refused: this window then polls.
      if (!(await slots.free())) return new Response(null, { status: 429 })
      return await requester.raw('api/portal/v1/jobs/events?view=summary', {
        signal,
        headers: { accept: 'text/event-stream', ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) },
      })
    },
    onJob: (job) => store.put([job]),
    onUnauthorised: () => session.over.set(true),
    health: () => requester.health(),
  })
  const active = createJobList({
    store,
    immediate: true,
    readPage: (cursor, signal) => api.jobs({ activeOnly: true, parent: 'none', limit: 200, cursor }, signal),
    readJob: (id, signal) => api.job(id, signal),
    belongs: (job) => job.parentJobId === null && (job.jobState === 'pending' || job.jobState === 'running'),
  })
  const preferences = createPreferences(storage('localStorage'))
  return {
    base,
    api,
    charts,
    admin,
    webhooks,
    styles,
    exports,
    tokens,
    requester,
    session,
    clock,
    store,
    uploads,
    live,
    active,
    preferences,
  }
}

/** A storage of the browser; one that does nothing when the user has switched it off. */
function storage(name: 'sessionStorage' | 'localStorage'): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  try {
    return window[name]
  } catch {
    return { getItem: () => null, setItem: () => {}, removeItem: () => {} }
  }
}

function channel(name: string): BroadcastChannel | null {
  return typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name)
}
