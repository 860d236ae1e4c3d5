import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { ApiError, SessionOverError } from '../../api/errors.ts'
import { useObservable } from '../../lib/use-observable.ts'
import { usePortal } from '../../state/portal-context.tsx'
import type { StyleDocument } from '../map/chart-document.ts'
import type { PaintedStyle } from './painted-style.ts'
import { shownSettings } from './setting-values.ts'
import type { SlotColours } from './slot-style.ts'
import { colourOf, type SlotList, type StyleDraft } from './style-draft.ts'

/** Milliseconds after the last change of a setting until the server is asked. */
const PATIENCE = 150

/** A draft as a map shows it. The server is asked only when settings change; colours are filled in here. */
export function usePainted(
  draft: StyleDraft,
  slots: SlotList,
): { painted: PaintedStyle | null; wrong: ApiError | null; error: unknown; again(): void } {
  const { styles, session } = usePortal()
  const over = useObservable(session.over)
  const [settings] = useDebouncedValue(JSON.stringify(shownSettings(draft.settings)), PATIENCE)
  const { data, error, refetch } = useQuery({
    queryKey: ['slot-style', settings],
    queryFn: ({ signal }) => styles.slotStyle<StyleDocument>({ colors: {}, settings: JSON.parse(settings) as unknown }, signal),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })

  useEffect(() => {
    if (!over && error instanceof SessionOverError) void refetch()
  }, [over, error, refetch])

  const painted = useMemo(
    () => (data === undefined ? null : { document: data, colours: coloursOf(draft, slots) }),
    [data, draft, slots],
  )
  const wrong = error instanceof ApiError && error.fields.length > 0 ? error : null
  return {
    painted,
    wrong,
    error: wrong !== null || error instanceof SessionOverError ? null : error,
    again: () => void refetch(),
  }
}

export function coloursOf(draft: StyleDraft, slots: SlotList): SlotColours {
  const plain = { ...draft, colors: {} }
  const theme = new Map(slots.map(({ slot }) => [slot, colourOf(slots, plain, slot)]))
  return { chosen: (slot) => draft.colors[slot], theme: (slot) => theme.get(slot) ?? '#000000', all: draft.colors }
}
