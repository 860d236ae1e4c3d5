import { readFileSync } from 'node:fs'

/** A drawing from `assets/`, in millimetres. */
export interface Drawing {
  /** The box that it fills, half a stroke beyond its lines: left, top, width and height. */
  box: readonly [x: number, y: number, width: number, height: number]
  /** The point of the drawing that lies on the position. */
  pivot: readonly [x: number, y: number]
  body: string
}

/** Reads an SVG of `assets/symbols` or `assets/patterns`. @throws Error when its outer element is not as docs/symbols.md says. */
export function readDrawing(file: string): Drawing {
  const text = readFileSync(file, 'utf8')
  const outer = /^\s*<svg\s([^>]*)>([\s\S]*)<\/svg>\s*$/.exec(text)
  const box = numbersOf(/viewBox="([^"]*)"/.exec(outer?.[1] ?? '')?.[1])
  const pivot = numbersOf(/data-pivot="([^"]*)"/.exec(outer?.[1] ?? '')?.[1])
  const [x, y, width, height] = box
  const [pivotX, pivotY] = pivot
  if (x === undefined || y === undefined || width === undefined || height === undefined)
    throw new Error(`${file} has no viewBox of four numbers`)
  if (pivotX === undefined || pivotY === undefined) throw new Error(`${file} has no data-pivot of two numbers`)
  return { box: [x, y, width, height], pivot: [pivotX, pivotY], body: outer?.[2]?.trim() ?? '' }
}

function numbersOf(text: string | undefined): number[] {
  return (text ?? '')
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number)
}
