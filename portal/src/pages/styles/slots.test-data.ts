import type { StyleSlot } from '../../api/styles-api.ts'

const slot = (name: string, day: string, night: string): StyleSlot => ({
  slot: name,
  group: 'Features',
  description: `What ${name} paints`,
  day,
  dusk: '#444444',
  night,
  layers: [`layer_of_${name.toLowerCase()}`],
})

/** Some slots, as the server lists them. */
export const SLOTS: readonly StyleSlot[] = [
  slot('LANDA', '#bfbe8f', '#17160e'),
  slot('DEPVS', '#61b7ff', '#071727'),
  slot('CHBLK', '#000000', '#252d31'),
  slot('OUTLW', '#000000', '#000000'),
]
