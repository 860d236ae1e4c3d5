import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { readListSearch } from '../kit/find-by-text.ts'
import { readCellFilter } from '../pages/charts/cells/cell-filter.ts'
import { readReportFilter } from '../pages/charts/upload/report-filter.ts'
import { readUploadsView } from '../pages/charts/uploads/uploads-view.ts'
import { readExportsView } from '../pages/exports/exports-view.ts'
import { readJobView } from '../pages/job/job-view.ts'
import { readJobFilter } from '../pages/jobs/job-filter.ts'
import { JobsPage } from '../pages/jobs/jobs-page.tsx'
import { readMapView } from '../pages/map/map-view.ts'
import { readTokensView } from '../pages/tokens/tokens-view.ts'
import type { Portal } from '../state/portal.ts'
import { NotFound } from './not-found.tsx'
import { onlyWhatIsRead } from './read-search.ts'
import { PageError, RouteError } from './route-error.tsx'
import { SignedIn } from './shell/signed-in.tsx'

const rootRoute = createRootRoute({ notFoundComponent: NotFound, errorComponent: RouteError })

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    // Only a path of the portal itself: a link must not lead elsewhere after the sign-in.
    const { next } = search
    return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? { next } : {}
  },
  component: lazyRouteComponent(() => import('../pages/sign-in/sign-in-page.tsx'), 'SignInPage'),
  errorComponent: RouteError,
})

const shellRoute = createRoute({ getParentRoute: () => rootRoute, id: 'shell', component: SignedIn, errorComponent: RouteError })

const indexRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/jobs', replace: true })
  },
})

const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs',
  validateSearch: onlyWhatIsRead(readJobFilter),
  // The home page comes with the shell, so that it does not wait for a second script.
  component: JobsPage,
})

const jobRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/jobs/$id',
  validateSearch: onlyWhatIsRead(readJobView),
  component: lazyRouteComponent(() => import('../pages/job/job-page.tsx'), 'JobPage'),
})

const chartsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charts',
  beforeLoad: () => {
    throw redirect({ to: '/charts/uploads', replace: true })
  },
})

const uploadsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charts/uploads',
  validateSearch: onlyWhatIsRead(readUploadsView),
  component: lazyRouteComponent(() => import('../pages/charts/uploads/uploads-page.tsx'), 'UploadsPage'),
})

const uploadRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charts/uploads/$id',
  validateSearch: onlyWhatIsRead(readReportFilter),
  component: lazyRouteComponent(() => import('../pages/charts/upload/upload-page.tsx'), 'UploadPage'),
})

const cellsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charts/cells',
  validateSearch: onlyWhatIsRead(readCellFilter),
  component: lazyRouteComponent(() => import('../pages/charts/cells/cells-page.tsx'), 'CellsPage'),
})

const cellRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charts/cells/$name',
  component: lazyRouteComponent(() => import('../pages/charts/cells/cell-page.tsx'), 'CellPage'),
})

const publicRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charts/public',
  component: lazyRouteComponent(() => import('../pages/charts/public/public-page.tsx'), 'PublicPage'),
})

const permitsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/charts/permits',
  component: lazyRouteComponent(() => import('../pages/charts/permits/permits-page.tsx'), 'PermitsPage'),
})

const chartRoutes = [chartsRoute, uploadsRoute, uploadRoute, cellsRoute, cellRoute, publicRoute, permitsRoute]

const mapRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/map',
  validateSearch: onlyWhatIsRead(readMapView),
  component: lazyRouteComponent(() => import('../pages/map/map-page.tsx'), 'MapPage'),
})

const stylesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/styles',
  validateSearch: onlyWhatIsRead((search) => readListSearch(search, 'q')),
  component: lazyRouteComponent(() => import('../pages/styles/styles-page.tsx'), 'StylesPage'),
})

const styleRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/styles/$id',
  component: lazyRouteComponent(() => import('../pages/styles/style-page.tsx'), 'StylePage'),
})

const exportsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/exports',
  validateSearch: onlyWhatIsRead(readExportsView),
  component: lazyRouteComponent(() => import('../pages/exports/exports-page.tsx'), 'ExportsPage'),
})

const tokensRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/tokens',
  validateSearch: onlyWhatIsRead(readTokensView),
  component: lazyRouteComponent(() => import('../pages/tokens/tokens-page.tsx'), 'TokensPage'),
})

const accountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('../pages/account/account-page.tsx'), 'AccountPage'),
})

const adminRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin',
  beforeLoad: () => {
    throw redirect({ to: '/admin/accounts', replace: true })
  },
})

const accountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/accounts',
  validateSearch: onlyWhatIsRead((search) => readListSearch(search, 'q')),
  component: lazyRouteComponent(() => import('../pages/admin/accounts-page.tsx'), 'AccountsPage'),
})

const adminAccountRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/accounts/$id',
  validateSearch: onlyWhatIsRead((search) => readListSearch(search, 'user', 'token')),
  component: lazyRouteComponent(() => import('../pages/admin/admin-account-page.tsx'), 'AdminAccountPage'),
})

const serverRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/admin/server',
  component: lazyRouteComponent(() => import('../pages/server/server-page.tsx'), 'ServerPage'),
})

const adminRoutes = [adminRoute, accountsRoute, adminAccountRoute, serverRoute]

const webhooksRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhooks',
  component: lazyRouteComponent(() => import('../pages/webhooks/webhooks-page.tsx'), 'WebhooksPage'),
})

const webhookRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/webhooks/$id',
  component: lazyRouteComponent(() => import('../pages/webhooks/webhook-page.tsx'), 'WebhookPage'),
})

const webhookRoutes = [webhooksRoute, webhookRoute]

/** Inside the shell, so that the navigation is where it always is. */
const nowhereRoute = createRoute({ getParentRoute: () => shellRoute, path: '$', component: NotFound })

const routeTree = rootRoute.addChildren([
  signInRoute,
  shellRoute.addChildren([
    indexRoute,
    jobsRoute,
    jobRoute,
    ...chartRoutes,
    mapRoute,
    stylesRoute,
    styleRoute,
    tokensRoute,
    exportsRoute,
    ...webhookRoutes,
    accountRoute,
    ...adminRoutes,
    nowhereRoute,
  ]),
])

/** The routes of the portal. Lists in addresses are written with commas: `?state=failed,cancelled`. */
export function createPortalRouter({ base }: Portal) {
  return createRouter({
    routeTree,
    basepath: new URL(base).pathname,
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: PageError,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const given = Object.entries(search).flatMap(([key, value]) =>
        value === undefined || value === null || value === '' ? [] : [`${key}=${encodeValue(String(value))}`],
      )
      return given.length === 0 ? '' : `?${given.join('&')}`
    },
  })
}

/** Percent-encodes a value, but leaves the commas and slashes that are allowed in a query and easier to read. */
function encodeValue(value: string): string {
  return encodeURIComponent(value).replaceAll('%2C', ',').replaceAll('%2F', '/')
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createPortalRouter>
  }
}
