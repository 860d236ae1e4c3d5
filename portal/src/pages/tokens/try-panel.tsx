import { useEffect, useState } from 'react'
import { UnreachableError } from '../../api/errors.ts'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Button } from '../../kit/button.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { Icon } from '../../kit/icon.tsx'
import { Panel } from '../../kit/panel.tsx'
import { useOfflineReason, usePreferences } from '../../state/portal-context.tsx'
import { useScheme } from '../../state/use-scheme.ts'
import { trialWords } from '../../text/tokens-en.ts'
import { type SnippetSettings, trialTile } from './snippets.ts'
import classes from './tokens.module.css'
import { type TileTrial, tryTile } from './try-tile.ts'

/** A day tile would dazzle at night. */
const THEMES = { light: 'day', dark: 'dusk', night: 'night' } as const

/** Fetches one tile with the token, and shows what came back. */
export function TryPanel({ settings, onTried }: { settings: Omit<SnippetSettings, 'attribution'>; onTried(): void }) {
  const offline = useOfflineReason()
  const announce = useAnnounce()
  const scheme = useScheme(usePreferences().scheme)
  const [busy, setBusy] = useState(false)
  const [trial, setTrial] = useState<TileTrial | null>(null)
  const [error, setError] = useState<unknown>(null)

  async function run(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      const done = await tryTile(trialTile(settings, THEMES[scheme]))
      setTrial(done)
      announce(trialWords(done))
      onTried()
    } catch (problem) {
      setTrial(null)
      setError(new UnreachableError(problem))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Panel
      title="Try it"
      actions={
        <Button busy={busy} off={offline} onClick={() => void run()}>
          Fetch a tile
        </Button>
      }
    >
      {error === null ? null : <ErrorNote error={error} />}
      {trial === null ? (
        error === null ? (
          <p className={classes.muted}>
            One tile, with the token alone: status, bytes and milliseconds. It counts as a use of the token.
          </p>
        ) : null
      ) : (
        <div className={classes.trial}>
          <p className={classes.verdict}>
            <span className={trial.ok ? classes.good : classes.bad}>
              <Icon name={trial.ok ? 'completed' : 'failed'} size={16} />
            </span>
            {trialWords(trial)}
          </p>
          {trial.ok ? <TilePicture picture={trial.picture} /> : <p>{trial.reason}</p>}
        </div>
      )}
    </Panel>
  )
}

function TilePicture({ picture }: { picture: Blob }) {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(picture)
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  return (
    <div className={classes.tile}>
      {address === null ? null : <img src={address} width={256} height={256} alt="The tile that was fetched" />}
    </div>
  )
}
