import type { Dataset, FeatureObject } from '../dataset.ts'
import type { Associations } from './associations.ts'
import { ATTRIBUTE_RULES } from './attribute-rules.ts'
import { categoryOfBridge } from './class-rules.ts'
import { convertAttributes } from './convert-attributes.ts'
import { sectorsOf } from './made-objects.ts'
import { S57Attributes } from './s57-attributes.ts'

/** Parts of traffic separation schemes; the scheme says for all whether the IMO adopted it. */
const TAKES_IMO = new Set(['TSSLPT', 'TSSBND', 'TSSCRS', 'TSSRON', 'TSEZNE', 'TSELNE'])

/** What features take from others. Each of these is converted once, however many features name it. */
export class InheritedAttributes {
  readonly #dataset: Dataset
  readonly #associations: Associations
  readonly #bridges = new Map<number, S57Attributes>()
  readonly #adopted = new Map<number, string>()
  readonly #lights = new Map<number, number>()

  constructor(dataset: Dataset, associations: Associations) {
    this.#dataset = dataset
    this.#associations = associations
  }

  /** Adds to the attributes of a feature what its bridge or scheme says. */
  addTo({ id }: FeatureObject, acronym: string, result: S57Attributes): void {
    const bridge = acronym === 'BRIDGE' ? this.#associations.bridgeOf(id) : undefined
    if (bridge !== undefined) {
      const { own, national } = this.#bridge(bridge)
      for (const [key, value] of own) if (!result.own.has(key)) result.set(key, value)
      for (const [key, value] of national) if (!result.national.has(key)) result.setNational(key, value)
    }
    if (!TAKES_IMO.has(acronym) || result.own.has('CATTSS')) return
    const adopted = this.#associations
      .collectionsOf(id)
      .slice(0, mostCollections)
      .map((scheme) => this.#adoption(scheme))
      .find((value) => value !== '')
    if (adopted !== undefined) result.add('CATTSS', adopted)
  }

  /** How many S-57 lights a feature stands for when another one points to it; 1 for anything but a sectored light. */
  countOfLights(id: number, object: FeatureObject): number {
    if (object.type !== 'LightSectored') return 1
    let count = this.#lights.get(id)
    if (count === undefined) {
      count = Math.max(1, sectorsOf(object).length)
      this.#lights.set(id, count)
    }
    return count
  }

  /** A span has the name, colours and condition of its bridge, and an opening span its category. */
  #bridge(id: number): S57Attributes {
    const known = this.#bridges.get(id)
    if (known !== undefined) return known
    const inherited = new S57Attributes()
    const bridge = this.#dataset.object(id)
    if (bridge !== undefined) {
      convertAttributes(bridge.attributes, ATTRIBUTE_RULES, 'BRIDGE', inherited)
      inherited.delete('CATBRG')
      const category = categoryOfBridge(bridge)
      if (category !== null) inherited.set('CATBRG', category)
    }
    this.#bridges.set(id, inherited)
    return inherited
  }

  /** CATTSS of the parts of a scheme; empty when it does not say. */
  #adoption(id: number): string {
    const known = this.#adopted.get(id)
    if (known !== undefined) return known
    const scheme = this.#dataset.object(id)
    const found = new S57Attributes()
    if (scheme?.type === 'TrafficSeparationScheme') {
      const own = scheme.attributes.filter(({ name }) => name === 'iMOAdopted')
      convertAttributes(own, ATTRIBUTE_RULES, 'TSSLPT', found)
    }
    const adopted = found.own.get('CATTSS') ?? ''
    this.#adopted.set(id, adopted)
    return adopted
  }
}

/** A part belongs to one scheme, and at most to a few collections. */
const mostCollections = 100
