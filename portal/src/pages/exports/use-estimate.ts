import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PackEstimate, PackRequest } from '../../api/exports-api.ts'
import { usePortal } from '../../state/portal-context.tsx'
import { NO_ROOM } from '../../text/exports-en.ts'

/** Milliseconds without a change before the server is asked, because it draws some of the tiles for an estimate. */
const PATIENCE = 400

export interface Estimate {
  /** Null until the server has answered for what is chosen now. */
  value: PackEstimate | null
  error: unknown
  /** Asks again after an error. */
  again(): void
}

/** The estimate of the pack, requested shortly after the last change. @param wanted null while the choices are not complete. */
export function useEstimate(wanted: PackRequest | null): Estimate {
  const { exports } = usePortal()
  const key = JSON.stringify(wanted)
  const [settled, setSettled] = useState(key)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), PATIENCE)
    return () => clearTimeout(timer)
  }, [key])
  const query = useQuery({
    queryKey: ['pack estimate', settled],
    queryFn: ({ signal }) => exports.estimate(JSON.parse(settled) as PackRequest, signal),
    enabled: settled !== 'null',
    staleTime: 60_000,
    gcTime: 60_000,
  })
  const isCurrent = key === settled && settled !== 'null'
  return {
    value: isCurrent ? (query.data ?? null) : null,
    error: isCurrent ? query.error : null,
    again: () => void query.refetch(),
  }
}

/** Why a pack cannot be made yet; null when it can. */
export function whyNot({ value }: Pick<Estimate, 'value'>): string | null {
  if (value === null) return 'Its size is not known yet'
  return value.fits ? null : NO_ROOM
}
