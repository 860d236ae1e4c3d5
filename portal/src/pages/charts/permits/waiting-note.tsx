import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Note } from '../../../kit/note.tsx'
import { usePortal } from '../../../state/portal-context.tsx'
import { counted } from '../../../text/plural.ts'

/** The charts of uploads that wait for a permit. */
export function useWaitingCharts() {
  const { charts } = usePortal()
  return useQuery({ queryKey: ['waiting-charts'], queryFn: ({ signal }) => charts.waiting(signal), staleTime: 0 })
}

/** Says that uploaded charts are missing from a list because they wait for a permit; nothing when there are none. */
export function WaitingNote() {
  const { data = [] } = useWaitingCharts()
  return data.length === 0 ? null : (
    <Note kind="waiting" icon="clock">
      {counted(data.length, 'uploaded chart')} {data.length === 1 ? 'is' : 'are'} not shown:{' '}
      {data.length === 1 ? 'it waits' : 'they wait'} for a permit. <Link to="/charts/permits">Charts that wait</Link>
    </Note>
  )
}
