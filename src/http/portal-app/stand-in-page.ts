import type { PortalState } from './portal-state.ts'

const TEXTS = {
  building: {
    heading: 'Chartroom is preparing its portal',
    text: 'This happens once after an installation or an update, and takes some seconds. The page reloads by itself. The API works already.',
  },
  failed: {
    heading: 'The portal could not be built',
    text: "The server's log names the reason. Everything else works without the portal.",
  },
  absent: {
    heading: 'Chartroom runs without its portal',
    text: 'The portal is not part of this installation. Start the server with npm start, or run npm run build-portal where the development dependencies are installed.',
  },
}

/** The page at the addresses of the portal while there is no portal. It has no script and no style. */
export function standInPage(kind: Exclude<PortalState['kind'], 'ready'>, folder: string, version: string): string {
  const { heading, text } = TEXTS[kind]
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chartroom ${version}</title><link rel="icon" href="data:,"></head>
<body>
<main>
<h1>${heading}</h1>
<p>${text}</p>
<ul>
<li><a href="${folder}/api/openapi.json">Description of the API (OpenAPI)</a></li>
<li><a href="${folder}/health/ready">Health</a></li>
</ul>
</main>
</body>
</html>
`
}
