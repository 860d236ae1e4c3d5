import { useMemo } from 'react'
import { Icon } from '../../kit/icon.tsx'
import { contrastSentence, nightSentence, shadesSentence } from '../../text/styles-en.ts'
import type { StyleDocument } from '../map/chart-document.ts'
import { type Hint, hintsOf, MOST_NIGHT_LIGHT, type Painted } from './hints.ts'
import { filled, type SlotColours, textOf } from './slot-style.ts'
import classes from './styles.module.css'
import { coloursOf } from './use-painted.ts'
import type { StyleEditor } from './use-style-editor.ts'

/** What is hard to see in this style. A hint shows its colours. */
export function HintList({
  editor,
  document,
  light,
  onFind,
}: {
  editor: StyleEditor
  document: StyleDocument | null
  light: number | null
  onFind(slots: string[]): void
}) {
  const { draft, slots } = editor
  const hints = useMemo(() => {
    const own = coloursOf(draft, slots)
    const theme: SlotColours = { ...own, chosen: () => undefined, all: {} }
    return hintsOf(paintedBy(own, document), paintedBy(theme, document), light)
  }, [draft, slots, document, light])
  if (hints.length === 0) return null
  return (
    <ul className={classes.hints} aria-label="Hints">
      {hints.map((hint) => (
        <li key={hint.kind === 'night' ? 'night' : hint.slots.join(' ')}>
          <Icon name="warning" size={16} />
          <span>
            {sentenceOf(hint)}{' '}
            {hint.kind === 'night' ? null : (
              <button type="button" className={classes.show} onClick={() => onFind([...hint.slots])}>
                Show
              </button>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

function sentenceOf(hint: Hint): string {
  if (hint.kind === 'text') return contrastSentence(hint.slots, hint.ratio, hint.usual)
  if (hint.kind === 'shades') return shadesSentence(hint.slots, hint.sight)
  return nightSentence(hint.brightness, MOST_NIGHT_LIGHT)
}

function paintedBy(colours: SlotColours, document: StyleDocument | null): Painted {
  return {
    colour: (slot) => String(filled(`$${slot}`, colours)),
    text: (slot) => String(filled(document === null ? `$${slot}` : textOf(document, slot), colours)),
  }
}
