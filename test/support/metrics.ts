/** One line of the Prometheus text format. */
export interface MetricLine {
  name: string
  labels: Record<string, string>
  value: number
}

export function parseMetrics(text: string): MetricLine[] {
  return text.split('\n').flatMap((line) => {
    const match = /^([a-z_:][a-z0-9_:]*)(?:\{(.*)\})? (\S+)$/i.exec(line)
    if (match === null) return []
    const labels = [...(match[2] ?? '').matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])
    return [{ name: match[1] ?? '', labels: Object.fromEntries(labels), value: Number(match[3]) }]
  })
}

/** Reads the metrics of a server. */
export async function metricsOf(url: string): Promise<MetricLine[]> {
  const response = await fetch(`${url}/metrics`)
  if (response.status !== 200) throw new Error(`${url}/metrics answers ${response.status}`)
  return parseMetrics(await response.text())
}

/** The sum of a metric's lines that have these labels. */
export function sumOf(lines: readonly MetricLine[], name: string, labels: Record<string, string> = {}): number {
  return lines
    .filter((line) => line.name === name && Object.entries(labels).every(([key, value]) => line.labels[key] === value))
    .reduce((sum, line) => sum + line.value, 0)
}
