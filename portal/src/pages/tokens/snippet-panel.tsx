import { useState } from 'react'
import { CopyButton } from '../../kit/copy-button.tsx'
import { Note } from '../../kit/note.tsx'
import { Panel } from '../../kit/panel.tsx'
import { Tabs } from '../../kit/tabs.tsx'
import { CLIENT_WORDS, hostsNote, OFFLINE_LIBRARIES } from '../../text/tokens-en.ts'
import { CLIENTS, type Client, type SnippetSettings, snippetFor } from './snippets.ts'
import classes from './tokens.module.css'

/** What to paste into other programs, with the address of this server and the token filled in. */
export function SnippetPanel({ settings, hosts }: { settings: SnippetSettings; hosts: readonly string[] }) {
  const [client, setClient] = useState<Client>('maplibre')
  const snippet = snippetFor(client, settings)
  const { name, steps } = CLIENT_WORDS[client]
  const note = hostsNote(client, hosts)
  const host = new URL(settings.base).hostname
  return (
    <Panel title="Use it in" actions={<CopyButton text={() => snippet}>Copy</CopyButton>}>
      <div className={classes.snippets}>
        <div className={classes.choice}>
          <Tabs<Client>
            label="Program"
            value={client}
            options={CLIENTS.map((value) => ({ value, word: CLIENT_WORDS[value].name }))}
            onChange={setClient}
          />
        </div>
        <p>{steps}</p>
        <section className={classes.paste} aria-label={`Snippet for ${name}`}>
          <pre className={classes.snippet}>{snippet}</pre>
        </section>
        {client === 'maplibre' || client === 'openlayers' || client === 'leaflet' ? (
          <p className={classes.muted}>{OFFLINE_LIBRARIES}</p>
        ) : null}
        {note === null ? null : <Note icon="warning">{note}</Note>}
        {isLocal(host) ? (
          <Note icon="warning">
            {host} is this computer. For programs on others, open the portal by the name or address that they reach it by.
          </Note>
        ) : null}
      </div>
    </Panel>
  )
}

function isLocal(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.')
}
