import { ApiError, UnreachableError } from '../api/errors.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import classes from './note.module.css'

/** What went wrong with one part of the page, in the server's words; the rest of the page stays. */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  return (
    <div className={`${classes.note} ${classes.error}`} role="alert">
      <Icon name="failed" />
      <div className={classes.text}>
        <p>{messageOf(error)}</p>
        {error instanceof ApiError && (error.code !== '' || error.requestId !== null) ? (
          <p className={classes.small}>
            {error.code}
            {error.requestId === null ? '' : ` · request ${error.requestId}`}
          </p>
        ) : null}
      </div>
      {onRetry === undefined ? null : (
        <Button icon="retry" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** An error as a sentence. */
export function messageOf(error: unknown): string {
  if (error instanceof UnreachableError) return 'The server does not answer. It may be restarting, or the network is down.'
  return error instanceof Error ? error.message : 'Something went wrong.'
}
