import '@mantine/core/styles/global.css'
import '@mantine/core/styles/UnstyledButton.css'
import '@mantine/core/styles/Paper.css'
import '@mantine/core/styles/Popover.css'
import '@mantine/core/styles/Menu.css'
import '@mantine/core/styles/Tooltip.css'
import './kit/theme.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { watchMissingParts } from './app/missing-part.ts'
import { styleNonce } from './app/style-nonce.ts'
import { createPortal } from './state/portal.ts'

// Libraries that add their own style element (to stop the page scrolling behind a dialog) look here for the nonce.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() })
watchMissingParts()

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id root')
const portal = await createPortal()
createRoot(root).render(
  <StrictMode>
    <App portal={portal} />
  </StrictMode>,
)
