// The page /map: sign-in, controls, chart and panel.
import { openChart, restyle } from './chart.js'
import { showFeatures } from './panel.js'
import { currentToken, forgetSession, isSession, signIn, signOut } from './session.js'
import { loadSettings, saveSettings } from './settings.js'

const byId = (id) => document.getElementById(id)
const settings = loadSettings()
let map = null
let restyling = Promise.resolve()

applyTheme()
fillControls()
if (currentToken() === null) askToSignIn()
else await open()

byId('sign-in').addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = event.target.querySelector('button')
  button.disabled = true
  try {
    await signIn(byId('username').value, byId('password').value)
    byId('sign-in').hidden = true
    byId('password').value = ''
    await open()
  } catch (error) {
    byId('sign-in-problem').textContent = error.message
  } finally {
    button.disabled = false
  }
})

byId('sign-out').addEventListener('click', async () => {
  await signOut()
  location.reload()
})

byId('controls').addEventListener('change', ({ target }) => {
  if (target.name === 'depthLimit' && !(target.value !== '' && target.checkValidity())) return
  settings[target.name] = target.type === 'checkbox' ? target.checked : target.value
  saveSettings(settings)
  applyTheme()
  // One after the other, so that the last choice is the one that stays.
  restyling = restyling.then(() => (map === null ? undefined : restyle(map, settings))).catch(({ message }) => say(message))
})

byId('toggle').addEventListener('click', () => {
  const open = byId('toggle').getAttribute('aria-expanded') !== 'true'
  byId('toggle').setAttribute('aria-expanded', String(open))
  byId('controls').classList.toggle('open', open)
})

byId('panel').querySelector('.close').addEventListener('click', closePanel)
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape' && !byId('panel').hidden) closePanel()
})

function closePanel() {
  byId('panel').hidden = true
  map?.getCanvas().focus({ preventScroll: true })
}

async function open() {
  say('Loading the chart …')
  byId('sign-out').hidden = !isSession()
  try {
    map = await openChart('map', settings, (...place) => void showFeatures(byId('panel'), ...place))
    map.once('load', () => say(''))
    map.on('error', ({ error }) => say(error.message))
  } catch (error) {
    say(error.message)
    if (error.status !== 401) return
    if (isSession()) {
      forgetSession()
      say('')
      askToSignIn('Your session has ended. Sign in again.')
    }
  }
}

function askToSignIn(problem = '') {
  byId('sign-in-problem').textContent = problem
  byId('sign-in').hidden = false
  byId('username').focus()
}

function applyTheme() {
  document.documentElement.dataset.theme = settings.theme
}

function fillControls() {
  for (const control of byId('controls').querySelectorAll('input, select')) {
    const value = settings[control.name]
    if (control.type === 'checkbox') control.checked = value
    else if (control.type === 'radio') control.checked = control.value === value
    else control.value = value
  }
}

function say(text) {
  byId('status').textContent = text
  byId('status').hidden = text === ''
}
