import { useQuery } from '@tanstack/react-query'
import type { ChartFeature } from './chart-feature.ts'
import classes from './map.module.css'
import { type AttributeNames, attributeRows } from './raw-rows.ts'

/** The attributes of objects with the names of the catalogue, which are read only when someone looks. */
export function RawAttributes({ features }: { features: readonly ChartFeature[] }) {
  const { data: names } = useQuery({
    queryKey: ['attribute names'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await import('./attribute-names.json')).default as AttributeNames,
  })
  if (names === undefined) return null
  return features.map((feature) => (
    <div key={feature.id}>
      <h5>
        {feature.layerName} <code>{feature.layerId}</code>
      </h5>
      <dl className={classes.rawList}>
        {attributeRows(feature.rawAttributes, names).map(({ key, name, value }) => (
          <div key={key}>
            <dt title={key}>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  ))
}
