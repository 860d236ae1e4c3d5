// Runs before the page is painted: at night a bright page would blind.
try {
  const { theme } = JSON.parse(localStorage.getItem('chartroom-map') ?? '{}')
  if (['dusk', 'night'].includes(theme)) document.documentElement.dataset.theme = theme
} catch {
  // Damaged or blocked storage only means the colours of the day.
}
