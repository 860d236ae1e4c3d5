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
const ROLES: Readonly<Record<string, { relation: number; targetIsMaster: boolean }>> = {
  theEquipment: { relation: SLAVE, targetIsMaster: false },
  supports: { relation: SLAVE, targetIsMaster: false },
  theStructure: { relation: SLAVE, targetIsMaster: true },
  supportedBy: { relation: SLAVE, targetIsMaster: true },
  theComponent: { relation: PEER, targetIsMaster: false },
  consistsOf: { relation: PEER, targetIsMaster: false },
  theCollection: { relation: PEER, targetIsMaster: true },
  componentOf: { relation: PEER, targetIsMaster: true },
}

const isSpan = (type: string | undefined): boolean => type === 'SpanFixed' || type === 'SpanOpening'

/** Collects the associations of all features. Producers write either direction or both; each pair counts once. */
export function collectAssociations(dataset: Dataset): Associations {
  const targets = new Map<number, TargetLink[]>()
  const collections = new Map<number, number[]>()
  const bridges = new Map<number, number>()
  const withSpans = new Set<number>()
  const seen = new Set<string>()

  const add = (master: FeatureObject, target: FeatureObject, relation: number): void => {
    const key = `${master.id} ${target.id} ${relation}`
    if (seen.has(key)) return
    seen.add(key)
    if (master.type === 'Bridge' && isSpan(target.type)) {
      bridges.set(target.id, master.id)
      withSpans.add(master.id)
      return
    }
    if (relation === PEER) push(collections, target.id, master.id)
    push(targets, master.id, { id: target.id, relation })
  }

  for (const owner of dataset.objects({ associated: true })) {
    for (const { id, role } of owner.associations) {
      const rule = Object.hasOwn(ROLES, role) ? ROLES[role]! : undefined
      const target = rule === undefined ? undefined : dataset.object(id)
      if (rule === undefined || target === undefined || isDropped(target.type) || isDropped(owner.type)) continue
      if (rule.targetIsMaster) add(target, owner, rule.relation)
      else add(owner, target, rule.relation)
    }
  }
  return {
    targetsOf: (id) => targets.get(id) ?? none,
    bridgeOf: (span) => bridges.get(span),
    hasSpans: (bridge) => withSpans.has(bridge),
    collectionsOf: (member) => collections.get(member) ?? none,
  }
}

const none: readonly never[] = []

function push<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
