import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { StyleRecord } from '../../api/styles-api.ts'
import { Page } from '../../app/shell/page.tsx'
import { useAnnounce } from '../../kit/announcer.tsx'
import { Bones } from '../../kit/bones.tsx'
import { Button } from '../../kit/button.tsx'
import { Empty } from '../../kit/empty.tsx'
import { ErrorNote } from '../../kit/error-note.tsx'
import { LongList } from '../../kit/long-list.tsx'
import { localStorageOrNone } from '../../lib/local-storage.ts'
import { useOfflineReason, usePortal } from '../../state/portal-context.tsx'
import { chooseFiles } from '../charts/choose-files.ts'
import { firstPlace } from '../map/first-place.ts'
import { readLastPlace } from '../map/last-place.ts'
import { sourceOfSession } from '../map/map-source.ts'
import type { Camera } from '../map/map-view.ts'
import { DeleteStyle } from './delete-style.tsx'
import { NewStyleDialog } from './new-style-dialog.tsx'
import { ProblemsDialog } from './problems-dialog.tsx'
import { StyleCard } from './style-card.tsx'
import { themeOf } from './style-draft.ts'
import type { FieldProblem } from './style-file.ts'
import classes from './styles.module.css'
import { useSlots } from './use-slots.ts'
import { useStyleFiles } from './use-style-files.ts'

const NO_SLOTS: readonly never[] = []

function textOf({ name, userEmail }: StyleRecord): string {
  return `${name} ${userEmail}`
}

/** The styles of the account. */
export function StylesPage() {
  const { styles } = usePortal()
  const offline = useOfflineReason()
  const { data, error, refetch } = useQuery({ queryKey: ['styles'], queryFn: ({ signal }) => styles.list(signal), staleTime: 0 })
  const slots = useSlots()
  const place = useLastPlace()
  const actions = useStyleActions()
  const [making, setMaking] = useState(false)
  const [deleted, setDeleted] = useState<StyleRecord | null>(null)
  const buttons = (
    <div className={classes.actions}>
      <Button kind="solid" icon="plus" off={offline} onClick={() => setMaking(true)}>
        New style
      </Button>
      <Button
        icon="upload"
        off={offline}
        onClick={() => chooseFiles(([file]) => (file === undefined ? undefined : void actions.add(file)))}
      >
        Import
      </Button>
    </div>
  )
  return (
    <Page title="Styles">
      {error === null ? null : <ErrorNote error={error} onRetry={() => void refetch()} />}
      {actions.failure === null ? null : <ErrorNote error={actions.failure} />}
      {data === undefined && error === null ? <Bones rows={3} /> : null}
      {data?.length === 0 ? (
        <Empty action={buttons}>
          A style is a set of colours and settings of your own. Maps ask for it by its number; without one they get the default
          style.
        </Empty>
      ) : null}
      {data === undefined || data.length === 0 ? null : (
        <>
          {buttons}
          <LongList items={data} noun="style" searched="Name or maker" textOf={textOf} parameter="q" first={24} bare>
            {(shown) => (
              <ul className={classes.cards}>
                {shown.map((style) => (
                  <StyleCard
                    key={style.id}
                    style={style}
                    slots={slots.data ?? NO_SLOTS}
                    place={place}
                    onDuplicate={() => void actions.duplicate(style)}
                    onDelete={() => setDeleted(style)}
                  />
                ))}
              </ul>
            )}
          </LongList>
        </>
      )}
      <NewStyleDialog open={making} onClose={() => setMaking(false)} />
      <DeleteStyle style={deleted} onClose={() => setDeleted(null)} />
      <ProblemsDialog problems={actions.problems} onClose={actions.closeProblems} />
    </Page>
  )
}

/** The place whose tile the cards show: the last one looked at, else the middle of the finest chart. */
function useLastPlace(): Camera | null {
  const portal = usePortal()
  const { data } = useQuery({
    queryKey: ['last-place'],
    async queryFn(): Promise<Camera> {
      const start = await firstPlace(sourceOfSession(portal), readLastPlace(localStorageOrNone()))
      if ('camera' in start) return start.camera
      const [west, south, east, north] = start.box
      return { longitude: (west + east) / 2, latitude: (south + north) / 2, zoom: 12 }
    },
    staleTime: 0,
    gcTime: 0,
  })
  return data ?? null
}

/** Makes a style from another one or from a file. */
function useStyleActions() {
  const { styles } = usePortal()
  const slots = useSlots()
  const files = useStyleFiles(slots.data ?? NO_SLOTS)
  const queries = useQueryClient()
  const navigate = useNavigate()
  const announce = useAnnounce()
  const [failure, setFailure] = useState<unknown>(null)
  const [problems, setProblems] = useState<{ file: string; list: FieldProblem[] } | null>(null)

  /** It takes two requests to make a style with parameters; when the second fails, the first is undone. */
  async function make(name: string, parameters: Record<string, unknown>): Promise<StyleRecord> {
    const { id } = await styles.create(name, themeOf((parameters['settings'] ?? {}) as Record<string, unknown>))
    try {
      return await styles.update(id, { parameters })
    } catch (error) {
      await styles.remove(id).catch(() => {})
      throw error
    }
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    setFailure(null)
    await work().catch(setFailure)
    await queries.invalidateQueries({ queryKey: ['styles'] })
  }

  return {
    failure,
    problems,
    closeProblems: () => setProblems(null),
    duplicate: (style: StyleRecord) =>
      attempt(async () => {
        const { name } = await make(`${style.name.slice(0, 190)} copy`, style.parameters)
        announce(`${name} is made`)
      }),
    add: (file: File) =>
      attempt(async () => {
        const found = await files.read(file)
        if (Array.isArray(found)) {
          setProblems({ file: file.name, list: found })
          return
        }
        const name = found.name ?? (file.name.replace(/\.json$/i, '').slice(0, 200) || 'Imported style')
        const { id } = await make(name, found.parameters)
        await navigate({ to: '/styles/$id', params: { id: String(id) } })
      }),
  }
}
