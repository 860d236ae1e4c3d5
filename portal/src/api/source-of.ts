/** Who made a chart. A public chart whose name begins with XX, which no agency uses, is invented, whatever catalogue lists it. */
export function sourceOf({ name, source }: { name: string; source: string }): string {
  return source !== 'upload' && name.startsWith('XX') ? 'invented' : source
}
