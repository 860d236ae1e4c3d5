import { attributeByAcronym } from '../data/attributes.ts'
import { EXPECTED_INPUT } from '../data/expected-input.ts'
import { listedCodes } from '../describe/listed-codes.ts'

// acronym|code|words, where navigators would not use the catalogue's wording; empty words: not worth saying
const table = `\
BOYSHP|1|nun
BOYSHP|2|can
BOYSHP|3|sphere
BOYSHP|5|spar
BOYSHP|6|barrel
BOYSHP|7|large automatic buoy
BCNSHP|1|pole
BCNSHP|2|withy
CATCON|1|aerial cableway
CATCRN|2|container crane
CATCRN|5|frame crane
CATDIS|1|not marked by an object
CATDIS|2|on a pole
CATDIS|3|on a board
CATDIS|4|shape unknown
CATCBL|4|telephone cable
CATCBL|5|telegraph cable
CATCBL|6|mooring cable or chain
CATFOG|6|typhon
CATFRY|1|free-moving
CATFRY|2|by cable
CATFRY|3|over ice
CATHAF|1|roll-on roll-off terminal
CATHAF|5|marina
CATHLK|4|floating accommodation
CATINB|1|catenary anchor leg mooring
CATINB|2|single point mooring
CATLMK|4|dish aerial
CATLMK|5|flagpole
CATLMK|10|column
CATLMK|19|wind turbine
CATLMK|20|spire or minaret
CATLND|3|moor or bog
CATLND|10|savanna or grassland
CATLND|19|rock pinnacle
CATMFA|1|crustaceans
CATMFA|2|oysters or mussels
CATMOR|5|mooring post
CATMOR|6|mooring chain or cable
CATMPA|4|firing danger area
CATOBS|1|snag or stump
CATOFP|1|oil rig
CATOFP|3|observation platform
CATOFP|4|articulated loading platform
CATOFP|5|single anchor leg mooring
CATOFP|8|floating production and storage vessel
CATOFP|9|accommodation platform
CATOFP|10|navigation, communication and control buoy
CATOLB|1|oil barrier of high pressure pipe
CATPIL|1|by pilot cutter
CATPIL|2|by helicopter
CATPIL|3|pilot comes out from shore
CATPLE|1|stake
CATPLE|3|post
CATPLE|4|tripod
CATPYL|1|power pylon
CATPYL|2|telephone pylon
CATPYL|3|aerial cableway pylon
CATPYL|4|bridge tower
CATQUA|6|not evaluated
CATROS|1|circular radio beacon
CATROS|4|long-range bearing beacon
CATROS|6|coast radio station that answers bearing requests
CATROS|8|hyperbolic navigation station
CATROS|9|hyperbolic navigation station
CATROS|10|differential satellite positioning station
CATROS|11|hyperbolic navigation station
CATROS|12|hyperbolic navigation station
CATROS|13|hyperbolic navigation station
CATROS|14|hyperbolic navigation station
CATRTB|1|radar beacon that transmits continuously
CATRTB|2|racon
CATRTB|3|leading racon
CATRUN|1|aeroplane runway
CATSLC|2|groyne
CATSLC|4|pier
CATSLC|5|promenade pier
CATSLC|6|wharf
CATSEA|2|gat
CATSIL|1|silo
CATSIL|2|tank
CATSIT|3|international port traffic
CATSPM|9|ocean data buoy
CATSPM|15|large automatic navigational buoy
CATSPM|19|traffic separation scheme mark
CATSPM|24|reduced wake mark
CATSPM|28|sound siren mark
CATSPM|29|restricted vertical clearance mark
CATSPM|30|maximum draught mark
CATSPM|35|channel edge gradient mark
CATSPM|39|pipeline mark
CATSPM|48|satellite positioning mark
CATSPM|52|mark of unknown purpose
CATTSS|1|adopted by the International Maritime Organization
CATTSS|2|not adopted by the International Maritime Organization
CATVEG|6|mixed wood
CATVEG|12|moss
CATVEG|13|tree
CATWED|2|seaweed
CATWED|3|seagrass
CATWED|4|sargasso
CATWRK|3|distributed remains of a wreck
CATWRK|4|wreck showing its masts
CATWRK|5|wreck showing part of its hull or superstructure
CATZOC|1|A1 (full search, positions within 5 m)
CATZOC|2|A2 (full search, positions within 20 m)
CATZOC|3|B (no full search, positions within 50 m)
CATZOC|4|C (positions within 500 m, uncharted dangers possible)
CATZOC|5|D (positions worse than 500 m, large uncharted dangers possible)
CATZOC|6|not assessed
COLPAT|5|stripes
COLPAT|6|border
CONDTN|4|without sails
CONDTN|5|planned
CONRAD|1|conspicuous on radar
CONRAD|2|
CONRAD|3|radar reflector
CONVIS|1|conspicuous from the sea
CONVIS|2|
EXCLIT|1|
EXCLIT|4|
EXCLIT|2|daytime light
EXCLIT|3|shown in fog
EXPSOU|1|within the depths around it
EXPSOU|2|shallower than the depths around it
EXPSOU|3|deeper than the depths around it
LITVIS|1|of high intensity
LITVIS|2|of low intensity
LITVIS|6|visibility deliberately restricted
MARSYS|1|system A of the lighthouse authorities
MARSYS|2|system B of the lighthouse authorities
MARSYS|10|another system of marks
NATCON|2|concrete
NATCON|6|wood
NATCON|8|glass reinforced plastic
NATSUR|18|boulders
PRODCT|12|iron ingots
PRODCT|16|sawdust or wood chips
PRODCT|18|liquefied natural gas
PRODCT|19|liquefied petroleum gas
QUASOU|1|
QUASOU|2|depth unknown
QUASOU|3|depth doubtful
QUASOU|4|depth unreliable
QUASOU|5|no bottom found at that depth
QUASOU|6|least depth known
QUASOU|7|least depth unknown, safe at the depth shown
QUASOU|8|depth reported but not surveyed
QUASOU|9|depth reported but not confirmed
QUASOU|10|depth maintained by dredging
QUASOU|11|depth not regularly maintained
QUAPOS|1|surveyed
RESTRN|13|no wake allowed
SIGGEN|1|sounded automatically
SIGGEN|2|sounded by the waves
SIGGEN|3|sounded by hand
SIGGEN|4|sounded by the wind
STATUS|1|
STATUS|5|intermittent
STATUS|14|
STATUS|15|synchronised
STATUS|17|unwatched
SURTYP|1|by reconnaissance survey
SURTYP|2|by controlled survey
SURTYP|4|by examination survey
SURTYP|5|by passage survey
SURTYP|6|by remote sensing
TECSOU|3|found by multibeam sonar
TECSOU|10|found by aerial photography
TECSOU|11|found by satellite imagery
TECSOU|14|computed
TOPSHP|4|two spheres
TOPSHP|5|can
TOPSHP|7|diagonal cross
TOPSHP|8|upright cross
TOPSHP|10|two cones, points together
TOPSHP|11|two cones, bases together
TOPSHP|12|diamond
TOPSHP|13|two cones, points up
TOPSHP|14|two cones, points down
TOPSHP|15|broom, point up
TOPSHP|16|broom, point down
TOPSHP|20|horizontal rectangle
TOPSHP|21|vertical rectangle
TOPSHP|27|two upright crosses, one over the other
TOPSHP|33|shape described by the chart
TRAFIC|1|inbound traffic
TRAFIC|2|outbound traffic
TRAFIC|3|one-way traffic
TRAFIC|4|two-way traffic
VERDAT|28|higher high water large tide
WATLEV|1|partly submerged at high water
WATLEV|2|always dry
WATLEV|3|always under water
WATLEV|7|floating`

