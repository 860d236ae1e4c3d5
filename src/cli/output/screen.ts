/** A text that replaces the one before it on a terminal. */
export interface Screen {
  /** @param hasChanged elsewhere than on a terminal, only a changed text is written. */
  show(text: string, hasChanged: boolean): void
}

export function createScreen(out: NodeJS.WriteStream): Screen {
  let lines = 0
  return {
    show(text, hasChanged) {
      if (!out.isTTY) {
        if (hasChanged) out.write(text)
        return
      }
      // Up to the first line of the last text, then clear to the end of the screen (ECMA-48: CPL, ED).
      out.write(`${lines > 0 ? `\u001b[${lines}F` : ''}\u001b[J${text}`)
      lines = text.split('\n').length - 1
    },
  }
}
