import type { SourceAttribution } from './chart-source.ts'

/** The attribution of charts without a survey, whatever catalogue lists them. */
export const INVENTED: Omit<SourceAttribution, 'sourceUrl'> = {
  id: 'invented',
  shortDescription: 'Invented demo charts',
  longDescription:
    'Charts of a coast that does not exist, made up for demonstrations and tests. They must not be used for navigation.',
}

/**
 * Whether a cell is invented: its name begins with the token of its producing agency, and no agency has XX. IHO S-62 has not assigned it,
 * and in ISO 3166 it is free for such uses.
 */
export function isInvented({ name }: { name: string }): boolean {
  return name.startsWith('XX')
}