const WORDS: ReadonlyMap<string, string> = new Map(
  table.split('\n').map((line) => {
    const [acronym = '', code = '', words = ''] = line.split('|')
    return [`${acronym} ${code}`, words]
  }),
)

/**
 * Returns the meaning of one value of an enumeration or list attribute, in words: `nun` for BOYSHP 1. Empty where the value is not worth
 * mentioning, null where neither this table nor the catalogue knows it.
 */
export function wordsOfCode(acronym: string, code: string): string | null {
  const key = String(Number(code))
  const own = WORDS.get(`${acronym} ${key}`)
  if (own !== undefined) return own
  const meaning = EXPECTED_INPUT.get(attributeByAcronym.get(acronym)?.code ?? -1)?.get(Number(code))
  return meaning === undefined || meaning === '' ? null : tidy(meaning, acronym === 'HORDAT')
}

/** Returns the meanings of all values of an attribute that have words; `isKnown` is false when one of them has none. */
export function wordsOfCodes(acronym: string, value: string): { words: string[]; isKnown: boolean } {
  const words = listedCodes(value).map((code) => wordsOfCode(acronym, code))
  return {
    words: words.flatMap((word) => (word === null || word === '' ? [] : [word])),
    isKnown: value.trim() !== '' && words.every((word) => word !== null),
  }
}

const PROPER = /^(Indian|International|Martello)/

/** The catalogue's meanings carry remarks in brackets and marks of alternatives. */
function tidy(meaning: string, keepsCase: boolean): string {
  const text = meaning
    .replace(/\([^()]*\)/g, '')
    .split('/')
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .join(' or ')
    .replaceAll(' ,', ',')
  return keepsCase || PROPER.test(text) ? text : text.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase())
}
