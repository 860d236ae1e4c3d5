import type { Dataset, FeatureObject } from '../dataset.ts'
import { isDropped } from './class-rules.ts'

const SLAVE = 2
const PEER = 3

/** A feature that another one points to. */
export interface TargetLink {
  /** RCID. */
  id: number
  /** RIND: 2 slave, 3 peer. */
  relation: number
}

/** What the associations of a dataset mean in S-57, where the master points to its slaves and a collection to its members. */
export interface Associations {
  targetsOf(id: number): readonly TargetLink[]
  /** The bridge that a span belongs to. */
  bridgeOf(span: number): number | undefined
  /** Whether spans stand for a bridge. */
  hasSpans(bridge: number): boolean
  /** Collections that a feature belongs to. */
  collectionsOf(member: number): readonly number[]
}

/** By role: the target of the association is a slave of its owner, or the owner one of the target; or members of a collection. */
const ROLES: ReadonlyMap<string, { relation: number; targetIsMaster: boolean }> = new Map([
  ['theEquipment', { relation: SLAVE, targetIsMaster: false }],
  ['supports', { relation: SLAVE, targetIsMaster: false }],
  ['theStructure', { relation: SLAVE, targetIsMaster: true }],
  ['supportedBy', { relation: SLAVE, targetIsMaster: true }],
  ['theComponent', { relation: PEER, targetIsMaster: false }],
  ['consistsOf', { relation: PEER, targetIsMaster: false }],
  ['theCollection', { relation: PEER, targetIsMaster: true }],
  ['componentOf', { relation: PEER, targetIsMaster: true }],
])

const isSpan = (type: string | undefined): boolean => type === 'SpanFixed' || type === 'SpanOpening'

/** Collects the associations of all features. Producers write either direction or both; each pair counts once. */
export function collectAssociations(dataset: Dataset): Associations {
  const targets = new Map<number, Targets>()
  const spans = new Map<number, Targets>()
  const collections = new Map<number, number[]>()
  const bridges = new Map<number, number>()

  const add = (master: FeatureObject, target: FeatureObject, relation: number): void => {
    const isSpanOfBridge = master.type === 'Bridge' && isSpan(target.type)
    if (!addTarget(isSpanOfBridge ? spans : targets, master.id, { id: target.id, relation })) return
    if (isSpanOfBridge) bridges.set(target.id, master.id)
    else if (relation === PEER) push(collections, target.id, master.id)
  }

  for (const owner of dataset.objects({ associated: true })) {
    for (const { id, role } of owner.associations) {
      const rule = ROLES.get(role)
      const target = rule === undefined ? undefined : dataset.object(id)
      if (rule === undefined || target === undefined || isDropped(target.type) || isDropped(owner.type)) continue
      if (rule.targetIsMaster) add(target, owner, rule.relation)
      else add(owner, target, rule.relation)
    }
  }
  return {
    targetsOf: (id) => targets.get(id)?.links ?? none,
    bridgeOf: (span) => bridges.get(span),
    hasSpans: (bridge) => spans.has(bridge),
    collectionsOf: (member) => collections.get(member) ?? none,
  }
}

const none: readonly never[] = []

/** The most targets that are compared one by one: most features have one or two. */
const fewTargets = 16

/** The targets of one feature, each once. */
class Targets {
  readonly links: TargetLink[]
  /** Those of a feature that has many. */
  #keys: Set<string> | null = null

  constructor(first: TargetLink) {
    this.links = [first]
  }

  /** Returns false when the target is there already. */
  add(link: TargetLink): boolean {
    if (this.#has(link)) return false
    this.links.push(link)
    if (this.#keys !== null) this.#keys.add(keyOf(link))
    else if (this.links.length > fewTargets) this.#keys = new Set(this.links.map(keyOf))
    return true
  }

  #has(link: TargetLink): boolean {
    if (this.#keys !== null) return this.#keys.has(keyOf(link))
    return this.links.some(({ id, relation }) => id === link.id && relation === link.relation)
  }
}

const keyOf = ({ id, relation }: TargetLink): string => `${id} ${relation}`

/** Returns false when the master has the target already. */
function addTarget(masters: Map<number, Targets>, master: number, link: TargetLink): boolean {
  const known = masters.get(master)
  if (known !== undefined) return known.add(link)
  masters.set(master, new Targets(link))
  return true
}

function push<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
