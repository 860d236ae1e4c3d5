import { ErrorNote } from '../../kit/error-note.tsx'
import { Facts } from '../../kit/facts.tsx'
import { Note } from '../../kit/note.tsx'
import { useInstance } from '../../state/queries.ts'
import { estimatedTime, noRoom } from '../../text/exports-en.ts'
import { integer } from '../../text/plural.ts'
import { bytes } from '../../text/sizes.ts'
import type { Estimate } from './use-estimate.ts'

/** Charts, tiles, size and time of a pack before it is made, and whether the disk has room for it. */
export function EstimateView({ estimate: { value, error, again } }: { estimate: Estimate }) {
  const { data: instance } = useInstance()
  if (error !== null) return <ErrorNote error={error} onRetry={again} />
  const facts = [
    ['Charts', value === null ? null : integer(value.charts)],
    ['Tiles', value === null ? null : integer(value.tiles)],
    ['Size', value === null ? null : `about ${bytes(value.bytes)}`],
    ['Time', value === null ? null : estimatedTime(value.seconds)],
  ] as const
  return (
    <div aria-live="polite" aria-busy={value === null}>
      <Facts>
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text ?? '…'}</dd>
          </div>
        ))}
      </Facts>
      {value?.fits === false ? (
        <Note icon="warning" kind="waiting">
          {noRoom(value.bytes, instance?.storage?.freeDisk ?? null)}
        </Note>
      ) : null}
      {value?.charts === 0 ? (
        <Note icon="warning" kind="waiting">
          No chart lies in this box, so the pack would show no more than the coast of the world.
        </Note>
      ) : null}
    </div>
  )
}
