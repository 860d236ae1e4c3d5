import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'

const Announce = createContext<(text: string) => void>(() => {})

/** Says something to screen readers without moving the focus. */
export function useAnnounce(): (text: string) => void {
  return useContext(Announce)
}

/** The only live region of the page. It announces ends and responses, never progress. */
export function Announcer({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ text: '', turn: 0 })
  const say = useCallback((text: string) => setSaid(({ turn }) => ({ text, turn: turn + 1 })), [])
  const region = useMemo(
    () => (
      <div className="visually-hidden" role="status" aria-live="polite">
        <span key={said.turn}>{said.text}</span>
      </div>
    ),
    [said],
  )
  return (
    <Announce.Provider value={say}>
      {children}
      {region}
    </Announce.Provider>
  )
}
