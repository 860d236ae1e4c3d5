import type { WebhookSettings, WebhookState } from '../../api/webhooks-api.ts'
import { fieldProblem, TextField } from '../../kit/text-field.tsx'
import { STATE_CHOICES } from '../../text/admin-en.ts'
import { JOB_TYPES } from '../../text/en.ts'
import { typeName } from '../../text/job-words.ts'
import classes from './webhooks.module.css'

export const NEW_WEBHOOK: WebhookSettings = {
  url: '',
  jobStates: ['completed', 'failed', 'cancelled'],
  jobTypes: null,
  active: true,
}

/** What is missing before a webhook can be stored; null when nothing is. */
export function missingIn({ url, jobStates, jobTypes }: WebhookSettings): string | null {
  if (!/^https?:\/\/./i.test(url.trim())) return 'The address must begin with https:// or http://'
  if (jobStates.length === 0) return 'Choose at least one way for a job to end'
  return jobTypes?.length === 0 ? 'Choose at least one kind of job' : null
}

interface WebhookFieldsProps {
  settings: WebhookSettings
  onChange(settings: WebhookSettings): void
  refused: unknown
}

/** The fields of a webhook: where messages go, and what they are about. */
export function WebhookFields({ settings, onChange, refused }: WebhookFieldsProps) {
  const { url, jobStates, jobTypes, active } = settings
  const types = [...new Set([...Object.keys(JOB_TYPES), ...(jobTypes ?? [])])]
  return (
    <>
      <TextField
        label="Address"
        type="url"
        value={url}
        onChange={(value) => onChange({ ...settings, url: value })}
        maxLength={2_000}
        hint="Takes POST requests with JSON, such as https://hooks.example/chartroom"
        wrong={fieldProblem(refused, '/url')}
        first
      />
      <fieldset className={classes.choices}>
        <legend>Send a message for jobs that end as</legend>
        {STATE_CHOICES.map(({ state, word }) => (
          <Tick
            key={state}
            word={word}
            on={jobStates.includes(state)}
            onChange={(on) => onChange({ ...settings, jobStates: chosen(STATE_CHOICES, jobStates, state, on) })}
          />
        ))}
      </fieldset>
      <fieldset className={classes.choices}>
        <legend>Kinds of jobs</legend>
        <Tick
          word="All jobs, except parts of larger ones"
          on={jobTypes === null}
          onChange={(on) => onChange({ ...settings, jobTypes: on ? null : [] })}
        />
        {jobTypes === null ? null : (
          <div className={classes.types}>
            {types.map((type) => (
              <Tick
                key={type}
                word={typeName(type)}
                on={jobTypes.includes(type)}
                onChange={(on) =>
                  onChange({ ...settings, jobTypes: on ? [...jobTypes, type] : jobTypes.filter((each) => each !== type) })
                }
              />
            ))}
          </div>
        )}
      </fieldset>
      <Tick word="Active: messages are sent" on={active} onChange={(on) => onChange({ ...settings, active: on })} />
    </>
  )
}

/** The states in the order of the choices, with one added or removed. */
function chosen(
  choices: typeof STATE_CHOICES,
  states: readonly WebhookState[],
  state: WebhookState,
  on: boolean,
): WebhookState[] {
  return choices.map((choice) => choice.state).filter((each) => (each === state ? on : states.includes(each)))
}

function Tick({ word, on, onChange }: { word: string; on: boolean; onChange(on: boolean): void }) {
  return (
    <label className={classes.tick}>
      <input type="checkbox" checked={on} onChange={({ target }) => onChange(target.checked)} />
      {word}
    </label>
  )
}
