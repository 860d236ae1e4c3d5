/** Who made a chart. A public one whose name begins with XX, the token of no agency, is invented, whatever catalogue lists it. */
export function sourceOf({ name, source }: { name: string; source: string }): string {
  return source !== 'upload' && name.startsWith('XX') ? 'invented' : source
}
