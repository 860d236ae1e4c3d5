import { MantineProvider, Text } from '@mantine/core'
import { styleNonce } from './style-nonce.ts'

/** The whole portal. */
export function App() {
  return (
    <MantineProvider getStyleNonce={styleNonce}>
      <Text>Chartroom</Text>
    </MantineProvider>
  )
}
