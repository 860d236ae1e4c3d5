import { isNumber } from '#s57/is-number.ts'
import { type AttributeNode, childOf, valueNamed } from '../attribute-node.ts'
import type { S57Attributes } from './s57-attributes.ts'

// Attributes of S-57 that put the repeats of an S-101 attribute into one text.

/** SIGGRP: the groups one after the other, `(2)(1)`. */
export function addSignalGroup(nodes: readonly AttributeNode[], result: S57Attributes): void {
  result.add('SIGGRP', nodes.map(({ value }) => value).join(''))
}

const ECLIPSED = '2'

/** SIGSEQ: `00.5+(01.5)`, eclipses and silence in brackets; unknown when the length of one is. */
export function addSignalSequence(nodes: readonly AttributeNode[], result: S57Attributes): void {
  const lengths = nodes.map(({ children }) => valueNamed(children, 'signalDuration'))
  if (!lengths.every((length) => isNumber(length))) {
    result.add('SIGSEQ', '')
    return
  }
  const parts = nodes.map(({ children }, i) => {
    const seconds = Number(lengths[i]).toFixed(1).padStart(4, '0')
    return valueNamed(children, 'signalStatus') === ECLIPSED ? `(${seconds})` : seconds
  })
  result.add('SIGSEQ', parts.join('+'))
}

/** RADWAL: `0.03-X`, several separated by commas. */
export function addRadarWaveLength(nodes: readonly AttributeNode[], result: S57Attributes): void {
  const parts = nodes.map(({ children }) => `${valueNamed(children, 'waveLengthValue')}-${valueNamed(children, 'radarBand')}`)
  result.add('RADWAL', parts.join(','))
}

/** NATSUR and NATQUA: two lists of equal length, the upper layer first. */
export function addSeabed(nodes: readonly AttributeNode[], result: S57Attributes): void {
  const layerOf = ({ children }: AttributeNode) => Number(valueNamed(children, 'underlyingLayer'))
  const layers = nodes.toSorted((a, b) => layerOf(a) - layerOf(b))
  const surfaces = layers.map(({ children }) => childOf(children, 'natureOfSurface')?.value ?? '')
  const qualities = layers.map(({ children }) => childOf(children, 'natureOfSurfaceQualifyingTerms')?.value ?? '')
  if (surfaces.some((surface) => surface !== '')) result.set('NATSUR', surfaces.join(','))
  if (qualities.some((quality) => quality !== '')) result.set('NATQUA', qualities.join(','))
}
