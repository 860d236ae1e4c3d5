/** What a map writes beside a report: its kind and when it was made, in UTC: `Hazard - 8/14 15:20`. */
export function reportLabel({ reportType, createdAt }: { reportType: string; createdAt: number }): string {
  const at = new Date(createdAt)
  const two = (value: number) => String(value).padStart(2, '0')
  const kind = reportType.charAt(0).toUpperCase() + reportType.slice(1)
  return `${kind} - ${at.getUTCMonth() + 1}/${at.getUTCDate()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}
