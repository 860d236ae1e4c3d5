import { ErrorNote } from '../kit/error-note.tsx'
import { isMissingPart } from './missing-part.ts'
import { useReloadWhenServed } from './reload-when-served.ts'
import { Page } from './shell/page.tsx'

const MISSING = new Error(
  'This page could not be loaded: the server does not respond, or was updated. The page loads by itself as soon as the server responds.',
)

/** A page that could not be rendered or loaded: what went wrong, and a way to continue. The navigation stays. */
export function PageError({ error }: { error: unknown }) {
  return (
    <Page title="Something went wrong">
      <WhatWentWrong error={error} />
    </Page>
  )
}

/** The same where the shell is not there, because it failed itself. */
export function RouteError({ error }: { error: unknown }) {
  return (
    <main>
      <h1 className="visually-hidden">Something went wrong</h1>
      <WhatWentWrong error={error} />
    </main>
  )
}

function WhatWentWrong({ error }: { error: unknown }) {
  const isMissing = isMissingPart(error)
  useReloadWhenServed(isMissing)
  return isMissing ? <ErrorNote error={MISSING} /> : <ErrorNote error={error} onRetry={() => location.reload()} />
}
