import cliProgress from 'cli-progress'

export interface ShareBar {
  /** @param fraction from 0 to 1. */
  show(fraction: number): void
  end(): void
}

/** Shows how much of one piece of work is done: a bar on a terminal, nothing elsewhere. */
export function createShareBar(out: NodeJS.WriteStream): ShareBar {
  if (!out.isTTY) return { show() {}, end() {} }
  const bar = new cliProgress.SingleBar(
    { format: '  {bar} {percentage}%', hideCursor: true, stream: out },
    cliProgress.Presets.shades_classic,
  )
  bar.start(100, 0)
  return { show: (fraction) => bar.update(Math.floor(fraction * 100)), end: () => bar.stop() }
}
