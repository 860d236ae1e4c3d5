import { useId, useState } from 'react'
import { Icon } from '../../kit/icon.tsx'
import { verdictWords } from '../../text/tokens-en.ts'
import { testAddress } from './host-rule.ts'
import classes from './tokens.module.css'

/** Tells whether pages at an address may use a token with these hosts, by the rule of the server. */
export function HostTest({ hosts }: { hosts: readonly string[] }) {
  const id = useId()
  const [address, setAddress] = useState('')
  const verdict = address.trim() === '' ? null : testAddress(hosts, address)
  const isAllowed = verdict?.kind === 'any' || verdict?.kind === 'allowed'
  return (
    <div className={classes.field}>
      <label htmlFor={id}>Test the address of a page</label>
      <input
        id={id}
        value={address}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="url"
        placeholder="https://example.com/map"
        aria-describedby={`${id}-verdict`}
        onChange={(event) => setAddress(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.preventDefault()
        }}
      />
      <p id={`${id}-verdict`} className={classes.verdict} role="status">
        {verdict === null ? null : (
          <>
            <span className={isAllowed ? classes.good : classes.bad}>
              <Icon name={isAllowed ? 'completed' : 'failed'} size={16} />
            </span>
            {verdictWords(verdict)}
          </>
        )}
      </p>
    </div>
  )
}
