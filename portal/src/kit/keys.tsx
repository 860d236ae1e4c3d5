import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { createKeySequence, isLetterKey } from './key-sequence.ts'

/** What a key does, with the words that the help shows. */
export interface KeyBinding {
  keys: readonly string[]
  does: string
  /** True when the key was used; false lets the browser have it. */
  run(event: KeyboardEvent): boolean | undefined
}

interface KeyGroup {
  name: string
  bindings: readonly KeyBinding[]
}

interface Registry {
  add(group: { current: KeyGroup }): () => void
  groups(): KeyGroup[]
}

const Keys = createContext<Registry | null>(null)

/** Listens for keys and gives them to the parts of the page that asked for them, the innermost first. */
export function KeyProvider({ letters, children }: { letters: boolean; children: ReactNode }) {
  const held = useRef<{ current: KeyGroup }[]>([])
  const registry = useMemo<Registry>(
    () => ({
      groups: () => held.current.map((each) => each.current),
      add(group) {
        held.current = [...held.current, group]
        return () => {
          held.current = held.current.filter((other) => other !== group)
        }
      },
    }),
    [],
  )

  useEffect(() => {
    const take = createKeySequence(['g'], () => performance.now())
    function press(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event.target) || document.querySelector('dialog[open], [role=menu]') !== null) return
      const name = take(event)
      if (name === null || (!letters && isLetterKey(name))) return
      for (const { bindings } of registry.groups().toReversed()) {
        for (const binding of bindings) {
          if (!binding.keys.includes(name) || binding.run(event) === false) continue
          event.preventDefault()
          return
        }
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [letters, registry])

  return <Keys.Provider value={registry}>{children}</Keys.Provider>
}

/** Keys of a part of the page, while it is on screen. */
export function useKeys(name: string, bindings: readonly KeyBinding[]): void {
  const registry = useContext(Keys)
  const group = useRef<KeyGroup>({ name, bindings })
  group.current = { name, bindings }
  useEffect(() => registry?.add(group), [registry])
}

/** All keys that work now, for the help. */
export function useKeyGroups(): () => KeyGroup[] {
  const registry = useContext(Keys)
  return () => registry?.groups() ?? []
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !isToggle(target)))
  )
}

function isToggle(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && (target.type === 'checkbox' || target.type === 'radio')
}
