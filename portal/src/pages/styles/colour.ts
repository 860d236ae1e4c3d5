// Measures of colours, given as `#rrggbb`.

type Triple = readonly [number, number, number]

/** Linear light of red, green and blue, 0 to 1. */
export function linear(hex: string): Triple {
  const channel = (at: number): number => toLinear(Number.parseInt(hex.slice(at, at + 2), 16))
  return [channel(1), channel(3), channel(5)]
}

/** Linear light of a channel of sRGB from 0 to 255. */
export function toLinear(channel: number): number {
  const value = channel / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** Relative luminance of WCAG 2, 0 for black to 1 for white. */
export function luminance(hex: string): number {
  return luminanceOf(linear(hex))
}

export function luminanceOf([red, green, blue]: Triple): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** Contrast of WCAG 2: 1 for the same brightness to 21 for black on white. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

export type Sight = 'usual' | 'protan' | 'deutan'
export const SIGHTS: readonly Sight[] = ['usual', 'protan', 'deutan']

/** Linear light as eyes without red or without green cones see it (Viénot, Brettel and Mollon 1999). */
const SEEN: Readonly<Record<Exclude<Sight, 'usual'>, readonly [Triple, Triple, Triple]>> = {
  protan: [
    [0.11238, 0.88762, 0],
    [0.11238, 0.88762, 0],
    [0.00401, -0.00401, 1],
  ],
  deutan: [
    [0.29275, 0.70725, 0],
    [0.29275, 0.70725, 0],
    [-0.02234, 0.02234, 1],
  ],
}

function seenBy(sight: Sight, light: Triple): Triple {
  if (sight === 'usual') return light
  const [red, green, blue] = SEEN[sight]
  return [dot(red, light), dot(green, light), dot(blue, light)]
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/** OKLab (Ottosson 2020): distances in it are close to what people see as different. */
function oklab([red, green, blue]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** How different two colours look: 0 for equal colours, about 0.02 for just noticeable, 1 for black and white. */
export function difference(one: string, other: string, sight: Sight = 'usual'): number {
  const [a, b] = [oklab(seenBy(sight, linear(one))), oklab(seenBy(sight, linear(other)))]
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])
}
