import { ErrorNote } from '../kit/error-note.tsx'

/** A page that could not be rendered or loaded: what went wrong, and a way to continue. */
export function RouteError({ error }: { error: unknown }) {
  return (
    <main>
      <h1 className="visually-hidden">Something went wrong</h1>
      <ErrorNote error={error} onRetry={() => location.reload()} />
    </main>
  )
}
